// Starts, stops and kills the real program: each trouble of a first start has its one clear sentence, and each crash is got over.

import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { canMount, contained, isRoot, mounted } from './confined.ts'
import { postgresPid, processesOf, type Running, runLongrun, startLongrun } from './longrun.ts'
import { describeServer } from './servers/describe-server.ts'
import { startPostgres15 } from './servers/postgres15.ts'

// A first start makes a database, and a machine may be busy.
vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'longrun-start-'))
chmodSync(folder, 0o755)
let number = 0
const running: Running[] = []

afterEach(async () => {
  for (const each of running.splice(0)) await each.end('SIGKILL')
})
afterAll(() => {
  for (const pid of processesOf(folder)) process.kill(pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const aFolder = () => join(folder, `data-${++number}`)

async function started(
  dataDir: string,
  more: Omit<Parameters<typeof startLongrun>[0], 'dataDir'> = {},
): Promise<Running> {
  const longrun = await startLongrun({ dataDir, ...more })
  running.push(longrun)
  return longrun
}

const health = async (address: string) =>
  (await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5_000) })).status
const untilHealthy = (address: string) =>
  expect.poll(() => health(address).catch(() => 0), { timeout: 30_000, interval: 200 }).toBe(200)
const untilGone = (dataDir: string) => expect.poll(() => processesOf(dataDir), { timeout: 20_000 }).toEqual([])

/** One sentence for people: no stack, no JSON. */
async function refused(words: RegExp, options: Parameters<typeof runLongrun>[1]): Promise<void> {
  const { code, said } = await runLongrun(['start'], options)
  expect(said).toMatch(words)
  expect(code).toBe(1)
  expect(said).not.toMatch(/^\s+at |"level":"error"|node:internal/m)
}

describe('one installation', () => {
  const dataDir = aFolder()

  test('starts, answers, and lets nobody else start on its data', async () => {
    const first = await started(dataDir)
    expect(await health(first.address)).toBe(200)
    await refused(new RegExp(`already running on ${dataDir}: ${first.address}`), { dataDir })
    expect(await health(first.address)).toBe(200)
    expect(postgresPid(dataDir)).not.toBeNull()
  })

  test('after kill -9 of Longrun the next start finds its server and goes on', async () => {
    const server = postgresPid(dataDir)
    expect(processesOf(dataDir)).toContain(server)
    const again = await started(dataDir)
    expect(await health(again.address)).toBe(200)
    expect(postgresPid(dataDir)).toBe(server)
  })

  test('is backed up and its log verified while it runs, and goes on', async () => {
    const longrun = await started(dataDir)
    const file = join(folder, 'backup.tar.gz')
    const backup = await runLongrun(['backup', file], { dataDir })
    expect(backup).toMatchObject({ code: 0, said: expect.stringMatching(/^Backup written to .*\n.*secret\.key/) })
    expect(await runLongrun(['audit', 'verify'], { dataDir })).toMatchObject({
      code: 0,
      said: expect.stringContaining('unbroken'),
    })
    expect(await runLongrun(['reseal'], { dataDir })).toMatchObject({
      code: 0,
      said: '0 secrets sealed anew, 0 left on older keys.\n',
    })
    expect(await health(longrun.address)).toBe(200)

    const other = aFolder()
    const restore = await runLongrun(['restore', file], { dataDir: other })
    expect(restore).toMatchObject({ code: 0, said: expect.stringMatching(/Restored \d+ rows[\s\S]*another key/) })
    await untilGone(other)
    expect(await health(longrun.address)).toBe(200)
  })

  test('after kill -9 of PostgreSQL it starts the server again, and still lets nobody else in', async () => {
    const longrun = await started(dataDir)
    const server = postgresPid(dataDir)!
    process.kill(server, 'SIGKILL')
    await expect.poll(() => postgresPid(dataDir), { timeout: 30_000 }).not.toBe(server)
    await untilHealthy(longrun.address)
    await expect
      .poll(async () => (await runLongrun(['start'], { dataDir })).said, { timeout: 30_000 })
      .toMatch(/already running/)
    expect(await health(longrun.address)).toBe(200)
  })

  test('stops cleanly when asked: what was being answered is answered, no process is left', async () => {
    const longrun = await started(dataDir)
    const answers: number[] = []
    let stopping = true
    const asking = (async () => {
      while (stopping) answers.push(await health(longrun.address).catch(() => 0))
    })()
    await expect.poll(() => answers.length).toBeGreaterThan(20)
    expect(await longrun.end('SIGTERM'), longrun.said()).toBe(0)
    stopping = false
    await asking
    expect(answers.filter((status) => status !== 200 && status !== 0)).toEqual([])
    expect(postgresPid(dataDir)).toBeNull()
    await untilGone(dataDir)
  })

  test('written by a newer version says so', async () => {
    const longrun = await started(dataDir)
    const client = new pg.Client({ host: join(dataDir, 'postgres/socket'), user: 'longrun', database: 'longrun' })
    await client.connect()
    await client.query("insert into migrations (name) values ('9999-from-the-future.sql')")
    await client.end()
    await longrun.end()
    await refused(/written by a newer Longrun \(it has 9999-from-the-future\.sql\)/, { dataDir })
    await untilGone(dataDir)
  })
})

describe('a start says in one sentence', () => {
  test('that its port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const dataDir = aFolder()
    await refused(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is in use`), { dataDir, env: { PORT: String(port) } })
    taken.close()
    await untilGone(dataDir)
  })

  test('that its folder cannot be written', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    await refused(/The data folder .*a-file cannot be written \(EEXIST\)/, { dataDir: file })
    await refused(/The data folder .*a-file\/inside cannot be written \(ENOTDIR\)/, { dataDir: join(file, 'inside') })
  })

  test('that nothing answers at DATABASE_URL, or that it is no such address', async () => {
    const dataDir = aFolder()
    await refused(/The database cannot be reached: nothing answers at its address\. Check DATABASE_URL/, {
      dataDir,
      env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' },
    })
    await refused(/DATABASE_URL is not usable: must begin with postgres:\/\//, {
      dataDir,
      env: { DATABASE_URL: 'mysql://127.0.0.1/nothing' },
    })
  })

  test('that a variable is wrong', () => refused(/PORT is not usable/, { dataDir: aFolder(), env: { PORT: 'eighty' } }))

  test('that a key is too short, before anything is made', async () => {
    const dataDir = aFolder()
    const long = 'a key for this test alone, long enough'.replaceAll(' ', '-')
    for (const keys of ['short', `${long} short`, ' , '])
      await refused(/LONGRUN_SECRETS is not usable: a key needs at least 32 characters\.$/m, {
        dataDir,
        env: { LONGRUN_SECRETS: keys },
      })
    writeFileSync(join(dataDir, 'secret.key'), '\n')
    await refused(/secret\.key is not usable: a key needs at least 32/, { dataDir })
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
  })
})

describe.skipIf(!canMount)('on a disk of its own, a start says in one sentence', () => {
  test('that it is full', () => {
    const dataDir = aFolder()
    return refused(/The disk that holds .* is full: a new database needs 200 MB, \d+ MB are free/, {
      dataDir,
      as: mounted(dataDir, 'size=20m'),
    })
  })

  test('that it can only be read', () => {
    const dataDir = aFolder()
    return refused(/The data folder .* cannot be written \(EROFS\)/, { dataDir, as: mounted(dataDir, 'ro,size=1m') })
  })
})

describeServer('postgres15', () => {
  test('the same program runs on a given server, and says when it may not enter', async () => {
    const server = await startPostgres15()
    try {
      const dataDir = aFolder()
      await refused(/The database cannot be reached: .*role "nobody" does not exist/, {
        dataDir,
        env: { DATABASE_URL: server.url.replace('postgres@', 'nobody@') },
      })
      await refused(/The database cannot be reached: .*database "nothing" does not exist/, {
        dataDir,
        env: { DATABASE_URL: server.url.replace(/postgres$/, 'nothing') },
      })
      const longrun = await started(dataDir, { env: { DATABASE_URL: server.url } })
      expect(await health(longrun.address)).toBe(200)
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
      await server.kill()
      await expect.poll(() => health(longrun.address).catch(longrun.said), { timeout: 20_000 }).toBe(503)
      await server.restart()
      await untilHealthy(longrun.address)
      expect(await longrun.end(), longrun.said()).toBe(0)
    } finally {
      await server.stop()
    }
  })
})

describe('an ordinary user', () => {
  const setpriv = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  // A checkout below root's home is nobody's to read. Then this user may read it, and nothing else.
  const readsAll = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search']
  const canRead = () => spawnSync(setpriv[0]!, [...setpriv.slice(1), 'test', '-r', import.meta.filename]).status === 0
  const nobody = isRoot ? [...setpriv, ...(canRead() ? [] : readsAll)] : []

  test('starts and stops it as well', async () => {
    const dataDir = aFolder()
    mkdirSync(dataDir, { mode: 0o700 })
    if (isRoot) chownSync(dataDir, 65534, 65534)
    const longrun = await started(dataDir, { as: nobody })
    expect(await health(longrun.address)).toBe(200)
    expect(readFileSync(`/proc/${postgresPid(dataDir)}/status`, 'utf8')).toMatch(isRoot ? /^Uid:\s+65534\s/m : /^Uid:/m)
    expect(await longrun.end(), longrun.said()).toBe(0)
    await untilGone(dataDir)
  })
})

describe.skipIf(!isRoot || !canMount)('root of a container without user namespaces', () => {
  const ownerOf = (pid: number) => readFileSync(`/proc/${pid}/status`, 'utf8').match(/^Uid:\s+(\d+)/m)![1]

  test('starts, is found again after kill -9, and stops, also where only root may enter', async () => {
    const locked = join(folder, 'locked')
    const within = contained(locked)
    const dataDir = join(locked, 'data')
    const first = await started(dataDir, within)
    const server = postgresPid(dataDir)!
    expect(ownerOf(server)).toBe('65534')
    await first.end('SIGKILL')
    const again = await started(dataDir, within)
    expect(postgresPid(dataDir)).toBe(server)
    expect(await again.end(), again.said()).toBe(0)
    await untilGone(dataDir)
  })

  test('takes over what was made outside of it, and the other way round', async () => {
    const dataDir = aFolder()
    for (const where of [{}, contained(join(folder, 'moved')), {}]) {
      const longrun = await started(dataDir, where)
      expect(await health(longrun.address)).toBe(200)
      expect(await longrun.end(), longrun.said()).toBe(0)
      await untilGone(dataDir)
    }
  })

  test('is told in one sentence where root may be nobody else', async () => {
    const { as, checkout } = contained(join(folder, 'bound'))
    const unbound = as.map((word) => word.replace(',+setuid', ''))
    await refused(/PostgreSQL does not run as root, .*ordinary user, or set DATABASE_URL/, {
      dataDir: aFolder(),
      as: unbound,
      checkout,
    })
  })
})
