// A process of its own that sweeps the ladder when it is told to, and is killed at a statement that was chosen for it: kill -9, by itself, so that
// it is exactly there. It speaks with climbers.testing.ts.

import pg from 'pg'
import { openAt } from '../../db/open.ts'
import { openQueue } from '../../lib/queue.ts'
import { climbPromises } from './climb.ts'

export interface ClimbOrder {
  orgId: string
  /** What its clock shows. */
  at: string
  /** The statement at which it dies, counted from 1; null: it lives. */
  diesAt: number | null
  /** Before it is sent, when it was sent, or when its answer is there. */
  moment: 'before' | 'during' | 'after'
}

export type ClimberSays = 'stands by' | 'done'

const silent = { info: () => {}, warn: () => {}, error: () => {} }
let order: ClimbOrder | null = null
let asked = 0

function passing(moment: ClimbOrder['moment'], number: number): void {
  if (order?.diesAt === number && order.moment === moment) process.kill(process.pid, 'SIGKILL')
}

const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]): unknown {
  const number = ++asked
  passing('before', number)
  const answer = query.apply(this, given)
  passing('during', number)
  if (!(answer instanceof Promise)) return answer
  return answer.then((result) => {
    passing('after', number)
    return result
  })
} as typeof pg.Client.prototype.query

// Without whoever sent it, it would wait for ever.
process.on('disconnect', () => process.exit(0))
const database = await openAt(JSON.parse(process.argv[2]!) as pg.ClientConfig)
const services = {
  db: database.db,
  clock: () => new Date(order!.at),
  log: silent,
  queue: await openQueue(database.owner, [], silent),
  mailer: {
    available: false,
    send: async () => {},
    open: () => {
      throw new Error('This process sends no mail.')
    },
  },
  publicUrl: 'http://localhost:4545',
}
const say = (words: ClimberSays) => process.send!(words)
process.on('message', async (given: ClimbOrder) => {
  order = given
  asked = 0
  await climbPromises(services, given.orgId)
  order = null
  say('done')
})
say('stands by')
