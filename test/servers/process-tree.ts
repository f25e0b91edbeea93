// Finds and ends a process with everything it has started, so that no server outlives its test.
import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

type Row = { pid: number; parent: number; group: number }

async function processes(): Promise<Row[]> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='])
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => !state?.startsWith('Z')) // a zombie has ended; only its parent has not noticed
    .map(([pid, parent, group]) => ({ pid: Number(pid), parent: Number(parent), group: Number(group) }))
}

/**
 * The living process ids of the group led by `leader`, and of all their descendants.
 * Both are needed: PHP's workers stay in the group when their parent dies, PostgreSQL's leave the group while it lives.
 */
export async function processTree(leader: number): Promise<number[]> {
  const rows = await processes()
  const found = new Set(rows.filter((row) => row.pid === leader || row.group === leader).map((row) => row.pid))
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const row of rows) if (found.has(row.parent)) found.add(row.pid)
  }
  return [...found]
}

export function signalAll(pids: Iterable<number>, signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** Asks the tree to end, and kills what is left of it after `graceMs`. Resolves when none of it lives. */
export async function endTree(leader: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const known = new Set(await processTree(leader))
  signalAll(
    [...known].filter((pid) => pid === leader),
    signal,
  )
  signalAll(known, 'SIGCONT') // a stopped process would never see the request
  const giveUp = Date.now() + graceMs
  while (Date.now() < giveUp && (await processTree(leader)).includes(leader)) await pause(25)
  for (let rest = await survivors(leader, known); rest.length > 0; rest = await survivors(leader, known)) {
    signalAll(rest, 'SIGKILL')
    await pause(25)
  }
}

async function survivors(leader: number, known: Set<number>): Promise<number[]> {
  for (const pid of await processTree(leader)) known.add(pid)
  const living = new Set((await processes()).map((row) => row.pid))
  return [...known].filter((pid) => living.has(pid))
}
