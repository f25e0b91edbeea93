// Whether a post whose answer was lost is on the server: looks through the account's own posts since the write began.

import { z } from 'zod'
import type { Found, Json, Session } from '../contract.ts'
import { essence, plainText, sameText } from './html.ts'
import { instanceOf, isMastodon, notOffered } from './instance.ts'
import { type Prepared, readPrepared } from './prepared.ts'
import { addressOf, api, type Caller, callerOf, type Status, statusSchema } from './wire.ts'

const pageSize = 40
/** 400 posts since one write began are more than any account makes; then nothing is certain. */
const mostPages = 10
/** Posts whose text cannot be compared as HTML, whose source is asked for. */
const mostSources = 8

export async function find(session: Session, content: Json, _key: string, since: Date): Promise<Found> {
  const wanted = readPrepared(content)
  const caller = callerOf(session)
  const seen = await postsSince(session, caller, since)
  const alike = seen.posts.filter(
    (status) =>
      !wanted.earlier.includes(status.id) && sameShape(status, wanted, caller.credentials?.application ?? null),
  )
  const same = await withSameText(session, caller, alike, wanted)
  const taken = same.length > 0 ? ((await session.taken?.(same.map(({ id }) => id))) ?? []) : []
  const free = same.filter(({ id }) => !taken.includes(id))
  // The oldest that can be ours: a later one of the same text was written by somebody who did not see it.
  const ours = free.findLast((status) => placeInTime(status, since, seen.ahead) === 'within')
  if (ours) return { state: 'published', id: ours.id, url: addressOf(ours) }
  if (free.length > 0 || !seen.complete) return { state: 'unproven' }
  // Relatives of Mastodon may leave direct posts out of the list, even for their author.
  if (wanted.body.visibility === 'direct' && !isMastodon(instanceOf(session.account))) return { state: 'unproven' }
  return { state: 'absent' }
}

// ── Time ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Milliseconds by which the server's clock is ahead of ours; null when it did not tell its time. */
type Ahead = number | null

const second = 1000
/** The server tells its time in whole seconds, and needs a moment for each answer. */
const measuredTolerance = 5 * second
/** For a server that does not tell its time, as clocks of computers go that nobody looks after. */
const unmeasuredTolerance = 120 * second
/** Longer than a request can wait anywhere on its way. */
const longestWay = 600 * second

/** A post long before or after the write is another one, however equal: people repeat themselves. */
export function placeInTime(
  status: Pick<Status, 'created_at'>,
  since: Date,
  ahead: Ahead,
): 'before' | 'within' | 'doubtful' {
  const after = Date.parse(status.created_at) - (ahead ?? 0) - since.getTime()
  if (Number.isNaN(after)) return 'doubtful'
  if (after < -(ahead === null ? unmeasuredTolerance : measuredTolerance)) return 'before'
  return after >= -measuredTolerance && after <= longestWay ? 'within' : 'doubtful'
}

function clockAhead(headers: Headers, now: Date): Ahead {
  const told = Date.parse(headers.get('date') ?? '')
  // The middle of the second that the header names.
  return Number.isNaN(told) ? null : told + second / 2 - now.getTime()
}

interface Seen {
  /** Newest first. */
  posts: Status[]
  ahead: Ahead
  /** Everything since the write began was seen. */
  complete: boolean
}

async function postsSince(session: Session, caller: Caller, since: Date): Promise<Seen> {
  const posts: Status[] = []
  let ahead: Ahead = null
  let maxId: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const answer = await api(session, caller, {
      path: `/api/v1/accounts/${encodeURIComponent(session.account.remoteId)}/statuses`,
      query: { limit: String(pageSize), exclude_reblogs: 'true', ...(maxId ? { max_id: maxId } : {}) },
      schema: z.array(statusSchema),
      scope: 'read:statuses',
    })
    if (page === 0) ahead = clockAhead(answer.headers, session.now())
    const found: Status[] = answer.body
    posts.push(...found.filter((status) => !status.reblog && placeInTime(status, since, ahead) !== 'before'))
    const oldest: Status | undefined = found.at(-1)
    if (!oldest || oldest.id === maxId || placeInTime(oldest, since, ahead) === 'before') {
      return { posts, ahead, complete: true }
    }
    maxId = oldest.id
  }
  return { posts, ahead, complete: false }
}

// ── Likeness ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Everything but the text: what it answers, its warning, its media, its poll, and which application wrote it. */
export function sameShape(status: Status, { body, alts }: Prepared, application: string | null): boolean {
  if ((status.in_reply_to_id ?? null) !== (body.in_reply_to_id ?? null)) return false
  if (essence(plainText(status.spoiler_text)) !== essence(body.spoiler_text ?? '')) return false
  if (application && status.application && status.application.name !== application) return false
  return sameMedia(status, body.media_ids ?? [], alts) && samePoll(status, body.poll?.options ?? null)
}

/** Servers keep the ids of uploads; where one does not, number and alternative texts must do. */
function sameMedia({ media_attachments: shown }: Status, ids: string[], alts: string[]): boolean {
  if (shown.length !== ids.length) return false
  if (shown.every(({ id }) => ids.includes(id))) return true
  return shown.every(({ description }, index) => essence(description ?? '') === essence(alts[index] ?? ''))
}

function samePoll({ poll }: Status, options: string[] | null): boolean {
  if (!poll || !options) return !poll && !options
  return (
    poll.options.length === options.length &&
    poll.options.every(({ title }, i) => essence(title) === essence(options[i]!))
  )
}

/** Servers that read Markdown change the text itself; the source of such a post is still what was sent. */
async function withSameText(session: Session, caller: Caller, posts: Status[], { body }: Prepared): Promise<Status[]> {
  const same: Status[] = []
  let sources = 0
  for (const status of posts) {
    if (sameText(status.content, body.status)) same.push(status)
    else if (sources++ < mostSources && (await sourceOf(session, caller, status.id)) === essence(body.status))
      same.push(status)
  }
  return same
}

async function sourceOf(session: Session, caller: Caller, id: string): Promise<string | null> {
  const path = `/api/v1/statuses/${encodeURIComponent(id)}/source`
  try {
    const answer = await api(session, caller, { path, schema: z.object({ text: z.string() }), scope: 'read:statuses' })
    return essence(answer.body.text)
  } catch (error) {
    if (notOffered(error)) return null
    throw error
  }
}
