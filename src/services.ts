// What verbs may need besides the database, made once in main.ts and handed down as arguments.

import type { Config } from './config.ts'
import type { Notices } from './db/notices.ts'
import type { Db } from './db/tx.ts'
import type { Clock } from './lib/clock.ts'
import type { GuardedFetch } from './lib/guarded-fetch.ts'
import type { Log } from './lib/log.ts'
import type { Mailer } from './lib/mail.ts'
import type { Queue } from './lib/queue.ts'
import type { Sealer } from './lib/seal.ts'

export interface Services {
  config: Readonly<Config>
  /** Address of this installation as people reach it, without a trailing slash. */
  publicUrl: string
  /** Where short links begin, with a trailing slash. New ones begin with the first; all others stay valid. */
  linkBases: readonly string[]
  db: Db
  /** What other processes tell through the database. */
  notices: Notices
  queue: Queue
  clock: Clock
  log: Log
  sealer: Sealer
  /** For addresses outside: private ones are refused, sizes and times are limited. */
  fetch: GuardedFetch
  mailer: Mailer
}
