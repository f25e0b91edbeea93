// Starts a real server as a guarded child process, waits until it answers, and ends it without leftovers.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { nodeBinary } from './cache.ts'
import type { GuardedCommand, GuardReport } from './guard.ts'
import { processTree, signalAll } from './process-tree.ts'

export const execute = promisify(execFile)

/** The user and group a server runs under; absent means the caller's own. */
export type Account = { uid: number; gid: number }

export type ServerSpec = {
  name: string
  command: string
  args: string[]
  /** A folder of this server alone: its data, its log, its temporary files. Removed at stop. */
  dir: string
  /** `dir` unless told. */
  cwd?: string
  env?: Record<string, string>
  account?: Account | undefined
  stopSignal?: NodeJS.Signals
  /** Resolves to something truthy once the server can be used; throwing counts as "not yet". */
  ready: () => Promise<unknown>
  limitMs?: number
}

export type RunningServer = {
  pid(): number
  log(): string
  /** Signals the server's whole process tree (SIGKILL unless told); resolves when it has ended, at once for SIGSTOP and SIGCONT. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Ends the server if it still runs and starts it again on the same port and data. */
  restart(): Promise<void>
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
}

/** Polls `attempt` until it gives something truthy; fails after `limitMs`, or at once when `hopeless` gives a reason. */
export async function until<T>(
  what: string,
  limitMs: number,
  attempt: () => T | Promise<T>,
  hopeless: () => string | undefined = () => undefined,
): Promise<NonNullable<T>> {
  const giveUp = Date.now() + limitMs
  let last: unknown
  for (;;) {
    const reason = hopeless()
    if (reason !== undefined) throw new Error(`${what}: ${reason}`)
    try {
      const value = await attempt()
      if (value) return value
    } catch (error) {
      last = error
    }
    if (Date.now() > giveUp) throw new Error(`${what}: not so after ${limitMs} ms`, { cause: last })
    await pause(30)
  }
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no TCP port to be had')
  return address.port
}

/** True when the address answers with a 2xx. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
  await response.body?.cancel()
  return response.ok
}

/** For root, the named user's ids, since database servers refuse to be root; for everyone else nothing. */
export async function unprivileged(user: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, user])).stdout)),
  )
  return { uid: uid ?? 0, gid: gid ?? 0 }
}

/** A fresh folder for one server, readable by that server alone. */
export async function makeRunDir(name: string, account?: Account, place = tmpdir()): Promise<string> {
  const dir = await mkdtemp(join(place, `longrun-${name}-`))
  await chmod(dir, 0o700)
  if (account) await chown(dir, account.uid, account.gid)
  return dir
}

/** Copies a prepared folder. `cp` is several times faster than Node's own copy on thousands of small files. */
export async function copyFolder(from: string, to: string, account?: Account): Promise<void> {
  await execute('cp', ['-a', from, to])
  if (account) await execute('chown', ['-R', `${account.uid}:${account.gid}`, to])
}

function spawnGuard(spec: ServerSpec, logFile: string): ChildProcess {
  const guarded: GuardedCommand = {
    command: spec.command,
    args: spec.args,
    cwd: spec.cwd ?? spec.dir,
    dir: spec.dir,
    ...spec.account,
    stopSignal: spec.stopSignal ?? 'SIGTERM',
    graceMs: 5000,
  }
  const log = openSync(logFile, 'a')
  // A small environment of its own: nothing of the test runner's (NODE_OPTIONS, CI, secrets) leaks into a server.
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: spec.dir, TMPDIR: spec.dir, ...spec.env }
  const guard = spawn(nodeBinary, [join(import.meta.dirname, 'guard.ts'), JSON.stringify(guarded)], {
    env,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true, // Ctrl-C reaches the test process only, which then lets go of the guard
  })
  closeSync(log)
  guard.unref()
  guard.channel?.unref()
  return guard
}

/** Starts a server and resolves when it is ready; if that fails nothing is left behind and the error shows its log. */
export async function startServer(spec: ServerSpec): Promise<RunningServer> {
  const limitMs = spec.limitMs ?? 110_000
  const logFile = join(spec.dir, 'server.log')
  const guard = spawnGuard(spec, logFile)
  let pid: number | undefined
  let ended: string | undefined = 'not started yet'
  let gone = false
  guard.on('message', (message) => {
    const report = message as GuardReport
    if (report.kind === 'started') pid = report.pid
    else ended = report.kind === 'failed' ? report.message : report.how
  })
  guard.on('exit', () => {
    gone = true
    ended ??= 'its guard has ended'
  })
  const log = () => (gone ? '' : readFileSync(logFile, 'utf8'))

  async function launch(): Promise<void> {
    ended = undefined
    pid = undefined
    guard.send('start')
    const hopeless = () => ended && `ended with ${ended}`
    await until(`${spec.name} starts`, limitMs, () => pid, hopeless)
    await until(`${spec.name} is ready`, limitMs, spec.ready, hopeless)
  }
  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (pid === undefined || ended !== undefined) return
    signalAll(await processTree(pid), signal)
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await until(`${spec.name} ends`, limitMs, () => ended)
  }
  async function restart(): Promise<void> {
    if (pid !== undefined && ended === undefined) {
      process.kill(pid, spec.stopSignal ?? 'SIGTERM')
      await until(`${spec.name} ends`, limitMs, () => ended)
    }
    await launch()
  }
  async function stop(): Promise<void> {
    if (guard.connected) guard.disconnect()
    await until(`${spec.name} stops`, limitMs, () => gone)
  }

  try {
    await launch()
  } catch (error) {
    const tail = log().split('\n').slice(-30).join('\n')
    await stop()
    throw new Error(`${spec.name} did not start; its log ends:\n${tail}`, { cause: error })
  }
  return { pid: () => pid ?? 0, log, kill, restart, stop }
}
