// A post that was heard on whatever server, as the account's own server knows it: answering needs its id there.

import { z } from 'zod'
import type { Session } from '../../contract.ts'
import type { HeardPlace, Said } from '../../converse.ts'
import { ConnectorError } from '../../errors.ts'
import { statusId } from '../listen/statuses.ts'
import { api, callerOf } from '../wire.ts'
import { type InboxStatus, inboxStatus, placeIn, saidStatus } from './statuses.ts'
import { place, recall } from './threads.ts'

/** null: it is gone, or the account may not see it. */
export async function takeOver(session: Session, heard: HeardPlace): Promise<Said | null> {
  const status = await findStatus(session, heard)
  const said = status && saidStatus(status, placeIn(session), { cut: 0 })
  if (!status || !said) return null
  await place(session, recall(null), { told: [said], statuses: [status] })
  return said
}

function findStatus(session: Session, { id, url }: HeardPlace): Promise<InboxStatus | null> {
  const own = id.slice(id.indexOf('/') + 1)
  if (statusId(callerOf(session).server, own) === id) return readStatus(session, own)
  return url === null ? Promise.resolve(null) : resolve(session, url)
}

async function readStatus(session: Session, id: string): Promise<InboxStatus | null> {
  const path = `/api/v1/statuses/${encodeURIComponent(id)}`
  try {
    return (await api(session, callerOf(session), { path, schema: inboxStatus, scope: 'read:statuses' })).body
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  }
}

const found = z.object({ statuses: z.array(z.unknown()) })

/** The server fetches what it does not know yet, and gives it an id of its own. */
async function resolve(session: Session, url: string): Promise<InboxStatus | null> {
  const query = { q: url, type: 'statuses', resolve: 'true', limit: '5' }
  const { body } = await api(session, callerOf(session), {
    ...{ path: '/api/v2/search', query, schema: found, scope: 'read:search' },
  })
  const statuses = body.statuses.flatMap((value) => inboxStatus.safeParse(value).data ?? [])
  // A server that takes the address for words to search finds others.
  return statuses.find((status) => status.url === url || status.uri === url) ?? null
}
