// Builds one part of the cache beside its final place and moves it there when whole, so that an interruption harms nothing.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDir, type PartName, partDir, stampFile } from '../cache.ts'
import { execute } from '../process.ts'

export type Part = {
  name: PartName
  /** What it is and why the tests want it, for the person who waits. */
  what: string
  /** Names everything the result depends on; the part is built anew when this changes. */
  recipe(): Promise<string>
  /** What this machine lacks to build it, if anything. */
  lacks(): string | undefined
  build(into: string): Promise<void>
}

export type Outcome = {
  name: string
  result: 'present' | 'installed' | 'skipped' | 'failed'
  seconds: number
  note: string
}

export const say = (text: string): void => void process.stdout.write(`${text}\n`)
const logFile = (name: string): string => join(cacheDir, 'log', `${name}.log`)

/** Runs a command with its output going to the log of `name`; the error of a failed one shows the log's end. */
export async function run(
  name: string,
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const file = logFile(name)
  mkdirSync(join(cacheDir, 'log'), { recursive: true })
  const log = createWriteStream(file, { flags: 'a' })
  log.write(`\n$ ${command} ${args.join(' ')}\n`)
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const [code] = (await once(child, 'close')) as [number | null]
  log.end()
  await once(log, 'finish')
  if (code === 0) return
  const tail = readFileSync(file, 'utf8').split('\n').slice(-25).join('\n')
  throw new Error(`${command} ended with ${code}; ${file} ends:\n${tail}`)
}

/** Says every ten seconds that `name` is still at work. */
export async function withHeartbeat<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now()
  const beat = () => say(`      … ${name}: ${Math.round((Date.now() - started) / 1000)} s`)
  const timer = setInterval(beat, 10_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

async function isComplete(part: Part, recipe: string): Promise<boolean> {
  const stamp = await readFile(join(partDir(part.name), stampFile), 'utf8').catch(() => '')
  return stamp === recipe
}

async function diskUse(folder: string): Promise<string> {
  return (await execute('du', ['-sh', folder])).stdout.split('\t')[0] ?? ''
}

async function buildAndMove(part: Part, recipe: string): Promise<void> {
  const draft = join(cacheDir, `.building-${part.name}-${process.pid}`)
  try {
    await mkdir(draft, { recursive: true })
    await rm(logFile(part.name), { force: true })
    await part.build(draft)
    await writeFile(join(draft, stampFile), recipe)
    await rm(partDir(part.name), { recursive: true, force: true })
    await rename(draft, partDir(part.name))
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Builds the part unless it is complete. Never throws: one part's failure keeps no other from being installed. */
export async function ensurePart(part: Part): Promise<Outcome> {
  const started = Date.now()
  const outcome = (result: Outcome['result'], note: string): Outcome => {
    return { name: part.name, result, seconds: (Date.now() - started) / 1000, note }
  }
  try {
    const lack = part.lacks()
    if (lack !== undefined) return outcome('skipped', lack)
    const recipe = await part.recipe()
    if (await isComplete(part, recipe)) return outcome('present', recipe)
    say(`    ${part.name}: installing ${part.what}`)
    await withHeartbeat(part.name, () => buildAndMove(part, recipe))
    return outcome('installed', `${recipe}; ${await diskUse(partDir(part.name))}`)
  } catch (error) {
    return outcome('failed', String(error))
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes what interrupted installations have left; a draft whose process lives is another installation at work. */
export async function removeAbandonedDrafts(): Promise<void> {
  if (!existsSync(cacheDir)) return
  for (const entry of await readdir(cacheDir)) {
    const owner = /^\.building-.*-(\d+)$/.exec(entry)?.[1]
    if (owner !== undefined && !isAlive(Number(owner))) {
      await rm(join(cacheDir, entry), { recursive: true, force: true, maxRetries: 5 })
    }
  }
}
