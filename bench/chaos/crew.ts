// The worker processes of a campaign: always three at work, replaced when they die, woken when they were frozen, ended by their ids.

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { LastWords } from './deaths.ts'
import type { Random } from './random.ts'
import type { WorkerOrder } from './worker.ts'

/** What a worker process tells its coordinator. */
export type WorkerSays = 'stands by' | 'found no database' | 'works'

export interface Crew {
  /** Sends them to work; until then they boot and stand by. */
  begin(order: WorkerOrder): Promise<void>
  /** How many are up, with a database, and awake. */
  ready(): number
  /** kill -9 of one that is at work. */
  killOne(): void
  /** Planned deaths that have happened, oldest first. */
  deaths: LastWords[]
  counts: Counts
  /** Lets all finish what they hold. */
  stop(): Promise<void>
}

interface Counts {
  started: number
  killedAnywhere: number
  frozen: number
  woken: number
  endedBadly: number
  foundNoDatabase: number
}

interface Member {
  child: ChildProcess
  duty: 'boots' | 'stands by' | 'called' | 'works' | 'away'
}

/** Several, with few posts each in hand: a death shall strike some posts and not all. */
const atWork = 3
/** On a busy machine a process takes seconds to boot, and dead ones are many. */
const inReserve = 3

interface State {
  begun: boolean
  orderFile: string
  deathsFolder: string
  compiled: string
  log: number
  random: Random
  members: Map<number, Member>
  counts: Counts
  /** Names of files with last words that were read. */
  seen: Set<string>
  stopping: boolean
}

export function startCrew(folder: string, random: Random): Crew {
  const places = { orderFile: join(folder, 'order.json'), deathsFolder: join(folder, 'deaths') }
  const counts = { started: 0, killedAnywhere: 0, frozen: 0, woken: 0, endedBadly: 0, foundNoDatabase: 0 }
  const log = openSync(join(folder, 'workers.log'), 'a')
  const compiled = join(folder, 'compiled')
  const flags = { begun: false, stopping: false }
  const state: State = { ...flags, ...places, compiled, log, random, members: new Map(), counts, seen: new Set() }
  const deaths: LastWords[] = []
  const reading = setInterval(() => readLastWords(state, deaths), 100)
  const lastResort = () => {
    for (const { child } of state.members.values()) child.kill('SIGKILL')
  }
  process.on('exit', lastResort)
  fill(state)
  return {
    deaths,
    counts,
    async begin(order) {
      writeFileSync(state.orderFile, JSON.stringify(order))
      for (const end = Date.now() + 90_000; those(state, 'stands by').length < atWork; await pause(50))
        if (Date.now() > end) throw new Error('The workers do not start.')
      state.begun = true
      fill(state)
    },
    ready: () => those(state, 'works').length,
    killOne() {
      const working = those(state, 'works')
      if (working.length === 0) return
      counts.killedAnywhere++
      random.pick(working).child.kill('SIGKILL')
    },
    async stop() {
      await endAll(state, lastResort)
      clearInterval(reading)
      process.off('exit', lastResort)
      closeSync(log)
    },
  }
}

const those = ({ members }: State, ...duties: Member['duty'][]): Member[] =>
  [...members.values()].filter(({ duty }) => duties.includes(duty))

/** Boots what is missing, and calls as many to work as are wanted there. */
function fill(state: State): void {
  if (state.stopping) return
  const wanted = atWork + (state.begun ? inReserve : 0)
  while ([...state.members.values()].filter(({ duty }) => duty !== 'away').length < wanted) boot(state)
  for (const member of those(state, 'stands by')) {
    if (!state.begun || those(state, 'called', 'works').length >= atWork) return
    member.duty = 'called'
    member.child.send('go')
  }
}

function boot(state: State): void {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), state.orderFile], {
    stdio: ['ignore', state.log, state.log, 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: state.compiled },
  })
  const member: Member = { child, duty: 'boots' }
  state.counts.started++
  state.members.set(child.pid!, member)
  child.on('error', () => {})
  child.on('message', (said: WorkerSays) => {
    if (said === 'found no database') state.counts.foundNoDatabase++
    else if (member.duty !== 'away') member.duty = said
    fill(state)
  })
  child.on('exit', (code) => {
    if (code) state.counts.endedBadly++
    state.members.delete(child.pid!)
    setTimeout(() => fill(state), state.random.whole(50, 800))
  })
}

function readLastWords(state: State, deaths: LastWords[]): void {
  for (const name of readdirSync(state.deathsFolder)) {
    if (state.seen.has(name)) continue
    const words = read(join(state.deathsFolder, name))
    if (!words) continue
    state.seen.add(name)
    deaths.push(words)
    const member = state.members.get(words.pid)
    if (words.how === 'stop' && member) void wakeLater(state, member, words.seconds)
  }
}

/** null: the file has been made, and not yet written. */
function read(file: string): LastWords | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LastWords
  } catch {
    return null
  }
}

/** Others take over from the frozen one; woken, it goes on where it was, and may finish what it believes to hold. */
async function wakeLater(state: State, member: Member, seconds: number): Promise<void> {
  member.duty = 'away'
  state.counts.frozen++
  fill(state)
  for (const end = Date.now() + seconds * 1000; Date.now() < end && !state.stopping; ) await pause(100)
  if (!isAlive(member)) return
  state.counts.woken++
  member.child.kill('SIGCONT')
  await pause(3000)
  if (isAlive(member)) member.child.kill('SIGTERM')
}

async function endAll(state: State, kill: () => void): Promise<void> {
  state.stopping = true
  const all = [...state.members.values()]
  for (const { child } of all) {
    child.kill('SIGCONT')
    child.kill('SIGTERM')
  }
  for (const end = Date.now() + 25_000; all.some(isAlive) && Date.now() < end; ) await pause(50)
  kill()
  for (const end = Date.now() + 5_000; all.some(isAlive) && Date.now() < end; ) await pause(50)
}

const isAlive = ({ child }: Member): boolean => child.exitCode === null && child.signalCode === null
