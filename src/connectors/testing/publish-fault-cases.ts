// Contract cases: whatever breaks around a write, nothing is sent twice, and the error says what is known.

import { expect } from 'vitest'
import type { ErrorKind } from '../contract.ts'
import type { Case } from './contract-suite.ts'
import * as faults from './faults.ts'
import {
  draftOf,
  errorOf,
  type FaultName,
  findUntil,
  mark,
  partOf,
  prepare,
  publishedWith,
  publishOf,
  type Stage,
  sessionOf,
  submit,
  writes,
} from './world.ts'

export function publishFaultCases(stage: Stage, when: Case): void {
  const { publish } = stage.connector
  const publishes = publish !== undefined

  when('a lost answer is unknown, is sent once, and is found', publishes, () => lostAnswer(stage))
  when('a request that never arrived is unknown, is absent, and can be sent again', publishes, () => lostRequest(stage))
  for (const name of Object.keys(brokenAnswers) as FaultName[]) {
    const kind = stage.options.kinds?.[name] ?? brokenAnswers[name].kind
    when(`writing: ${name} is ${kind}`, publishes, () => brokenAnswer(stage, name, kind))
  }
  when('writing stops within half a second', publishes, () => stops(stage))
}

/** What stands in the place of the network's answer; the network itself hears nothing. */
const brokenAnswers: Record<FaultName, { fault: faults.Fault; kind: ErrorKind }> = {
  '401': { fault: faults.status(401), kind: 'auth-expired' },
  '403': { fault: faults.status(403), kind: 'forbidden' },
  '429': { fault: faults.rateLimited(60), kind: 'rate-limited' },
  '500': { fault: faults.status(500), kind: 'unknown' },
  html: { fault: faults.htmlPage(), kind: 'changed' },
  empty: { fault: faults.emptyBody(), kind: 'changed' },
  huge: { fault: faults.hugeBody(), kind: 'changed' },
}

async function ready(stage: Stage, text: string) {
  const word = mark()
  const prepared = await prepare(stage, partOf(draftOf(stage, `${word} ${text}`)), word)
  return { word, prepared, since: new Date() }
}

function submitOnce(stage: Stage, prepared: Awaited<ReturnType<typeof prepare>>, key: string, signal?: AbortSignal) {
  return errorOf(stage, publishOf(stage).submit(sessionOf(stage, { signal }), prepared, key))
}

async function lostAnswer(stage: Stage): Promise<void> {
  const { word, prepared, since } = await ready(stage, 'lost answer')
  stage.network.faults.inject(faults.closeAfter, { match: stage.network.isWrite })
  expect((await submitOnce(stage, prepared, word)).kind).toBe('unknown')
  expect(writes(stage)).toBe(1)
  if (publishOf(stage).find) await findUntil(stage, prepared, word, since, 'published')
  expect(await publishedWith(stage, word)).toHaveLength(1)
  expect(writes(stage)).toBe(1)
}

async function lostRequest(stage: Stage): Promise<void> {
  const { word, prepared, since } = await ready(stage, 'lost request')
  stage.network.faults.inject(faults.closeBefore, { match: stage.network.isWrite })
  expect((await submitOnce(stage, prepared, word)).kind).toBe('unknown')
  expect(writes(stage)).toBe(1)
  if (publishOf(stage).find) await findUntil(stage, prepared, word, since, 'absent')
  expect(await publishedWith(stage, word)).toEqual([])
  await submit(stage, prepared, word)
  expect(await publishedWith(stage, word)).toHaveLength(1)
}

async function brokenAnswer(stage: Stage, name: FaultName, kind: ErrorKind): Promise<void> {
  const { word, prepared } = await ready(stage, 'broken answer')
  stage.network.faults.inject(brokenAnswers[name].fault, { match: stage.network.isWrite })
  const before = Date.now()
  const error = await submitOnce(stage, prepared, word)
  expect(error.kind).toBe(kind)
  expect(writes(stage)).toBe(1)
  expect(await publishedWith(stage, word)).toEqual([])
  if (name !== '429') return
  expect(error.retryAt?.getTime()).toBeGreaterThanOrEqual(before + 59_000)
  expect(error.retryAt?.getTime()).toBeLessThan(Date.now() + 61_000)
}

async function stops(stage: Stage): Promise<void> {
  const { word, prepared } = await ready(stage, 'stop')
  stage.network.faults.inject(faults.delay(3_000), { match: stage.network.isWrite })
  const stop = new AbortController()
  const call = submitOnce(stage, prepared, word, stop.signal)
  await expect.poll(() => writes(stage)).toBe(1)
  const start = performance.now()
  stop.abort()
  expect((await call).kind).toBe('unknown')
  expect(performance.now() - start).toBeLessThan(2_500)
}
