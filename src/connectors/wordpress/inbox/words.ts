// Comments of a site as messages: how they are named, what state they are in, and under which post they stand.

import { z } from 'zod'
import { sha256Hex } from '../../../lib/hash.ts'
import type { Session } from '../../contract.ts'
import type { Said, SaidMark } from '../../converse.ts'
import { author, heardLine, heardText, heardUrl, saidAt } from '../../heard.ts'
import { plainText } from '../../html-text.ts'
import type { KnownItem } from '../../known-list.ts'
import { said } from '../../said.ts'
import { siteOf } from '../api.ts'

export const commentSchema = z.object({
  id: z.number().int().positive(),
  post: z.number(),
  parent: z.number().catch(0),
  /** Number of the user who wrote it; 0: somebody who is none. */
  author: z.number().catch(0),
  author_name: z.string().catch(''),
  author_url: z.string().catch(''),
  date_gmt: z.string(),
  content: z.object({ rendered: z.string() }),
  link: z.string().catch(''),
  status: z.string().catch('approved'),
})
export type Comment = z.infer<typeof commentSchema>
export const commentFields = Object.keys(commentSchema.shape).join()

export const refProof = z.object({ post: z.number() })

/** The same as where listening hears it. */
export function nameOf(session: Pick<Session, 'account'>, id: number): string {
  const { host, pathname } = new URL(siteOf(session).root)
  return `${host}${pathname}#comment-${id}`
}

const threadOf = (session: Pick<Session, 'account'>, post: number): string =>
  nameOf(session, post).replace('#comment-', '#post-')

export const numberIn = (name: string): number => Number(/#comment-(\d{1,15})$/.exec(name)?.[1] ?? Number.NaN)

export const writtenAt = ({ date_gmt: written }: Comment): number => Date.parse(`${written}Z`) || 0

const marks: Record<string, SaidMark[]> = { hold: ['held'], spam: ['spam'] }

/** Under a post each comment at the top begins something of its own; what answers it names it. */
export function saidComment(session: Session, comment: Comment, into: { cut: number }): Said {
  const { host } = new URL(siteOf(session).root)
  const who = heardLine(comment.author_name)
  const isOurs = comment.author > 0 && String(comment.author) === session.account.remoteId
  const id = nameOf(session, comment.id)
  const page = heardUrl(comment.link.split('#')[0])
  return said({
    id,
    ref: { id: String(comment.id), url: heardUrl(comment.link) ?? '', proof: { post: comment.post } },
    thread: threadOf(session, comment.post),
    root: { id: String(comment.post), url: page ?? '' },
    kind: 'comment',
    isOurs,
    at: saidAt(`${comment.date_gmt}Z`, session.now().getTime()),
    // Whoever comments leaves a name that nobody checks.
    author: who ? author(`${host}/${who}`.slice(0, 900), { name: who, url: heardUrl(comment.author_url) }) : null,
    text: heardText(plainText(comment.content.rendered), into),
    replyTo: comment.parent > 0 ? nameOf(session, comment.parent) : null,
    marks: marks[comment.status] ?? [],
    about: { id: String(comment.post), url: page, title: '' },
  })
}

export const itemOf = (session: Session, comment: Comment, told: Said): KnownItem => ({
  id: nameOf(session, comment.id),
  // Sites do not tell that a comment was edited.
  print: sha256Hex(`${comment.status} ${comment.content.rendered}`).slice(0, 12),
  at: writtenAt(comment),
  said: told,
})
