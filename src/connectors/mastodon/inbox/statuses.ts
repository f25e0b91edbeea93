// Posts of the API as messages to an account: how they are named, who may see them, and what answering them needs.

import { z } from 'zod'
import { isoTime } from '../../../lib/iso-time.ts'
import type { Session } from '../../contract.ts'
import type { Said, SaidKind, SaidMedia } from '../../converse.ts'
import { author, heardId, heardLine, heardText, heardUrl, saidAt } from '../../heard.ts'
import { longestText } from '../../listen.ts'
import { mostMedia, said, saidMedia } from '../../said.ts'
import { plainText } from '../html.ts'
import { statusId } from '../listen/statuses.ts'
import { accountSchema, callerOf } from '../wire.ts'

const attachment = z.object({
  type: z.string().catch(''),
  url: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
})

export const inboxStatus = z.object({
  id: z.string().min(1).max(100),
  created_at: z.string(),
  edited_at: z.string().nullish().catch(null),
  url: z.string().nullish().catch(null),
  uri: z.string().nullish().catch(null),
  content: z.string(),
  spoiler_text: z.string().catch(''),
  visibility: z.string().catch('public'),
  language: z.string().nullish().catch(null),
  in_reply_to_id: z.string().max(100).nullish().catch(null),
  replies_count: z.number().int().nonnegative().nullish().catch(null),
  in_reply_to_account_id: z.string().nullish().catch(null),
  account: accountSchema.extend({
    followers_count: z.number().int().nonnegative().nullish().catch(null),
    bot: z.boolean().nullish().catch(null),
  }),
  media_attachments: z.array(attachment).catch([]),
  reblog: z.unknown(),
  quote: z
    .object({
      quoted_status: z
        .object({ account: z.object({ id: z.string() }) })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
})
export type InboxStatus = z.infer<typeof inboxStatus>

/** What an answer needs to know: whom to name, who may see it, and the warning that goes with the thread. */
export const refProof = z.object({
  acct: z.string(),
  account: z.string(),
  visibility: z.string(),
  warning: z.string(),
})

export interface Place {
  server: string
  /** Id of the account that is spoken to. */
  me: string
  now: Date
}

export const placeIn = (session: Pick<Session, 'account' | 'credentials' | 'now'>): Place => ({
  server: callerOf(session).server,
  me: session.account.remoteId,
  now: session.now(),
})

export const addressOf = ({ url, uri }: InboxStatus): string => heardUrl(url) ?? heardUrl(uri) ?? ''

/** Thread and root are filled in when they are known; until then it stands for itself. null: it cannot be kept. */
export function saidStatus(status: InboxStatus, { server, me, now }: Place, into: { cut: number }): Said | null {
  const id = statusId(server, status.id)
  if (heardId(id) === null || status.reblog || Number.isNaN(isoTime(status.created_at))) return null
  const { account } = status
  const { host } = new URL(server)
  const proof = {
    acct: account.acct.slice(0, 300),
    account: account.id,
    visibility: status.visibility,
    warning: heardLine(status.spoiler_text, 300) ?? '',
  }
  return said({
    id,
    ref: { id: status.id, url: addressOf(status), proof },
    thread: id,
    kind: kindOf(status, me),
    isPrivate: status.visibility === 'direct' || status.visibility === 'private',
    isOurs: account.id === me,
    at: saidAt(status.created_at, now.getTime()),
    author: author(account.uri ?? account.url ?? `${host}/${account.id}`, {
      handle: heardLine(`@${account.acct.includes('@') ? account.acct : `${account.acct}@${host}`}`),
      name: heardLine(account.display_name || account.username),
      url: heardUrl(account.url ?? account.uri),
      followers: account.followers_count ?? null,
    }),
    subject: heardLine(status.spoiler_text),
    text: heardText(plainText(status.content, 2 * longestText), into),
    media: mediaOf(status),
    languages: status.language ? [status.language.slice(0, 35)] : [],
    replyTo: status.in_reply_to_id ? statusId(server, status.in_reply_to_id) : null,
    // Programs say so in their profile; ours are written by people.
    marks: account.bot && account.id !== me ? ['automatic'] : [],
  })
}

function kindOf(status: InboxStatus, me: string): SaidKind {
  if (status.visibility === 'direct') return 'message'
  if (status.in_reply_to_account_id === me) return 'reply'
  if (status.quote?.quoted_status?.account.id === me) return 'quote'
  return status.account.id === me && status.in_reply_to_id ? 'reply' : 'mention'
}

const mediaKinds: Record<string, SaidMedia['kind']> = { image: 'image', gifv: 'video', video: 'video', audio: 'audio' }

function mediaOf({ media_attachments: attachments }: InboxStatus): SaidMedia[] {
  return attachments
    .slice(0, mostMedia)
    .map(({ type, url, description }) => saidMedia(mediaKinds[type] ?? 'file', { url, alt: description }))
}
