// Two web processes on one database answer clicks on the same short links at the same time: each is counted once, also of a process that is killed.

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { asSystem, inOrg } from '../../src/db/tx.ts'
import type { Caller } from '../../src/people/types.ts'
import { addUpClicks } from '../../src/publishing/links/add-up.ts'
import { insertLink, markRemoved } from '../../src/publishing/links/store.ts'
import { type Running, startLongrun } from '../longrun.ts'
import { type TestDatabase, testDatabase } from '../world/database.ts'
import { anOrganisation } from '../world/practice.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'longrun-two-'))
const agent = new Agent({ keepAlive: true, maxSockets: 24 })
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const bot = 'Googlebot/2.1 (+http://www.google.com/bot.html)'
let database: TestDatabase
let caller: Caller
let processes: Running[]

beforeAll(async () => {
  database = await testDatabase()
  caller = await anOrganisation(database.db)
  const { host, port, user, password, database: name } = database.connection
  // The host may be the folder of a socket.
  const query = new URLSearchParams({ host: String(host), port: String(port) })
  const url = `postgres://${user}:${encodeURIComponent(String(password ?? ''))}@localhost/${name}?${query}`
  const start = (at: number) =>
    startLongrun({
      dataDir: join(folder, `data-${at}`),
      role: 'web',
      env: { DATABASE_URL: url, LONGRUN_SECRETS: 'the-same-key-for-both-processes-of-this-test' },
    })
  processes = await Promise.all([start(1), start(2)])
})
afterAll(async () => {
  agent.destroy()
  await Promise.all((processes ?? []).map((each) => each.end('SIGKILL')))
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const aLink = () =>
  inOrg(database.db, caller.orgId, (tx) =>
    insertLink(tx, caller.orgId, {
      ...{ variantId: null, target: `https://example.org/${crypto.randomUUID()}` },
      ...{ by: caller.memberId, at: new Date() },
    }),
  )

/** The status of the answer; null: the connection ended without one. */
async function follow({ address }: Running, code: string, by: string): Promise<number | null> {
  try {
    const asking = request(`${address}/l/${code}`, { agent, headers: { 'user-agent': by } }).end()
    const [answer] = (await once(asking, 'response')) as [IncomingMessage]
    answer.resume()
    return answer.statusCode!
  } catch {
    return null
  }
}

async function countOf({ id }: { id: string }): Promise<{ people: number; bots: number }> {
  await addUpClicks(database)
  const found = await asSystem(database.db, (tx) =>
    tx.selectFrom('link_totals').select(['people', 'bots']).where('link_id', '=', id).executeTakeFirst(),
  )
  return { people: Number(found?.people ?? 0), bots: Number(found?.bots ?? 0) }
}

test('each click is counted once, people and bots apart', async () => {
  const link = await aLink()
  const clicks = Array.from({ length: 3000 }, (_, at) => at)
  const answers = await Promise.all(
    clicks.map((at) => follow(processes[at % 2]!, link.code, at % 10 === 0 ? bot : browser)),
  )
  expect(new Set(answers)).toEqual(new Set([302]))
  await expect.poll(() => countOf(link), { timeout: 30_000 }).toEqual({ people: 2700, bots: 300 })
})

test('a link that is removed leads nowhere in both, though they knew it', async () => {
  const link = await aLink()
  for (const each of processes) expect(await follow(each, link.code, browser)).toBe(302)
  await inOrg(database.db, caller.orgId, (tx) =>
    markRemoved(tx, caller.orgId, link.id, { by: caller.memberId, at: new Date() }),
  )
  for (const each of processes) expect(await follow(each, link.code, browser)).toBe(404)
})

test('one of them is killed: all that it answered is counted, and nothing twice', async () => {
  const link = await aLink()
  const [dying, living] = processes as [Running, Running]
  let answered = 0
  let over = false
  const visitor = async (at: number) => {
    while (!over) {
      const status = await follow(at % 2 === 0 ? dying : living, link.code, browser)
      if (status === 302) answered++
      else if (status === null) return
    }
  }
  const visitors = Array.from({ length: 16 }, (_, at) => visitor(at))
  await expect.poll(() => answered, { timeout: 60_000, interval: 5 }).toBeGreaterThan(500)
  await dying.end('SIGKILL')
  over = true
  await Promise.all(visitors)
  const { people } = await countOf(link)
  expect(people).toBeGreaterThanOrEqual(answered)
  // At most one request a visitor was on its way to the process that died.
  expect(people).toBeLessThanOrEqual(answered + 8)
})
