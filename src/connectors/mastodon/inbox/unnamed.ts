// Answers that do not name the account are told to nobody: they are found where a post of ours has more answers than it was told of.

import { z } from 'zod'
import type { Json, Session } from '../../contract.ts'
import { ConnectorError } from '../../errors.ts'
import { backfillFrom, type Telling } from '../../said.ts'
import { api, callerOf } from '../wire.ts'
import { type InboxStatus, inboxStatus, placeIn, saidStatus } from './statuses.ts'

/** Post of ours and how many answers it had. */
const memorySchema = z.array(z.tuple([z.string(), z.number()])).catch([])

const mostRemembered = 200
/** Threads that are looked at in one pull; a server allows 300 requests in five minutes, for everything. */
const mostLooks = 5

export interface Listed {
  /** The account's own posts as they were listed just now. */
  own: InboxStatus[]
  /** Whether the message with this id at the server was told before. */
  isKnown(id: string): boolean
  statuses: InboxStatus[]
  into: Telling
}

export async function readUnnamed(
  session: Session,
  memory: Json,
  { own, isKnown, statuses, into }: Listed,
): Promise<{ memory: Json; more: boolean }> {
  const counts = new Map(memorySchema.parse(memory))
  const told = new Set(into.events.flatMap((event) => ('said' in event ? [event.said.ref.id] : [])))
  const begin = backfillFrom(session.now()).getTime()
  let looks = 0
  let more = false
  for (const post of own) {
    const { id, created_at: written, replies_count: count } = post
    if (count == null || Date.parse(written) < begin) continue
    const explained =
      (counts.get(id) ?? 0) + statuses.filter((one) => one.in_reply_to_id === id && told.has(one.id)).length
    if (count > explained) {
      if (looks++ >= mostLooks) {
        more = true
        continue
      }
      for (const answer of await answersTo(session, id)) {
        if (answer.account.id === session.account.remoteId || told.has(answer.id) || isKnown(answer.id)) continue
        told.add(answer.id)
        statuses.push(answer)
        const said = saidStatus(answer, placeIn(session), into)
        if (said) into.events.push({ type: 'said', said })
        else into.unreadable++
      }
    }
    counts.delete(id)
    counts.set(id, count)
  }
  return { memory: [...counts].slice(-mostRemembered).map(([id, count]): Json => [id, count]), more }
}

const contextSchema = z.object({ descendants: z.array(z.unknown()) })

async function answersTo(session: Session, id: string): Promise<InboxStatus[]> {
  const path = `/api/v1/statuses/${encodeURIComponent(id)}/context`
  try {
    const { body } = await api(session, callerOf(session), { path, schema: contextSchema, scope: 'read:statuses' })
    return body.descendants.flatMap((value) => inboxStatus.safeParse(value).data ?? [])
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return []
    throw error
  }
}
