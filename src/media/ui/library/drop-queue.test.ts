// Many files at once, against a library that is slow, loses the line, refuses, and has some of them already.

import { describe, expect, test } from 'vitest'
import { createDropQueue, isOver, summaryOf, type Tools } from './drop-queue.ts'

interface Kept {
  id: string
}

/** A library in memory that answers in turns of the event loop; `trouble` may refuse what comes. */
function aLibrary(trouble: (name: string, time: number) => unknown = () => null) {
  const kept = new Map<string, Kept>()
  const times = new Map<string, number>()
  const seen = { most: 0, now: 0, sent: 0, asked: 0, pauses: [] as number[] }
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1))
  const tools: Tools<Kept> = {
    hash: async (file) => `hash of ${await file.text()}`,
    async known(contents) {
      seen.asked += 1
      await turn()
      return new Map(contents.flatMap((each) => (kept.has(each) ? [[each, kept.get(each)!]] : [])))
    },
    async send(file, { progress, signal }) {
      seen.now += 1
      seen.most = Math.max(seen.most, seen.now)
      seen.sent += 1
      try {
        progress(0.5)
        await turn()
        if (signal.aborted) throw new DOMException('Stopped', 'AbortError')
        const time = (times.get(file.name) ?? 0) + 1
        times.set(file.name, time)
        const sha256 = `hash of ${await file.text()}`
        const error = trouble(file.name, time)
        // An answer that is lost was given: the file is there.
        if (error === 'lost answer') kept.set(sha256, { id: file.name })
        if (error) throw error
        const there = kept.get(sha256)
        const media = there ?? { id: file.name }
        kept.set(sha256, media)
        return { media, known: there !== undefined }
      } finally {
        seen.now -= 1
      }
    },
    fault: (error) => (error === 'line' || error === 'lost answer' ? 'line' : error === 'try' ? 'try' : 'file'),
    async pause(ms) {
      seen.pauses.push(ms)
      await turn()
    },
  }
  return { tools, kept, seen }
}

const files = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => new File([`content ${from + at}`], `${from + at}.png`))
const over = (queue: { lines(): readonly Parameters<typeof isOver>[0][] }) =>
  expect.poll(() => queue.lines().every(isOver), { timeout: 10_000, interval: 2 }).toBe(true)
const statesOf = (queue: { lines(): readonly { state: string }[] }) =>
  Object.fromEntries([...Map.groupBy(queue.lines(), ({ state }) => state)].map(([state, all]) => [state, all.length]))

describe('a drop of many files', () => {
  test('goes a few at a time, asks for contents together, and tells how far it is', async () => {
    const { tools, kept, seen } = aLibrary()
    const queue = createDropQueue(tools)
    const shares: number[] = []
    queue.subscribe(() => shares.push(summaryOf(queue.lines()).share))
    queue.add(files(60), null)
    await over(queue)
    expect([statesOf(queue), kept.size, seen.sent]).toEqual([{ arrived: 60 }, 60, 60])
    expect([seen.most, seen.asked]).toEqual([3, 3])
    expect(shares.at(-1)).toBe(1)
    expect(summaryOf(queue.lines())).toMatchObject({ total: 60, arrived: 60, left: 0, failed: 0 })
  })

  test('sends nothing that is there, and one content once', async () => {
    const { tools, kept, seen } = aLibrary()
    for (const at of [0, 1, 2]) kept.set(`hash of content ${at}`, { id: `old ${at}` })
    const queue = createDropQueue(tools)
    queue.add([...files(5), ...files(5)], null)
    await over(queue)
    expect([statesOf(queue), seen.sent, kept.size]).toEqual([{ known: 8, arrived: 2 }, 2, 5])
    expect(queue.lines()[0]?.media).toEqual({ id: 'old 0' })
  })

  test('waits as a whole while the line is away, longer each time, and loses nothing', async () => {
    const away = { until: 0 }
    const { tools, kept, seen } = aLibrary(() => (seen.pauses.length < away.until ? 'line' : null))
    away.until = 4
    const queue = createDropQueue(tools)
    const waited: boolean[] = []
    queue.subscribe(() => waited.push(summaryOf(queue.lines()).waits))
    queue.add(files(30), null)
    await over(queue)
    expect([statesOf(queue), kept.size]).toEqual([{ arrived: 30 }, 30])
    expect(seen.pauses).toEqual([1000, 2000, 4000, 8000])
    expect(waited).toContain(true)
    // Three at a time, four times in vain: the others were not tried while nothing could come through.
    expect(seen.sent).toBeLessThanOrEqual(30 + 3 * 4)
  })

  test.each(['line', 'try'])('gives up a file that fails each time (%s) while others come', async (error) => {
    const { tools, kept } = aLibrary((name) => (name === '1.png' ? error : null))
    const queue = createDropQueue(tools)
    queue.add(files(12), null)
    await over(queue)
    expect([statesOf(queue), kept.size]).toEqual([{ failed: 1, arrived: 11 }, 11])
    expect(queue.lines().find(({ state }) => state === 'failed')).toMatchObject({ name: '1.png', error })
  })

  test('does not send again what arrived while its answer was lost', async () => {
    const { tools, kept, seen } = aLibrary((_, time) => (time === 1 ? 'lost answer' : null))
    const queue = createDropQueue(tools)
    queue.add(files(7), null)
    await over(queue)
    expect([statesOf(queue), kept.size, seen.sent]).toEqual([{ known: 7 }, 7, 7])
  })

  test('keeps what was refused on the list until it is tried again or forgotten', async () => {
    const { tools, kept } = aLibrary((name, time) =>
      Number.parseInt(name, 10) % 2 === 0 && time === 1 ? 'refused' : null,
    )
    const queue = createDropQueue(tools)
    queue.add(files(6), null)
    await over(queue)
    expect(statesOf(queue)).toEqual({ failed: 3, arrived: 3 })
    const [first] = queue.lines().filter(({ state }) => state === 'failed')
    expect(first?.error).toBe('refused')
    queue.drop(first?.key)
    queue.clear()
    expect(statesOf(queue)).toEqual({ failed: 2 })
    queue.retry()
    await over(queue)
    expect([statesOf(queue), kept.size]).toEqual([{ arrived: 2 }, 5])
  })

  test('a double of what was refused gets its own try', async () => {
    const { tools, kept } = aLibrary((name, time) => (name === '0.png' && time === 1 ? 'refused' : null))
    const queue = createDropQueue(tools)
    queue.add([...files(1), new File(['content 0'], 'double.png')], null)
    await over(queue)
    expect([statesOf(queue), kept.size]).toEqual([{ failed: 1, arrived: 1 }, 1])
  })

  test('stops, and the next drop of the same files goes on', async () => {
    const { tools, kept, seen } = aLibrary()
    const queue = createDropQueue(tools)
    queue.add(files(30), null)
    await expect.poll(() => kept.size, { interval: 1 }).toBeGreaterThan(5)
    queue.drop()
    await expect.poll(() => seen.now, { interval: 1 }).toBe(0)
    const before = kept.size
    queue.add(files(30), null)
    await over(queue)
    expect(kept.size).toBe(30)
    expect(statesOf(queue).arrived).toBeGreaterThanOrEqual(30 - before)
  })

  test('works where the browser hashes nothing', async () => {
    const { tools, kept, seen } = aLibrary()
    const queue = createDropQueue({ ...tools, hash: async () => null })
    queue.add([...files(4), ...files(4)], null)
    await over(queue)
    expect([statesOf(queue), kept.size, seen.sent, seen.asked]).toEqual([{ arrived: 4, known: 4 }, 4, 8, 0])
  })
})
