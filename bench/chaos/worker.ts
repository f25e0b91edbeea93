// One worker process of the campaign: the product's own worker with the real connectors, on a stage full of trapdoors.

import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { SetupError } from '../../src/config.ts'
import type { MediaFile } from '../../src/connectors/contract.ts'
import { openAt } from '../../src/db/open.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { log } from '../../src/lib/log.ts'
import { createSealer } from '../../src/lib/seal.ts'
import { startWorker } from '../../src/publishing/delivery/worker.ts'
import { noDatabase } from './crew.ts'
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

const order = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as WorkerOrder
// Without its coordinator a worker would go on for ever.
process.on('disconnect', () => process.exit(3))

const reaper = createReaper(order.sentences, order.deathsFolder)
watchStatements(reaper)
watchConnectors(reaper, { unprotected: order.unprotected })
// The database may be away just now; a process manager would try again, and so does the crew.
const database = await openAt(order.connection).catch((error: unknown) => {
  if (error instanceof SetupError) process.exit(noDatabase)
  throw error
})
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
process.send?.('ready')
process.once('SIGTERM', async () => {
  await worker.stop()
  await database.close()
  process.exit(0)
})

function pictureOf(id: string): MediaFile {
  const { file, ...facts } = order.picture
  const bytes = new Uint8Array(readFileSync(file))
  return { id, ...facts, bytes: bytes.length, fileName: `${id}.jpg`, open: () => new Blob([bytes]).stream() }
}
