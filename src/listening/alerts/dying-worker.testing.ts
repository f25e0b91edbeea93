// A worker that hangs at the moment in which it tells people of an alert, so that a test can kill it there.

import type pg from 'pg'
import { openAt } from '../../db/open.ts'
import { watchSpikes } from './watch-spikes.ts'

const { connection, org, now } = JSON.parse(process.argv[2]!) as {
  connection: pg.ClientConfig
  org: string
  now: string
}
const { db } = await openAt(connection)
const log = { info: () => {}, warn: () => {}, error: () => {} }
const send = () => {
  process.send!('telling')
  return new Promise<void>(() => {})
}
await watchSpikes(
  {
    ...{ db, log, clock: () => new Date(now), publicUrl: 'http://localhost' },
    queue: { send, work: async () => {}, stop: async () => {} },
    mailer: { available: true, send: async () => {}, open: () => Promise.reject(new Error('not here')) as never },
  },
  org,
)
