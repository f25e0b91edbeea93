// Two Longruns on one database, of which one is killed again and again; and the network, which stands still for a while.

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { nodeBinary } from '../../test/servers/cache.ts'
import { type Product, root, startProduct } from '../product.ts'

export interface Crew {
  /** Of the one that serves pages; another one after each of its deaths. */
  url(): string
  /** kill -9 of the two in turn, every so many seconds, until `stopKilling`. */
  beginKilling(seconds: number): void
  stopKilling(): Promise<void>
  kills: { all: number; worker: number }
  stop(): Promise<void>
}

interface Place {
  dataDir: string
  databaseUrl: string
  env: Record<string, string>
}

const program = join(root, 'bench/chaos-inbox/longrun.ts')

export async function startCrew({ dataDir, databaseUrl, env }: Place): Promise<Crew> {
  const startAll = () =>
    startProduct({ dataDir, databaseUrl, env, command: [nodeBinary, program, 'start', '--role', 'all'] })
  const startWorker = (): ChildProcess =>
    spawn(nodeBinary, [program, 'start', '--role', 'worker'], {
      cwd: root,
      env: { ...process.env, LONGRUN_DATA: dataDir, DATABASE_URL: databaseUrl, ...env },
      stdio: 'ignore',
    })
  let all: Product = await startAll()
  let worker = startWorker()
  let on = false
  let killing = Promise.resolve()
  const kills = { all: 0, worker: 0 }
  process.on('exit', () => {
    for (const each of [worker, all.process]) each.kill('SIGKILL')
  })

  async function killInTurn(seconds: number): Promise<void> {
    for (let turn = 0; on; turn++) {
      for (const end = Date.now() + seconds * 1000; on && Date.now() < end; ) await sleep(200)
      if (!on) return
      if (turn % 2 === 0) {
        kills.worker++
        worker.kill('SIGKILL')
        worker = startWorker()
      } else {
        kills.all++
        all.process.kill('SIGKILL')
        all = await startAll()
      }
    }
  }

  return {
    url: () => all.url,
    kills,
    beginKilling(seconds) {
      on = true
      killing = killInTurn(seconds)
    },
    async stopKilling() {
      on = false
      await killing
    },
    async stop() {
      on = false
      await killing
      worker.kill('SIGTERM')
      await all.stop()
    },
  }
}
