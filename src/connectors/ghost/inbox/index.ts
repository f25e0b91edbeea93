// The inbox of a site: what members say under its posts, answers in the name of its staff, and what may be hidden or taken away.

import { z } from 'zod'
import { checkDraft } from '../../check.ts'
import type { Found, Json, Limits, Part, RemoteRef, Session, Submission } from '../../contract.ts'
import type { Answer, Inbox, Moderate } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { plainText } from '../../html-text.ts'
import { call } from '../api.ts'
import { answeringMember } from './member.ts'
import { type Comment, commentSchema, pull, readComment, refProof, repliesOf, thread } from './read.ts'

const answer: Answer = {
  check: checkDraft,
  prepare,
  submit,
  find,
  remove: (session, ref) => setStatus(session, ref, 'deleted'),
  settle: 10,
  limits: (): Limits => ({ text: { max: 10_000, unit: 'code-points', format: 'plain', required: true } }),
}

const states: Record<string, string> = { hide: 'hidden', unhide: 'published', delete: 'deleted' }

const moderate: Moderate = {
  actions: () => ['hide', 'unhide', 'delete'],
  async act(session, action, ref) {
    const status = states[action]
    if (!status) throw new ConnectorError({ kind: 'rejected', code: 'not-offered' })
    await setStatus(session, ref, status)
  },
}

export const inbox: Inbox = { everySeconds: 60, pull, thread, answer, moderate }

// ── Answering ───────────────────────────────────────────────────────────────────────────────────────────────────────

const preparedSchema = z.object({
  parent_id: z.string(),
  in_reply_to_id: z.string().optional(),
  member_id: z.string(),
  html: z.string(),
})

/** Answers stand one level deep; whom one of them answers is noted beside it. */
async function prepare(session: Session, part: Part): Promise<Json> {
  const proof = refProof.safeParse(part.previous?.proof).data
  if (!part.previous || !proof) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
  const member = await answeringMember(session, { anew: true })
  if (member === null) throw new ConnectorError({ kind: 'forbidden', code: 'no-member-to-answer-as' })
  const { id } = part.previous
  const nested: { [key: string]: Json } = id === proof.top ? {} : { in_reply_to_id: id }
  return { parent_id: proof.top, ...nested, member_id: member, html: asHtml(part.segment.text) }
}

function asHtml(text: string): string {
  const escaped = text.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const paragraphs = escaped.split(/\n{2,}/).map((one) => `<p>${one.replaceAll('\n', '<br>')}</p>`)
  return paragraphs.join('')
}

async function submit(session: Session, prepared: Json): Promise<Submission> {
  const body = { comments: [preparedSchema.parse(prepared)] }
  const schema = z.object({ comments: z.tuple([commentSchema]) })
  const sent = await call(session, { method: 'POST', path: 'comments/', body, schema, field: 'segments.0.text' })
  return { state: 'published', ...refOf(sent.body.comments[0], preparedSchema.parse(prepared).parent_id) }
}

const refOf = ({ id, post }: Comment, top: string): RemoteRef => ({
  id,
  url: post?.url ?? '',
  proof: { post: post?.id ?? null, top },
})

/** Clocks differ, and a site notes seconds. */
const toleranceMs = 120_000

/** A site has no keys: our own words under this comment since then are looked for. */
async function find(session: Session, prepared: Json, _key: string, since: Date): Promise<Found> {
  const wanted = preparedSchema.parse(prepared)
  const words = plainText(wanted.html)
  const same = (await repliesOf(session, wanted.parent_id)).filter(
    ({ member, html, created_at: written, status, in_reply_to_id: answered }) =>
      member?.id === wanted.member_id &&
      status !== 'deleted' &&
      (answered ?? null) === (wanted.in_reply_to_id ?? null) &&
      Date.parse(written) >= since.getTime() - toleranceMs &&
      plainText(html) === words,
  )
  const taken = same.length > 0 ? ((await session.taken?.(same.map(({ id }) => id))) ?? []) : []
  const free = same.find(({ id }) => !taken.includes(id))
  return free ? { state: 'published', ...refOf(free, wanted.parent_id) } : { state: 'absent' }
}

// ── Moderating ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function setStatus(session: Session, ref: RemoteRef, status: string): Promise<void> {
  const comment = await readComment(session, ref.id)
  if (comment === null || comment.status === 'deleted') {
    if (status === 'deleted') return
    throw new ConnectorError({ kind: 'gone', code: 'comment-gone' })
  }
  if (comment.status === status) return
  const path = `comments/${encodeURIComponent(ref.id)}/`
  await call(session, { method: 'PUT', path, body: { comments: [{ id: ref.id, status }] } })
}
