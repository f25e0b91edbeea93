// A list that grows, is edited and loses things while it is read, told against what really stands in it.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from './contract.ts'
import type { InboxEvent } from './converse.ts'
import { type KnownList, readKnown } from './known-list.ts'
import { newTelling, said } from './said.ts'

interface Thing {
  id: string
  at: number
  words: number
}

const start = Date.UTC(2026, 5, 1)
const minute = 60_000

/** A network with pages of three, of which the newest four are followed. */
class Network {
  things: Thing[] = []
  now = start
  private count = 0

  /** `late` minutes ago: networks learn of things after they were said. */
  say(late: number): void {
    this.things.push({ id: `t${++this.count}`, at: this.now - late * minute, words: 0 })
  }

  list(): KnownList {
    const pageLength = 3
    const sorted = () => this.things.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    return {
      ...{ pageLength, pagesAtOnce: 2, pagesFollowed: 2, followed: 6 },
      page: async (at) => {
        const begin = Number(at ?? 0)
        const items = sorted().slice(begin, begin + pageLength)
        return { items, next: begin + pageLength < this.things.length ? begin + pageLength : null }
      },
      read(value) {
        const { id, at, words } = value as Thing
        const facts = {
          id,
          at: new Date(at),
          text: String(words),
          isOurs: false,
          thread: 't',
          kind: 'comment',
        } as const
        return { id, at, print: `p${words}`, said: said({ ...facts, ref: { id, url: '' } }) }
      },
      lookUp: async (id) => (this.things.some((one) => one.id === id) ? 'there' : null),
    }
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('say' as const), late: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), which: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), which: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'pull' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'wait' as const }) },
)

class Reader {
  cursor: Json = null
  events: InboxEvent[] = []

  async pull(network: Network): Promise<boolean> {
    const into = newTelling()
    const read = await readKnown(network.list(), this.cursor, { now: new Date(network.now), into })
    this.cursor = JSON.parse(JSON.stringify(read.cursor)) as Json
    this.events.push(...into.events)
    return read.more
  }

  async drain(network: Network): Promise<void> {
    for (let pulls = 0; await this.pull(network); pulls++) expect(pulls).toBeLessThan(200)
  }
}

test('whatever happens to a list, each thing is told once, and what stands there in the end is known', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
      const network = new Network()
      const reader = new Reader()
      const newest = () => network.things.toSorted((a, b) => b.at - a.at)
      // Things that were removed while nobody had read to the end of a long list may never have been told.
      const removedUnread = new Set<string>()
      for (const one of steps) {
        network.now += 1000
        if (one.do === 'say') network.say(one.late)
        if (one.do === 'wait') network.now += 3 * minute
        if (one.do === 'pull') await reader.drain(network)
        const target = one.do === 'edit' || one.do === 'remove' ? newest()[one.which] : undefined
        if (target && one.do === 'edit') target.words++
        if (target && one.do === 'remove') {
          const told = reader.events.some((event) => event.type === 'said' && event.said.id === target.id)
          if (!told) removedUnread.add(target.id)
          network.things = network.things.filter(({ id }) => id !== target.id)
          // Somebody reads before anything else happens, as a list is read far oftener than it is tidied.
          await reader.drain(network)
        }
      }
      await reader.drain(network)
      const told = reader.events.flatMap((event) => (event.type === 'said' ? [event.said.id] : []))
      expect(new Set(told).size).toBe(told.length)
      expect(network.things.map(({ id }) => id).filter((id) => !told.includes(id))).toEqual([])
      const removed = reader.events.flatMap((event) => (event.type === 'removed' ? [event.id] : []))
      expect(removed.filter((id) => network.things.some((thing) => thing.id === id))).toEqual([])
      // Of the newest, the words are those that stand there now.
      for (const { id, words } of newest().slice(0, 6)) {
        const last = reader.events.findLast((event) => 'said' in event && event.said.id === id)
        expect(last && 'said' in last ? last.said.text : null).toBe(String(words))
      }
    }),
    { numRuns: 300 },
  )
})

test('a backlog of any length comes in bounded pieces, and what is said meanwhile as well', async () => {
  const network = new Network()
  for (let count = 0; count < 500; count++) {
    network.now += 1000
    network.say(0)
  }
  const reader = new Reader()
  let pulls = 0
  while (await reader.pull(network)) {
    pulls++
    network.now += 1000
    network.say(0)
  }
  await reader.drain(network)
  const told = reader.events.flatMap((event) => (event.type === 'said' ? [event.said.id] : []))
  expect([told.length, new Set(told).size]).toEqual([network.things.length, network.things.length])
  expect(pulls).toBeGreaterThan(50)
})
