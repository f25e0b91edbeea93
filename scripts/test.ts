// Runs all parts of the tests one after the other, says how long each took, and sums them up in the last line.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { leftOutWithoutDescription } from '../src/connectors/mastodon/double/openapi.ts'
import { importsOf, reaches, root, sourceFiles } from '../test/imports.ts'
import { missing } from '../test/servers/cache.ts'
import { startPostgres15 } from '../test/servers/postgres15.ts'

interface Tally {
  passed: number
  /** What failed, by name. */
  failed: string[]
  skipped: string[]
}

interface Part {
  name: string
  run(): Promise<Tally>
}

/** Of vitest's JSON report, what is counted here. */
interface Report {
  success: boolean
  testResults: {
    name: string
    status: string
    assertionResults: { fullName: string; status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled' }[]
  }[]
}

const node = process.execPath
const bin = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
}
const folder = mkdtempSync(join(tmpdir(), 'longrun-tests-'))
const strict = process.env.CI === 'true'

function run(args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      // Every test file and every server that a test starts loads the same packages: compiled once, an eighth of the whole work.
      env: { NODE_COMPILE_CACHE: join(folder, 'compiled'), ...process.env, ...env },
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

/** A check that has no tests inside counts as one. */
const check = (name: string, args: string[]): Part => ({
  name,
  async run() {
    const good = (await run(args)) === 0
    return { passed: good ? 1 : 0, failed: good ? [] : [name], skipped: [] }
  },
})

async function vitest(name: string, files: string[], env: Record<string, string> = {}): Promise<Tally> {
  const output = join(folder, `${name.replaceAll(/\W+/g, '-')}.json`)
  const code = await run(
    [bin.vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`, ...files],
    env,
  )
  if (!existsSync(output)) return { passed: 0, failed: [`${name}: vitest ended without a report`], skipped: [] }
  return tallyOf(name, JSON.parse(readFileSync(output, 'utf8')) as Report, code)
}

function tallyOf(name: string, report: Report, code: number): Tally {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map(({ fullName, status }) => ({
      status,
      label: `${relative(root, file.name)}: ${fullName}`,
    })),
  )
  const labels = (...statuses: string[]) =>
    tests.filter((test) => statuses.includes(test.status)).map((test) => test.label)
  const failed = labels('failed')
  // A file that cannot be loaded has no test that could fail.
  for (const file of report.testResults) {
    const told = file.assertionResults.some((test) => test.status === 'failed')
    if (file.status === 'failed' && !told) failed.push(`${relative(root, file.name)}: the file itself`)
  }
  if (code !== 0 && failed.length === 0) failed.push(`${name}: an error outside of any test`)
  return { passed: labels('passed').length, failed, skipped: labels('skipped', 'pending', 'todo', 'disabled') }
}

const testFiles = sourceFiles(['src', 'test'], /\.test\.tsx?$/)

/**
 * What an older server may understand otherwise is a statement, a lock or a wall: whatever reaches a database of its own is asked of the
 * oldest server too. Not asked a second time: programs and pages, which see the answers of Longrun and never the server; servers of others (mail,
 * networks, and PostgreSQL 15 itself, which tests of backups start); and walks over every route, which ask Longrun's own table thousands of times.
 */
const databaseTests = (): string[] =>
  testFiles.filter(
    (path) =>
      /^(src|test\/scenarios)\//.test(path) &&
      reaches(path, 'test/world/database.ts') &&
      !reaches(path, 'test/servers/') &&
      !importsOf(path).some(({ target }) => target === 'test/world/sample-input.ts'),
  )

const onPostgres15: Part = {
  name: 'database tests on PostgreSQL 15',
  async run() {
    const lack = missing('postgres15')
    if (lack) return { passed: 0, failed: [], skipped: [`database tests on PostgreSQL 15: ${lack}`] }
    const server = await startPostgres15()
    try {
      return await vitest(this.name, databaseTests(), { TEST_DATABASE_URL: server.url })
    } finally {
      await server.stop()
    }
  },
}

/** An empty cache and no browser: each test that needs a server says so and steps aside. */
const alone = { CI: '', LONGRUN_TEST_CACHE: join(folder, 'nothing'), CHROMIUM_PATH: join(folder, 'nothing') }

function partsOf(args: string[]): Part[] {
  const quick = args[0] === 'quick'
  const files = quick ? args.slice(1) : args
  const tests = (name: string, some: string[]): Part => ({
    name,
    run: () => vitest(name, some, quick ? alone : {}),
  })
  if (files.length > 0) return [tests('tests', files)]
  const checks = [
    check('format and lint', [bin.biome, 'check', '.']),
    check('types', [bin.tsc, '--noEmit']),
    check('types of the database', ['scripts/db-types.ts', '--check']),
    check('notices of third parties', ['scripts/notices.ts', '--check']),
  ]
  const all = [...checks, tests('tests of programs, pages and parts', testFiles)]
  return quick ? all : [...all, onPostgres15]
}

async function main(): Promise<number> {
  const total: Tally = { passed: 0, failed: [], skipped: [] }
  const parts = partsOf(process.argv.slice(2))
  for (const [index, part] of parts.entries()) {
    const began = Date.now()
    process.stdout.write(`\n── ${index + 1} of ${parts.length}: ${part.name}\n`)
    const { passed, failed, skipped } = await part.run()
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    process.stdout.write(
      `   ${part.name}: ${passed} passed, ${failed.length} failed${skipped.length ? `, ${skipped.length} skipped` : ''}, ${seconds} s\n`,
    )
    total.passed += passed
    total.failed.push(...failed)
    total.skipped.push(...skipped)
  }
  return conclude(total)
}

/** Where nothing may be skipped, a skipped test is a failed one. */
function conclude({ passed, failed, skipped }: Tally): number {
  const bad = strict ? [...failed, ...skipped.map((name) => `${name} (skipped, which CI does not allow)`)] : failed
  process.stdout.write('\n')
  for (const name of bad) process.stdout.write(`FAILED  ${name}\n`)
  if (!strict) for (const name of skipped) process.stdout.write(`skipped  ${name}\n`)
  // No test is skipped for want of this file: those that need it do not exist without it.
  const leftOut = leftOutWithoutDescription()
  if (leftOut) process.stdout.write(`left out  ${leftOut}\n`)
  const tail = !strict && skipped.length > 0 ? `, ${skipped.length} skipped` : ''
  process.stdout.write(`${passed} passed, ${bad.length} failed${tail}\n`)
  return bad.length === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
