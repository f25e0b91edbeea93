// Where threads begin: posts name only what they answer, so the way up is remembered, and asked for where it is not known.

import { z } from 'zod'
import type { Json, Session } from '../../contract.ts'
import type { Said } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { heardLine } from '../../heard.ts'
import { plainText } from '../html.ts'
import { statusId } from '../listen/statuses.ts'
import { api, callerOf } from '../wire.ts'
import { addressOf, type InboxStatus, inboxStatus } from './statuses.ts'

const memorySchema = z.object({
  /** Post and the beginning of its thread, newest last. */
  links: z.array(z.tuple([z.string(), z.string()])),
  /** Beginnings: id, address, first words, and whether they are ours. */
  roots: z.array(z.tuple([z.string(), z.string(), z.string(), z.boolean()])),
})

export interface Root {
  id: string
  url: string
  title: string
  isOurs: boolean
}

export interface Threads {
  links: Map<string, string>
  roots: Map<string, Root>
}

const mostLinks = 500
const mostRoots = 150

export function recall(memory: Json): Threads {
  const { links, roots } = memorySchema.safeParse(memory).data ?? { links: [], roots: [] }
  return {
    links: new Map(links),
    roots: new Map(roots.map(([id, url, title, isOurs]) => [id, { id, url, title, isOurs }])),
  }
}

export function remember({ links, roots }: Threads): Json {
  const kept = [...roots.values()].slice(-mostRoots).map(({ id, url, title, isOurs }): Json => [id, url, title, isOurs])
  return { links: [...links].slice(-mostLinks), roots: kept }
}

/** Of a post that answers nobody. */
export function noteRoot(threads: Threads, status: InboxStatus, me: string): void {
  const title = heardLine(plainText(status.content), 80) ?? ''
  threads.links.set(status.id, status.id)
  // Deleting first keeps the map in the order of use.
  threads.roots.delete(status.id)
  threads.roots.set(status.id, { id: status.id, url: addressOf(status), title, isOurs: status.account.id === me })
}

/** Puts every message into its thread. `statuses` are those that were read just now. */
export async function place(
  session: Session,
  threads: Threads,
  { told, statuses }: { told: Said[]; statuses: InboxStatus[] },
): Promise<void> {
  const me = session.account.remoteId
  for (const status of statuses) if (!status.in_reply_to_id) noteRoot(threads, status, me)
  const byId = new Map(statuses.map((status) => [status.id, status]))
  for (const said of told) await placeOne(session, threads, { said, byId })
}

async function placeOne(
  session: Session,
  threads: Threads,
  { said, byId }: { said: Said; byId: Map<string, InboxStatus> },
): Promise<void> {
  const { server } = callerOf(session)
  const parent = byId.get(said.ref.id)?.in_reply_to_id
  let rootId = parent ? threads.links.get(parent) : said.ref.id
  if (rootId === undefined || (parent && !threads.roots.has(rootId))) {
    await climb(session, threads, said.ref.id)
    // Where the way up is cut, the thread begins at what is answered, although nobody can read it.
    rootId ??= threads.links.get(said.ref.id) ?? parent!
    if (!threads.roots.has(rootId)) threads.roots.set(rootId, { id: rootId, url: '', title: '', isOurs: false })
  }
  threads.links.set(said.ref.id, rootId)
  said.thread = statusId(server, rootId)
  const root = threads.roots.get(rootId)
  said.root = rootId === said.ref.id ? said.ref : root ? { id: root.id, url: root.url } : null
  if (!root?.isOurs || rootId === said.ref.id) return
  said.about = { id: root.id, url: root.url || null, title: root.title }
  if (said.kind === 'mention') said.kind = 'reply'
}

const contextSchema = z.object({ ancestors: z.array(z.unknown()) })

/** Asks the server for the way up, and notes every step of it. */
async function climb(session: Session, threads: Threads, id: string): Promise<void> {
  const path = `/api/v1/statuses/${encodeURIComponent(id)}/context`
  try {
    const { body } = await api(session, callerOf(session), { path, schema: contextSchema, scope: 'read:statuses' })
    const ancestors = body.ancestors.flatMap((value) => inboxStatus.safeParse(value).data ?? [])
    const top = ancestors[0]
    if (!top) return
    // A part of the way may be gone: then it begins in the middle of what once was longer.
    noteRoot(threads, top, session.account.remoteId)
    for (const { id: step } of ancestors) threads.links.set(step, top.id)
    threads.links.set(id, top.id)
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return
    throw error
  }
}
