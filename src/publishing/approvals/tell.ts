// What people are told about requests: in the app, and by mail.

import type { Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import type { Services } from '../../services.ts'
import type { PostRow } from '../store.ts'
import type { Rung } from './rules.ts'
import type { RequestRow } from './store.ts'

export type TellServices = Pick<Services, 'queue' | 'mailer' | 'clock' | 'publicUrl'>
type Deps = TellServices

export interface Telling {
  request: RequestRow
  kind: Rung
  memberIds: string[]
}

const asked: Record<Rung, { subject: string; sentence: string }> = {
  told: { subject: 'A post waits for your approval', sentence: 'Somebody asks for your approval of a post.' },
  reminded: { subject: 'Still waiting for your approval', sentence: 'A post still waits for your approval.' },
  deputy: {
    subject: 'A post waits for your approval as deputy',
    sentence: 'Those who were asked have not answered; as their deputy you can.',
  },
  manager: {
    subject: 'A post waits and nobody has answered',
    sentence: 'Neither those who were asked nor their deputies have answered.',
  },
}

export const tellAsked = (
  tx: Tx,
  services: Deps,
  post: PostRow,
  { request, kind, memberIds }: Telling,
): Promise<void> =>
  tell(tx, services, post, { kind: `approval-${kind}`, memberIds, ...asked[kind], note: request.note })

export const tellLate = (
  tx: Tx,
  services: Deps,
  post: PostRow,
  { memberIds }: Pick<Telling, 'request' | 'memberIds'>,
): Promise<void> =>
  tell(tx, services, post, {
    ...{ kind: 'approval-late', memberIds, subject: 'A post was not approved in time' },
    sentence:
      'Its time has come, but the approval that it needs is not there. Nothing was sent. Approved within the hour, it goes out at once.',
  })

export const tellBox = (
  tx: Tx,
  services: Deps,
  post: PostRow,
  { memberIds }: Pick<Telling, 'request' | 'memberIds'>,
): Promise<void> =>
  tell(tx, services, post, {
    ...{ kind: 'approval-box-over', memberIds, subject: 'Nobody answered in the fast lane' },
    sentence: 'The time box of the fast lane is over and nobody answered. Nothing was sent; it can still be approved.',
  })

/** To whoever asked: somebody outside is nobody they would meet. What they say themselves is no news. */
export async function tellComment(
  tx: Tx,
  services: Deps,
  post: PostRow,
  { request, by, text }: { request: RequestRow; by: string; text: string },
): Promise<void> {
  if (by === request.asked_by) return
  await tell(tx, services, post, {
    ...{ kind: 'approval-commented', memberIds: [request.asked_by], note: beginningOf(text) },
    subject: 'Somebody commented on your post',
    sentence: 'Somebody says something about it while it waits for approval.',
  })
}

/** Whole signs: half of one could not be stored. */
const beginningOf = (text: string): string => Array.from(text).slice(0, 500).join('')

const endings: Partial<Record<RequestRow['state'], { subject: string; sentence: string }>> = {
  granted: { subject: 'Your post is approved', sentence: 'Everybody who was asked has agreed.' },
  rejected: { subject: 'Your post was not approved', sentence: 'It is a draft again.' },
  voided: { subject: 'A post changed while it was in review', sentence: 'The approval does not hold any more.' },
}

/** To whoever asked. What they did themselves is no news. */
export async function tellEnd(tx: Tx, services: Deps, post: PostRow, request: RequestRow): Promise<void> {
  const ending = endings[request.state]
  if (!ending || request.ended_by === request.asked_by) return
  await tell(tx, services, post, {
    ...{ kind: `approval-${request.state}`, memberIds: [request.asked_by], ...ending },
    note: request.reason && request.state === 'rejected' ? request.reason : undefined,
  })
}

interface Message {
  kind: string
  memberIds: string[]
  subject: string
  sentence: string
  note?: string
}

const tell = (
  tx: Tx,
  services: Deps,
  { org_id: orgId, id, summary }: PostRow,
  { kind, memberIds, subject, sentence, note }: Message,
): Promise<void> =>
  notify(tx, services, orgId, {
    ...{ kind, memberIds },
    facts: { summary, ...(note ? { note } : {}) },
    subject: { kind: 'post', id },
    mail: {
      subject,
      text: `${[sentence, `“${summary}”`, ...(note ? [`“${note}”`] : []), linkTo(services.publicUrl, orgId, `posts/${id}`)].join('\n\n')}\n`,
    },
  })
