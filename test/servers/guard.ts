// Runs one server as its child and ends it, and removes its folder, as soon as the test process lets go or dies.
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { endTree } from './process-tree.ts'

export type GuardedCommand = {
  command: string
  args: string[]
  cwd: string
  /** Removed when the guard ends. */
  dir: string
  uid?: number
  gid?: number
  stopSignal: NodeJS.Signals
  graceMs: number
}

export type GuardReport =
  | { kind: 'started'; pid: number }
  | { kind: 'failed'; message: string }
  | { kind: 'exited'; how: string }

const spec = JSON.parse(process.argv[2] ?? '') as GuardedCommand
let leader: number | undefined

function report(message: GuardReport): void {
  if (process.connected) process.send?.(message)
}

function start(): void {
  const { command, args, cwd, uid, gid } = spec
  const child = spawn(command, args, { cwd, uid, gid, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
  leader = child.pid
  child.on('spawn', () => report({ kind: 'started', pid: child.pid ?? 0 }))
  child.on('error', (error) => report({ kind: 'failed', message: error.message }))
  child.on('exit', (code, signal) => report({ kind: 'exited', how: signal ?? `exit code ${code}` }))
}

async function end(): Promise<void> {
  if (leader !== undefined) await endTree(leader, spec.stopSignal, spec.graceMs)
  await rm(spec.dir, { recursive: true, force: true, maxRetries: 5 })
  process.exit(0)
}

process.on('message', (message) => {
  if (message === 'start') start()
})
// The channel closes when the test process stops the server, and also when that process is killed with SIGKILL.
process.on('disconnect', () => void end())
