// npm run bench:start: from the command to the line that says it is ready, for a fresh clone, a fresh data folder and a later day; and the memory at rest.

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/db/embedded.ts'
import { nodeBinary } from '../../test/servers/cache.ts'
import { quietLog } from '../../test/world/practice.ts'
import { readArguments } from '../arguments.ts'
import { type ProductOptions, root, startProduct } from '../product.ts'
import { judge, printMachine, printTable, type Row } from '../report.ts'
import { median } from '../statistics.ts'

const given = readArguments({ clones: '1', first: '3', later: '5', idle: '60' })
const scratch = mkdtempSync(join(tmpdir(), 'longrun-bench-start-'))
let folders = 0
const newFolder = (): string => join(scratch, `data-${++folders}`)
const times = <T>(count: string, work: () => Promise<T>): Promise<T[]> =>
  Array.from({ length: Number(count) }).reduce<Promise<T[]>>(
    async (before) => [...(await before), await work()],
    Promise.resolve([]),
  )

async function readyMs(options: ProductOptions): Promise<number> {
  const product = await startProduct(options)
  await product.stop()
  return product.readyMs
}

/** What is in the repository, without packages and without a built web app; npm has the packages in its cache. */
async function freshClone(): Promise<number> {
  const clone = join(scratch, `clone-${++folders}`)
  mkdirSync(clone)
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  execFileSync('tar', ['--null', '--files-from=-', '--ignore-failed-read', '-cf', join(scratch, 'clone.tar')], {
    cwd: root,
    input: files,
  })
  execFileSync('tar', ['-xf', join(scratch, 'clone.tar')], { cwd: clone })
  const took = await readyMs({ dataDir: newFolder(), command: [join(clone, 'bin/start')] })
  rmSync(clone, { recursive: true, force: true })
  return took
}

// ── References ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The floor of a first start: the database alone, made and started. */
async function databaseAlone(dataDir: string): Promise<number> {
  const start = performance.now()
  const server = await startEmbedded(dataDir, quietLog)
  const took = performance.now() - start
  await server.stop()
  return took
}

/** A Node process that listens and does nothing else. */
async function bareNode(): Promise<{ ms: number; memory: Memory }> {
  const start = performance.now()
  const program = "require('node:http').createServer().listen(0, '127.0.0.1', () => console.log('ready'))"
  const child = spawn(nodeBinary, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const ms = performance.now() - start
  const memory = memoryOf(child.pid!)
  child.kill()
  await once(child, 'exit')
  return { ms, memory }
}

// ── Memory ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Memory {
  residentMb: number
  /** Of that, what is the process's own and not mapped from files. */
  ownMb: number
}

function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)?.[1]) / 1024
  return { residentMb: field('VmRSS'), ownMb: field('RssAnon') }
}

async function memoryAtRest(dataDir: string): Promise<Memory> {
  const product = await startProduct({ dataDir })
  await new Promise((resolve) => setTimeout(resolve, Number(given.idle) * 1000))
  const memory = memoryOf(product.pid)
  await product.stop()
  return memory
}

printMachine()
try {
  const clones = await times(given.clones, freshClone)
  const firsts = await times(given.first, () => readyMs({ dataDir: newFolder() }))
  const alone = await times(given.first, () => databaseAlone(newFolder()))
  const used = newFolder()
  await readyMs({ dataDir: used })
  const laters: number[] = []
  const scripts: number[] = []
  const databases: number[] = []
  for (let run = 0; run < Number(given.later); run++) {
    laters.push(await readyMs({ dataDir: used }))
    scripts.push(await readyMs({ dataDir: used, command: [join(root, 'bin/start')] }))
    databases.push(await databaseAlone(used))
  }
  const memory = await memoryAtRest(used)
  const bare = await bareNode()
  const line = (what: string, ms: number[], reference: string, floor: number): Row => [
    what,
    ms.length,
    median(ms) / 1000,
    Math.max(...ms) / 1000,
    reference,
    floor / 1000,
    median(ms) / floor,
  ]
  printTable(
    'From the command to “Longrun is ready”',
    ['start', 'runs', 'median s', 'longest s', 'reference', 'its median s', 'ratio'],
    [
      ...(clones.length > 0
        ? [
            line(
              'fresh clone by bin/start, packages in npm’s cache',
              clones,
              'initdb and database alone',
              median(alone),
            ),
          ]
        : []),
      line('first start, packages and web app there', firsts, 'initdb and database alone', median(alone)),
      line('later start', laters, 'database alone', median(databases)),
      line('later start by bin/start', scripts, 'database alone', median(databases)),
    ],
  )
  printTable(
    `Memory of the Node process ${given.idle} s after the start`,
    ['process', 'runs', 'resident MB', 'own MB', 'ratio'],
    [
      ['Longrun', 1, memory.residentMb, memory.ownMb, memory.residentMb / bare.memory.residentMb],
      ['reference: Node that only listens', 1, bare.memory.residentMb, bare.memory.ownMb, 1],
    ],
  )
  printMachine()
  judge([
    ...(clones.length > 0 ? [{ what: 'fresh clone to ready', value: median(clones) / 1000, most: 60, unit: 's' }] : []),
    { what: 'first start', value: median(firsts) / 1000, most: 60, unit: 's' },
    { what: 'later start', value: median(laters) / 1000, most: 5, unit: 's' },
    { what: 'later start by bin/start', value: median(scripts) / 1000, most: 5, unit: 's' },
    { what: 'resident memory at rest', value: memory.residentMb, most: 220, unit: 'MB' },
  ])
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
