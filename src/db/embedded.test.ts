// A lock file that a crash left behind may name anybody: the server of this folder is neither believed in nor stopped by it.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { log } from '../lib/log.ts'
import { startEmbedded } from './embedded.ts'
import { serverPid } from './server-process.ts'

vi.setConfig({ testTimeout: 60_000 })

const dataDir = mkdtempSync(join(tmpdir(), 'longrun-embedded-'))
const data = join(dataDir, 'postgres/data')
const lock = join(data, 'postmaster.pid')
let stranger: { data: string; lock: string; pid: number }

beforeAll(async () => {
  const data = await answer(inject('cluster'), 'show data_directory')
  const text = readFileSync(join(data, 'postmaster.pid'), 'utf8')
  stranger = { data, lock: text, pid: Number(text.split('\n')[0]) }
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

async function answer(connection: pg.ClientConfig, question: string): Promise<string> {
  const client = new pg.Client(connection)
  await client.connect()
  const { rows } = await client.query<Record<string, string>>(question)
  await client.end()
  return Object.values(rows[0]!)[0]!
}

test("another PostgreSQL's number in the lock file is taken for nothing", async () => {
  const first = await startEmbedded(dataDir, log)
  const held = readFileSync(lock, 'utf8')
  expect(serverPid(data)).toBe(Number(held.split('\n')[0]))
  await first.stop()
  expect(serverPid(data)).toBeNull()

  writeFileSync(lock, stranger.lock)
  expect(serverPid(data)).toBeNull()
  expect(serverPid(stranger.data)).toBe(stranger.pid)
  const second = await startEmbedded(dataDir, log)
  expect(second.found).toBe(false)
  expect(await answer(second.connection, 'show data_directory')).toBe(data)

  // As if it had gone down, and its number had gone to the other one, while this process was about to stop it.
  const own = readFileSync(lock, 'utf8')
  await second.leave()
  writeFileSync(lock, stranger.lock)
  await second.stop()
  expect(await answer(inject('cluster'), 'show data_directory')).toBe(stranger.data)
  writeFileSync(lock, own)
  await second.stop()
  expect(serverPid(data)).toBeNull()
})
