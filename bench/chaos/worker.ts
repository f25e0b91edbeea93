// One worker process of the campaign: the product's own worker with the real connectors, on a stage full of trapdoors.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { SetupError } from '../../src/config.ts'
import type { MediaFile } from '../../src/connectors/contract.ts'
import { type Database, openAt } from '../../src/db/open.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { log } from '../../src/lib/log.ts'
import { createSealer } from '../../src/lib/seal.ts'
import { startWorker } from '../../src/publishing/delivery/worker.ts'
import type { WorkerSays } from './crew.ts'
import { createReaper, type Sentence, watchStatements } from './deaths.ts'
import { byId, watchConnectors, watchedFetch } from './watched-connectors.ts'

export interface WorkerOrder {
  connection: pg.ClientConfig
  secret: string
  sentences: Sentence[]
  /** Folder in which the dead leave their last words. */
  deathsFolder: string
  /** From a network's own address to the fault server before it. */
  routes: Record<string, string>
  picture: { file: string; type: string; alt: string; width: number; height: number }
  unprotected: boolean
}

// Without its coordinator a worker would go on for ever.
process.on('disconnect', () => process.exit(3))

const say = (word: WorkerSays) => void process.send?.(word)
process.once('SIGTERM', () => process.exit(0))
say('stands by')
await once(process, 'message')
const order = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as WorkerOrder

const reaper = createReaper(order.sentences, order.deathsFolder)
watchStatements(reaper)
watchConnectors(reaper, { unprotected: order.unprotected })
const database = await openPatiently()
const services = {
  db: database.db,
  clock: systemClock,
  log,
  sealer: createSealer([order.secret]),
  fetch: watchedFetch(reaper, order.routes),
}
const worker = startWorker(
  { services, connectorOf: byId, media: async (_orgId, id) => pictureOf(id) },
  { pollMs: 300, concurrency: 8 },
)
say('works')
process.removeAllListeners('SIGTERM').once('SIGTERM', async () => {
  await worker.stop()
  await database.close()
  process.exit(0)
})

/** The database may be away just now; a process manager would start us again. */
async function openPatiently(): Promise<Database> {
  for (;;) {
    try {
      return await openAt(order.connection)
    } catch (error) {
      // It may also go away in the middle of the opening.
      if (!(error instanceof SetupError)) log.warn('The database went away while it was opened', { error })
      say('found no database')
      await pause(300)
    }
  }
}

function pictureOf(id: string): MediaFile {
  const { file, ...facts } = order.picture
  const bytes = new Uint8Array(readFileSync(file))
  return { id, ...facts, bytes: bytes.length, fileName: `${id}.jpg`, open: () => new Blob([bytes]).stream() }
}
