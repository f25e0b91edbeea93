// What members say under the posts of a connected site.

import { z } from 'zod'
import { author, heard, heardLine, heardText, heardUrl, saidAt } from '../heard.ts'
import { plainText } from '../html-text.ts'
import type { ListenSession, SourceKind } from '../listen.ts'
import { readNewestFirst } from '../newest-first.ts'
import { call, siteOf } from './api.ts'

export const commentsKind: SourceKind = {
  key: 'comments',
  label: 'Comments',
  help: 'What members say under your posts, asked every five minutes.',
  way: 'poll',
  shared: false,
  needsAccount: true,
  fields: [],
  everySeconds: 300,
  normalise: () => ({ settings: {} }),
  poll: (session, cursor) => {
    const list = { page: pageOf(session), pageLength, mostPages: 5, read: readComment(session) }
    return readNewestFirst(list, cursor, session.now())
  },
}

const pageLength = 100

const comment = z.object({
  id: z.string().regex(/^[0-9a-f]{24}$/),
  parent_id: z.string().nullish().catch(null),
  in_reply_to_id: z.string().nullish().catch(null),
  html: z.string(),
  created_at: z.string(),
  member: z
    .object({ id: z.string(), name: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  post: z.object({ url: z.string() }).nullish().catch(null),
})

/** Answers to comments stand in the list like comments. */
const pageOf = (session: ListenSession) => async (page: number) => {
  const query = { filter: 'status:published', include_nested: 'true', limit: String(pageLength), page: String(page) }
  const schema = z.object({ comments: z.array(z.unknown()) })
  return (await call(session, { path: 'comments/', query, schema })).body.comments
}

const readComment =
  (session: ListenSession) =>
  (value: unknown, into: { cut: number }): { id: string; heard: ReturnType<typeof heard> } | null => {
    const parsed = comment.safeParse(value)
    if (!parsed.success) return null
    const { id, html, created_at: written, member, post, parent_id: parent, in_reply_to_id: answered } = parsed.data
    const { host, pathname } = new URL(siteOf(session).base)
    const named = (comment: string) => `${host}${pathname}#comment-${comment}`
    const replyTo = answered ?? parent
    return {
      id,
      heard: heard({
        id: named(id),
        kind: 'comment',
        at: saidAt(written, session.now().getTime()),
        text: heardText(plainText(html), into),
        url: heardUrl(post?.url),
        author: member ? author(`${host}/${member.id}`, { name: heardLine(member.name) }) : null,
        replyTo: replyTo ? named(replyTo) : null,
      }),
    }
  }
