// The worker processes of a campaign: always three at work, replaced when they die, woken when they were frozen, ended by their ids.

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { LastWords } from './deaths.ts'
import type { Random } from './random.ts'
import type { WorkerOrder } from './worker.ts'

export interface Crew {
  /** How many are up, with a database, and awake. */
  ready(): number
  /** kill -9 of one that is at work. */
  killOne(): void
  /** Planned deaths that have happened, oldest first. */
  deaths: LastWords[]
  counts: {
    started: number
    killedAnywhere: number
    frozen: number
    woken: number
    endedBadly: number
    foundNoDatabase: number
  }
  logFile: string
  /** Lets all finish what they hold. */
  stop(): Promise<void>
}

/** Several, with few posts each in hand: a death shall strike some posts and not all. */
const atWork = 3

/** Exit code of a worker that found no database at its start. */
export const noDatabase = 4

export function startCrew(order: WorkerOrder, folder: string, random: Random): Crew {
  const orderFile = join(folder, 'order.json')
  writeFileSync(orderFile, JSON.stringify(order))
  const logFile = join(folder, 'workers.log')
  const log = openSync(logFile, 'a')
  const living = new Map<number, ChildProcess>()
  const aside = new Map<number, ChildProcess>()
  const crew = {
    deaths: [] as LastWords[],
    counts: { started: 0, killedAnywhere: 0, frozen: 0, woken: 0, endedBadly: 0, foundNoDatabase: 0 },
  }
  const ready = new Set<number>()
  let stopping = false

  function start(): void {
    if (stopping || living.size >= atWork) return
    const child = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), orderFile], {
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    })
    crew.counts.started++
    living.set(child.pid!, child)
    child.on('message', () => ready.add(child.pid!))
    child.on('exit', (code) => {
      ready.delete(child.pid!)
      if (code === noDatabase) crew.counts.foundNoDatabase++
      else if (code) crew.counts.endedBadly++
      aside.delete(child.pid!)
      if (living.delete(child.pid!) && !stopping) setTimeout(start, random.whole(50, 1200))
    })
  }

  async function wakeLater({ pid, seconds }: LastWords): Promise<void> {
    const child = living.get(pid)
    if (!child) return
    living.delete(pid)
    ready.delete(pid)
    aside.set(pid, child)
    crew.counts.frozen++
    start()
    for (const end = Date.now() + seconds * 1000; Date.now() < end && !stopping; ) await pause(100)
    if (!aside.has(pid)) return
    crew.counts.woken++
    process.kill(pid, 'SIGCONT')
    await pause(3000)
    if (aside.has(pid)) process.kill(pid, 'SIGTERM')
  }

  const seen = new Set<string>()
  const reading = setInterval(() => {
    for (const name of readdirSync(order.deathsFolder)) {
      if (seen.has(name)) continue
      const words = read(join(order.deathsFolder, name))
      if (!words) continue
      seen.add(name)
      crew.deaths.push(words)
      if (words.how === 'stop') void wakeLater(words)
    }
  }, 100)
  const lastResort = () => {
    for (const child of [...living.values(), ...aside.values()]) child.kill('SIGKILL')
  }
  process.on('exit', lastResort)
  for (let count = 0; count < atWork; count++) start()

  return {
    ...crew,
    logFile,
    ready: () => ready.size,
    killOne() {
      const pids = [...living.keys()]
      if (pids.length === 0) return
      crew.counts.killedAnywhere++
      process.kill(random.pick(pids), 'SIGKILL')
    },
    async stop() {
      stopping = true
      const all = [...living.values(), ...aside.values()]
      for (const child of all) {
        child.kill('SIGCONT')
        child.kill('SIGTERM')
      }
      for (const end = Date.now() + 25_000; all.some(isAlive) && Date.now() < end; ) await pause(50)
      lastResort()
      for (const end = Date.now() + 5_000; all.some(isAlive) && Date.now() < end; ) await pause(50)
      clearInterval(reading)
      process.off('exit', lastResort)
      closeSync(log)
    },
  }
}

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

/** null: the file has been made, and not yet written. */
function read(file: string): LastWords | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LastWords
  } catch {
    return null
  }
}
