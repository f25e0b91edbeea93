// Runs the real command line of Longrun as a child process, and looks after what it leaves behind.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './imports.ts'

export interface Running {
  pid: number
  /** Where it answers. */
  address: string
  /** Everything it said so far. */
  said(): string
  /** Sends a signal and waits for the end; answers the exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

export interface Ended {
  code: number | null
  said: string
}

export interface RunOptions {
  dataDir: string
  env?: Record<string, string>
  /** Words before the program, such as another user's identity. */
  as?: string[]
  /** Of a process that shares the work with others. */
  role?: 'web' | 'worker'
  /** Another way to the same checkout. */
  checkout?: string
}

/** As bin/longrun has it: what was compiled once is not compiled again by each start. */
const compiled = process.env.NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE } : {}

function launch(
  args: string[],
  { dataDir, env = {}, as = [], checkout = root }: RunOptions,
): { child: ChildProcess; said: () => string } {
  const [command, ...rest] = [...as, process.execPath, join(checkout, 'src/main.ts'), ...args]
  const child = spawn(command!, rest, {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of the test's own environment: a developer's DATABASE_URL must not be met here.
    env: {
      PATH: process.env.PATH,
      HOME: dataDir,
      LANG: 'C.UTF-8',
      PORT: '0',
      LONGRUN_DATA: dataDir,
      ...compiled,
      ...env,
    },
  })
  let text = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  return { child, said: () => text }
}

/** Runs a command to its end, which must come by itself. */
export async function runLongrun(args: string[], options: RunOptions): Promise<Ended> {
  const { child, said } = launch(args, options)
  const tooLong = setTimeout(() => child.kill('SIGKILL'), 60_000)
  child.once('close', () => clearTimeout(tooLong))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said: said() }
}

/** Starts Longrun and waits for its ready line. @throws what it said when it ends instead. */
export async function startLongrun(options: RunOptions): Promise<Running> {
  const { child, said } = launch(['start', ...(options.role ? ['--role', options.role] : [])], options)
  const closed = once(child, 'close').then(([code]) => code as number | null)
  const ready = new Promise<string>((resolve) => {
    child.stdout!.on('data', () => {
      const line = /^Longrun is ready: (\S+)$/m.exec(said())
      if (line) resolve(line[1]!)
    })
  })
  const address = await Promise.race([
    ready,
    closed.then((code) => Promise.reject(new Error(`Longrun ended with ${code}:\n${said()}`))),
  ])
  return {
    pid: child.pid!,
    address,
    said,
    async end(signal = 'SIGTERM') {
      child.kill(signal)
      return closed
    },
  }
}

/** The embedded server's process, or null. */
export function postgresPid(dataDir: string): number | null {
  const file = join(dataDir, 'postgres/data/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

/** Processes whose command line names this folder. */
export function processesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      if (!pid || pid === process.pid) return false
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir)
      } catch {
        return false
      }
    })
}
