// Reads what members say under the posts of a site, hidden ones included; answers stand one level below.

import { z } from 'zod'
import { sha256Hex } from '../../../lib/hash.ts'
import type { Json, RemoteRef, Session } from '../../contract.ts'
import type { InboxBatch, Said } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { author, heardLine, heardText, heardUrl, saidAt } from '../../heard.ts'
import { plainText } from '../../html-text.ts'
import { type KnownList, readKnown } from '../../known-list.ts'
import { newTelling, oldestFirst, said, type Telling } from '../../said.ts'
import { call, siteOf } from '../api.ts'
import { answeringMember } from './member.ts'

const ids = z.string().regex(/^[0-9a-f]{24}$/)

export const commentSchema = z.object({
  id: ids,
  parent_id: ids.nullish().catch(null),
  in_reply_to_id: ids.nullish().catch(null),
  status: z.string().catch('published'),
  html: z.string().nullish().catch(null),
  created_at: z.string(),
  edited_at: z.string().nullish().catch(null),
  member: z
    .object({ id: z.string(), name: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  post: z
    .object({ id: ids, url: z.string().catch(''), title: z.string().catch('') })
    .nullish()
    .catch(null),
})
export type Comment = z.infer<typeof commentSchema>

/** What an answer needs: under which comment it stands, of those that stand at the top. */
export const refProof = z.object({ post: z.string().nullable(), top: z.string() })

const pageLength = 100

export async function pull(session: Session, cursor: Json): Promise<InboxBatch> {
  const into = newTelling()
  const me = await answeringMember(session)
  const read = await readKnown(listOf(session, into, me), cursor, { now: session.now(), into })
  return { ...into, events: oldestFirst(into.events), cursor: read.cursor, more: read.more }
}

function listOf(session: Session, into: Telling, me: string | null): KnownList {
  return {
    pageLength,
    pagesAtOnce: 5,
    pagesFollowed: 2,
    followed: 2 * pageLength,
    async page(at) {
      const page = typeof at === 'number' ? at : 1
      const items = await readPage(session, { page: String(page), order: 'created_at desc, id desc' })
      return { items, next: items.length === pageLength ? page + 1 : null }
    },
    read(value) {
      const parsed = commentSchema.safeParse(value).data
      if (!parsed) return null
      const told = saidComment(session, parsed, { into, me })
      const shown = `${parsed.status} ${parsed.html ?? ''}`
      return { id: told.id, print: sha256Hex(shown).slice(0, 12), at: Date.parse(parsed.created_at) || 0, said: told }
    },
    lookUp: async (name) => {
      const comment = await readComment(session, name.slice(name.lastIndexOf('-') + 1))
      return comment === null || comment.status === 'deleted' ? null : 'there'
    },
  }
}

const comments = z.object({ comments: z.array(z.unknown()) })

/** What was deleted keeps its place while somebody has answered it. */
async function readPage(session: Session, more: Record<string, string>): Promise<unknown[]> {
  const query = { include_nested: 'true', limit: String(pageLength), filter: 'status:-deleted', ...more }
  return (await call(session, { path: 'comments/', query, schema: comments })).body.comments
}

export async function readComment(session: Session, id: string): Promise<Comment | null> {
  try {
    const query = { include: 'member,post' }
    const schema = z.object({ comments: z.tuple([commentSchema]) })
    const { body } = await call(session, { path: `comments/${encodeURIComponent(id)}/`, query, schema })
    return body.comments[0]
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  }
}

export function saidComment(
  session: Session,
  comment: Comment,
  { into, me }: { into: { cut: number }; me: string | null },
): Said {
  const { id, member, post, parent_id: parent, in_reply_to_id: answered, html, status } = comment
  const { host, pathname } = new URL(siteOf(session).base)
  const named = (one: string) => `${host}${pathname}#comment-${one}`
  const top = parent ?? id
  const url = heardUrl(post?.url) ?? ''
  const proof = { post: post?.id ?? null, top }
  const marks: Said['marks'] = status === 'deleted' ? ['gone'] : status === 'hidden' ? ['hidden'] : []
  return said({
    id: named(id),
    ref: { id, url, proof },
    // Under a post each comment at the top begins something of its own; what answers it names it.
    thread: post ? `${host}${pathname}#post-${post.id}` : named(top),
    root: post ? { id: post.id, url } : null,
    kind: 'comment',
    isOurs: member !== null && member?.id === me,
    at: saidAt(comment.created_at, session.now().getTime()),
    author: member ? author(`${host}/${member.id}`, { name: heardLine(member.name) }) : null,
    text: marks.includes('gone') ? '' : heardText(plainText(html), into),
    replyTo: answered || parent ? named((answered ?? parent)!) : null,
    marks,
    about: post ? { id: post.id, url: heardUrl(post.url), title: heardLine(post.title, 200) ?? '' } : null,
  })
}

const mostReplyPages = 10

/** The comment at the top and all that stands below it. */
export async function thread(session: Session, ref: RemoteRef): Promise<Said[]> {
  const top = refProof.safeParse(ref.proof).data?.top ?? ref.id
  const me = await answeringMember(session)
  const first = await readComment(session, top)
  if (!first) throw new ConnectorError({ kind: 'gone', code: 'comment-gone' })
  const replies = await repliesOf(session, top)
  // Answers are told without the post that all of them stand under.
  const all = [first, ...replies.map((reply) => ({ ...reply, parent_id: top, post: reply.post ?? first.post }))]
  return all.map((comment) => saidComment(session, comment, { into: { cut: 0 }, me }))
}

export async function repliesOf(session: Session, top: string): Promise<Comment[]> {
  const found: Comment[] = []
  for (let page = 1; page <= mostReplyPages; page++) {
    const query = { limit: String(pageLength), page: String(page), include: 'member', order: 'created_at asc, id asc' }
    const path = `comments/${encodeURIComponent(top)}/replies/`
    const { body } = await call(session, { path, query, schema: comments })
    found.push(...body.comments.flatMap((value) => commentSchema.safeParse(value).data ?? []))
    if (body.comments.length < pageLength) break
  }
  return found
}
