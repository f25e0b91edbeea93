// Where a code leads: from memory where it was asked before, with the click counted before the answer.

import { batched } from '../../lib/batch.ts'
import type { Services } from '../../services.ts'
import { type CounterOptions, startCounter } from './click-counter.ts'
import { readCode } from './codes.ts'
import { type Destination, destinationsOf } from './store-clicks.ts'

export type Followed =
  | { kind: 'found'; location: string }
  | { kind: 'not-found' }
  /** The database is away, and this code was not asked since this process began. */
  | { kind: 'cannot-tell' }

export interface Redirects {
  /** Tells where it leads when its click is counted. What is told must not throw. */
  follow(code: string, bot: boolean, told: (followed: Followed) => void): void
  stop(): Promise<void>
}

interface Known extends Destination {
  /** The target as it travels in a header: ASCII alone. */
  location: string
}

const notFound: Followed = { kind: 'not-found' }

/**
 * A target never changes, so what is kept can only be wrong by a removal, and that is told with every batch of
 * clicks. Only while the database is away a removed link may still lead on.
 */
export function startRedirects(
  services: Pick<Services, 'db' | 'clock' | 'log'>,
  options: CounterOptions & { largest?: number } = {},
): Redirects {
  const known = keeping<Known>(options.largest ?? 20_000)
  /** Grows when links were removed: what was asked for before may be one of them. */
  let generation = 0
  const removed = () => {
    generation++
    known.clear()
  }
  const counter = startCounter(services, { ...options, removed })
  const lookUp = batched(async (codes: string[]) => {
    const found = await destinationsOf(services.db, codes)
    return codes.map((code) => found.get(code) ?? null)
  })

  function follow(text: string, bot: boolean, told: (followed: Followed) => void): void {
    // Most come as it is written; only another way to write it has to be read.
    const code = known.has(text) ? text : readCode(text)
    const kept = code && known.get(code)
    if (!code) told(notFound)
    else if (kept) count(code, kept, bot, told)
    else
      void ask(code).then((found) => {
        if (found) count(code, found, bot, told)
        else told(found === null ? notFound : { kind: 'cannot-tell' })
      })
  }

  function count(code: string, link: Known, bot: boolean, told: (followed: Followed) => void): void {
    counter.click(link, bot, (outcome) => {
      if (outcome !== 'gone') return told({ kind: 'found', location: link.location })
      known.forget(code)
      told(notFound)
    })
  }

  /** undefined: nobody can tell now. */
  async function ask(code: string): Promise<Known | null | undefined> {
    try {
      const asked = generation
      const found = await lookUp(code)
      if (!found) return null
      if (asked !== generation) return await ask(code)
      const fresh = { ...found, location: new URL(found.target).href }
      known.keep(code, fresh)
      return fresh
    } catch (error) {
      services.log.warn('A short link could not be looked up', { error })
      return undefined
    }
  }

  return { follow, stop: () => counter.stop() }
}

/** The latest so many, by when they were last asked for. */
function keeping<Value>(largest: number) {
  const values = new Map<string, Value>()
  return {
    has: (key: string): boolean => values.has(key),
    get(key: string): Value | undefined {
      const value = values.get(key)
      // Only a full memory has to know which were asked for lately.
      if (value !== undefined && values.size >= largest) {
        values.delete(key)
        values.set(key, value)
      }
      return value
    },
    keep(key: string, value: Value): void {
      if (values.size >= largest) values.delete(values.keys().next().value!)
      values.set(key, value)
    },
    forget: (key: string): void => void values.delete(key),
    clear: (): void => values.clear(),
  }
}
