// Contract cases: an account tells what it published, each once, under the ids that publishing knows, whatever goes wrong meanwhile.

import { expect } from 'vitest'
import { deliver } from '../article.testing.ts'
import type { Json, RemoteRef } from '../contract.ts'
import type { HistoryItem, HistoryPage } from '../history.ts'
import type { Case } from './contract-suite.ts'
import * as faults from './faults.ts'
import { draftOf, errorOf, limitsOf, mark, partOf, publishPart, type Stage, sessionOf, settled } from './world.ts'

export function historyCases(stage: Stage, when: Case): void {
  const { history, publish } = stage.connector
  const has = history !== undefined && publish !== undefined

  when('history: what was published is told once, under the id that publishing knows', has, () => knownIds(stage))
  when('history: more of a thread of one’s own is no item of its own', has, () => noSegments(stage))
  when('history: an answer is told as a reply', has && stage.connector.inbox !== undefined, () => replies(stage))
  when('history: nothing older than asked for is told', has, () => nothingOlder(stage))
  when('history: pages that change meanwhile lose nothing', has && publish?.remove !== undefined, () => changing(stage))
  when('history: a lost answer costs nothing', has, () => lostAnswers(stage))

  const kinds = stage.options.kinds ?? {}
  const table = [
    ['401', faults.status(401), ['auth-expired', 'auth-revoked']],
    ['403', faults.status(403), [kinds['403'] ?? 'forbidden']],
    ['429', faults.rateLimited(60), ['rate-limited']],
    ['500', faults.status(500), ['unavailable']],
    ['a page', faults.htmlPage(), ['changed']],
    ['an endless answer', faults.hugeBody(50_000_000), ['changed']],
  ] as const
  for (const [name, fault, expected] of table) {
    when(`history: ${name} is ${expected.join(' or ')}`, has, async () => {
      stage.network.faults.inject(fault, { times: Number.POSITIVE_INFINITY })
      const error = await errorOf(stage, ask(stage, null))
      expect(expected).toContain(error.kind)
    })
  }
}

const dayMs = 86_400_000
const limit = 3

const ask = (stage: Stage, cursor: Json, since = new Date(Date.now() - dayMs)): Promise<HistoryPage> =>
  stage.connector.history!.page(sessionOf(stage), { since, cursor, limit })

/** Everything from a place on; each page is storable, and so is the place behind it. */
async function readOn(stage: Stage, from: Json = null, since?: Date): Promise<HistoryItem[]> {
  const told: HistoryItem[] = []
  let cursor = from
  for (let pages = 0; ; pages++) {
    if (pages > 500) throw new Error('it has no end')
    const page = await ask(stage, cursor, since)
    for (const item of page.items) expectStorable(item)
    expect(page.unreadable).toBe(0)
    told.push(...page.items)
    if (page.next === null) return told
    cursor = JSON.parse(JSON.stringify(page.next)) as Json
    expect(cursor).toEqual(page.next)
  }
}

function expectStorable({ id, at, url, by }: HistoryItem): void {
  expect(id.length > 0 && id.length <= 1000 && id.isWellFormed() && !id.includes('\0')).toBe(true)
  expect(at.getTime()).toBeGreaterThan(Date.UTC(1990, 0, 1))
  expect(at.getTime()).toBeLessThanOrEqual(Date.now() + 1000)
  expect(url === null || /^https?:/.test(url)).toBe(true)
  expect(by).not.toBe('')
}

/** As Longrun sends: many at once bring a server into trouble, and what it leaves in doubt is looked for before it is sent again. */
async function publishSome(stage: Stage, count: number): Promise<RemoteRef[]> {
  const { connector } = stage
  const refs: RemoteRef[] = []
  for (let at = 0; at < count; at++) {
    const part = partOf(draftOf(stage, `${mark()} ${at}`))
    refs.push(await settled(stage, await deliver({ connector, session: sessionOf(stage), part, key: mark() })))
  }
  return refs
}

const idsOf = (items: readonly HistoryItem[]): Set<string> => new Set(items.map(({ id }) => id))
const without = (refs: readonly RemoteRef[], items: readonly HistoryItem[]): string[] =>
  refs.map(({ id }) => id).filter((id) => !idsOf(items).has(id))

async function knownIds(stage: Stage): Promise<void> {
  const began = Date.now()
  const refs = await publishSome(stage, 5)
  const told = await readOn(stage)
  expect(without(refs, told)).toEqual([])
  for (const { id } of refs) {
    const item = told.find((one) => one.id === id && one.kind === 'post')!
    // Some networks know seconds only.
    expect(item.at.getTime()).toBeGreaterThan(began - 60_000)
  }
  const posts = told.filter(({ kind }) => kind === 'post').map(({ at }) => at.getTime())
  expect(posts.every((time, at) => at === 0 || time <= posts[at - 1]! + 2_000)).toBe(true)
}

async function noSegments(stage: Stage): Promise<void> {
  if (!limitsOf(stage).thread) return
  const draft = draftOf(stage, `${mark()} begins`)
  const thread = { ...draft, segments: [...draft.segments, { text: `${mark()} goes on`, media: [] }] }
  const root = await publishPart(stage, partOf(thread))
  const more = await publishPart(stage, partOf(thread, { position: 1, role: 'segment', root, previous: root }))
  const told = idsOf(await readOn(stage))
  expect([told.has(root.id), told.has(more.id)]).toEqual([true, false])
}

async function replies(stage: Stage): Promise<void> {
  if (!stage.network.saysElsewhere) return
  const id = await stage.network.saysElsewhere(`${mark()} thank you`)
  const found = (await readOn(stage)).filter((item) => item.id === id && item.kind === 'reply')
  expect(found.length).toBeGreaterThan(0)
}

async function nothingOlder(stage: Stage): Promise<void> {
  await publishSome(stage, 1)
  expect(await readOn(stage, null, new Date(Date.now() + dayMs))).toEqual([])
}

/** One that was told and one that was not are taken away, and one comes in, between two pages. */
async function changing(stage: Stage): Promise<void> {
  const refs = await publishSome(stage, 9)
  const first = await ask(stage, null)
  const told = refs.filter(({ id }) => idsOf(first.items).has(id))
  const [early, late] = [refs[0]!, told.at(-1)!]
  for (const ref of [early, late]) await stage.connector.publish!.remove!(sessionOf(stage), ref)
  await publishSome(stage, 1)
  const rest = await readOn(stage, JSON.parse(JSON.stringify(first.next)) as Json)
  const stays = refs.filter((ref) => ref !== early && ref !== late)
  expect(without(stays, [...first.items, ...rest])).toEqual([])
}

async function lostAnswers(stage: Stage): Promise<void> {
  const refs = await publishSome(stage, 5)
  const first = await ask(stage, null)
  for (const fault of [faults.closeBefore, faults.closeAfter, faults.truncate]) {
    stage.network.faults.inject(fault, { times: Number.POSITIVE_INFINITY })
    expect((await errorOf(stage, ask(stage, first.next))).kind).toBe('unavailable')
    stage.network.faults.reset()
  }
  expect(without(refs, [...first.items, ...(await readOn(stage, first.next))])).toEqual([])
}
