// Another process that changes many conversations, or puts them back, until it is killed.

import type pg from 'pg'
import { openAt } from '../../db/open.ts'
import { seenBy } from '../../db/tx.ts'
import { openQueue } from '../../lib/queue.ts'
import type { Caller } from '../../people/types.ts'
import { beginBulk, undoBulk } from './actions.ts'
import { bulkJob } from './job.ts'
import type { BulkChange } from './types.ts'

export interface OtherWork {
  connection: pg.ClientConfig
  caller: Caller
  now: string
  ask: { ids: string[]; change: BulkChange } | { undo: string }
}

const { connection, caller, now, ask } = JSON.parse(process.argv[2]!) as OtherWork
const { db, owner } = await openAt(connection)
const log = { info: () => {}, warn: () => {}, error: () => {} }
const job = { ...bulkJob, retries: { limit: 20, delaySeconds: 5 }, concurrency: 1, run: async () => {} }
const services = {
  ...{ db: seenBy(db, { memberId: caller.memberId }), clock: () => new Date(now), publicUrl: 'http://localhost:4545' },
  ...{ log, queue: await openQueue(owner, [job], log) },
  mailer: {
    available: false,
    send: async () => {},
    open: () => {
      throw new Error('This process has no mail server.')
    },
  },
}
process.send!('ready')
if ('undo' in ask) await undoBulk(services, caller, { id: ask.undo })
else await beginBulk(services, caller, ask)
process.send!('done')
process.disconnect()
