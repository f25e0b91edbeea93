// The inbox of a site: what readers say under its posts, answers of the account, and what a moderator may do.

import { z } from 'zod'
import { checkDraft } from '../../check.ts'
import type { Found, HttpRequest, Json, Limits, Part, RemoteRef, Session, Submission } from '../../contract.ts'
import type { Answer, Inbox, Moderate } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { call } from '../api.ts'
import { explainWordpress } from '../errors.ts'
import { pull, readComment, thread } from './read.ts'
import { refProof } from './words.ts'

/** A site refuses the same words of the same person under the same comment for good. */
const forever = 10 * 365 * 86_400

const answer: Answer = {
  check: checkDraft,
  prepare,
  submit,
  find,
  remove,
  keyLifetime: forever,
  settle: 5,
  // A column of 65 535 bytes, and a sign of HTML takes up to five.
  limits: (): Limits => ({
    text: { max: 13_000, unit: 'code-points', maxBytes: 50_000, format: 'plain', required: true },
  }),
}

const moderate: Moderate = { actions: () => ['approve', 'hold', 'spam', 'delete'], act }

export const inbox: Inbox = { everySeconds: 60, pull, thread, answer, moderate }

// ── Answering ───────────────────────────────────────────────────────────────────────────────────────────────────────

const preparedSchema = z.object({ post: z.number(), parent: z.number(), content: z.string() })
type Prepared = z.infer<typeof preparedSchema>

/** A site reads comments as HTML, and makes lines of lines by itself. */
async function prepare(_: Session, part: Part): Promise<Json> {
  const proof = refProof.safeParse(part.previous?.proof).data
  if (!part.previous || !proof) throw new ConnectorError({ kind: 'rejected', code: 'proof-missing' })
  const content = part.segment.text.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return { post: proof.post, parent: Number(part.previous.id), content }
}

const writtenFields = 'id,post,link,author,date_gmt,status,content'
const written = z.object({
  id: z.number(),
  post: z.number(),
  link: z.string().catch(''),
  author: z.number().catch(0),
  content: z.object({ rendered: z.string(), raw: z.string().optional() }),
})
type Written = z.infer<typeof written>

async function submit(session: Session, prepared: Json): Promise<Submission> {
  const body = preparedSchema.parse(prepared)
  try {
    const path = 'wp/v2/comments'
    const request = {
      method: 'POST',
      path,
      query: { _fields: writtenFields },
      body,
      schema: written,
      explain: explainAt(session),
    } as const
    return { state: 'published', ...refOf((await call(session, request)).body) }
  } catch (error) {
    if (!(error instanceof ConnectorError && error.code === 'comment_duplicate')) throw error
    // These words stand there already: ours of an earlier try, unless another answer made them.
    const own = await findOwn(session, body)
    if (own) return { state: 'published', ...own }
    throw error
  }
}

const explainAt =
  (session: Session): NonNullable<HttpRequest<unknown>['explain']> =>
  (answer) => {
    const meant = explainWordpress({ field: 'segments.0.text', scope: 'moderate_comments' })(answer)
    // Somebody who is no moderator may speak again a few seconds later.
    const retryAt = new Date(session.now().getTime() + 20_000)
    return meant?.code === 'comment_flood' ? { kind: 'rate-limited', code: 'comment_flood', retryAt } : meant
  }

const refOf = ({ id, link, post }: Written): RemoteRef => ({ id: String(id), url: link, proof: { post } })

async function find(session: Session, prepared: Json): Promise<Found> {
  const own = await findOwn(session, preparedSchema.parse(prepared))
  return own ? { state: 'published', ...own } : { state: 'absent' }
}

/** The account's own words under this very comment; a site keeps them apart, so that one look is proof. */
async function findOwn(session: Session, { post, parent, content }: Prepared): Promise<RemoteRef | null> {
  const list = async (context: 'edit' | 'view') => {
    const query = { post, parent, author: session.account.remoteId, per_page: 100, status: 'all', context }
    const asked = { ...query, _fields: writtenFields }
    return (await call(session, { path: 'wp/v2/comments', query: asked, schema: z.array(written) })).body
  }
  const own = await list('edit').catch((error: unknown) => {
    if (error instanceof ConnectorError && error.kind === 'forbidden') return list('view')
    throw error
  })
  const same = own.filter((one) => essence(one.content.raw ?? one.content.rendered) === essence(content))
  const taken = same.length > 0 ? ((await session.taken?.(same.map(({ id }) => String(id)))) ?? []) : []
  const free = same.find(({ id }) => !taken.includes(String(id)))
  return free ? refOf(free) : null
}

/** Sites change quotes, dashes and breaks of what they show. */
const essence = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#?\w{1,10};/g, ' ')
    .replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, ' ')
    .trim()

async function remove(session: Session, ref: RemoteRef): Promise<void> {
  try {
    const path = `wp/v2/comments/${encodeURIComponent(ref.id)}`
    await call(session, { method: 'DELETE', path, schema: z.unknown(), scope: 'moderate_comments' })
  } catch (error) {
    // Gone, or in the bin already.
    if (!(error instanceof ConnectorError) || error.kind !== 'gone') throw error
  }
}

// ── Moderating ──────────────────────────────────────────────────────────────────────────────────────────────────────

const states: Record<string, string> = { approve: 'approved', hold: 'hold', spam: 'spam' }

async function act(session: Session, action: string, ref: RemoteRef): Promise<void> {
  if (action === 'delete') return remove(session, ref)
  const status = states[action]
  if (!status) throw new ConnectorError({ kind: 'rejected', code: 'not-offered' })
  const comment = await readComment(session, Number(ref.id))
  if (!comment) throw new ConnectorError({ kind: 'gone', code: 'comment-gone' })
  // A site takes a state that is so already for a failure.
  if (comment.status === status) return
  const path = `wp/v2/comments/${encodeURIComponent(ref.id)}`
  await call(session, { method: 'POST', path, body: { status }, schema: z.unknown(), scope: 'moderate_comments' })
}
