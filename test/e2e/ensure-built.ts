// Builds the web app before the first journey when its sources are newer than what is built; journeys that start together build it once.

import { execFile } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { until } from '../servers/process.ts'

const root = resolve(import.meta.dirname, '../..')
const built = join(root, 'dist/web/index.html')
/** What bin/start compares: after another build it must look again. */
const fingerprint = join(root, 'dist/.longrun-built')
const lock = join(root, 'dist/.journeys-build')

/** Does nothing when bin/test has just built it. */
export async function ensureBuilt(): Promise<void> {
  mkdirSync(join(root, 'dist'), { recursive: true })
  await until('the web app is built', 120_000, async () => {
    if (isBuilt()) return true
    if (!takeLock()) return false
    try {
      // Another journey may have finished it just now.
      if (isFresh()) return true
      rmSync(fingerprint, { force: true })
      await promisify(execFile)(
        process.execPath,
        [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
        { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
      )
    } finally {
      rmSync(lock, { force: true })
    }
    return true
  })
}

/** While somebody builds, a page may already lie there without its parts. */
const isBuilt = (): boolean => !existsSync(lock) && isFresh()

const isFresh = (): boolean => existsSync(built) && statSync(built).mtimeMs >= newestSource()

function newestSource(): number {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(tsx?|css|html|svg)$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => join(root, 'src', path))
  const others = ['package-lock.json', 'vite.config.ts'].map((path) => join(root, path))
  return Math.max(...[...sources, ...others].map((path) => statSync(path).mtimeMs))
}

function takeLock(): boolean {
  try {
    const file = openSync(lock, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch {
    if (!isAlive(Number(readHolder()))) rmSync(lock, { force: true })
    return false
  }
}

function readHolder(): string {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    // 0 is this process's own group: a lock that is just being written has no name in it yet.
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
