// How long a person takes for a journey, by the keystroke-level model (Card, Moran and Newell 1980) with a slow typist, and time to look at each new page.

import type { Locator, Page } from 'playwright-core'

/** Seconds of one act. The first five are those of the model; the last is ours: the model does not tell how long people read. */
export const operators = {
  /** A key, of somebody who types 40 words a minute. */
  key: 0.28,
  /** To point at something with the mouse. */
  point: 1.1,
  /** To press and let go. */
  press: 0.2,
  /** To take the hand from the mouse to the keys, or back. */
  home: 0.4,
  /** To think what comes next. */
  think: 1.35,
  /** To look over a page or a dialogue that was not there before. */
  look: 6,
} as const

export interface Hand {
  click(target: Locator): Promise<void>
  /** Points at a field, types, and takes the hand back to the mouse; what stood in it is replaced. */
  type(target: Locator, text: string): Promise<void>
  /** Looks over something new, once it is there. */
  look(sight: Locator): Promise<void>
  /** How long it took by the model, and how long the machine let the person wait. */
  seconds(): { person: number; machine: number }
  says(): string
}

export function handOn(page: Page): Hand {
  const count = { clicks: 0, fields: 0, keys: 0, looks: 0 }
  let machine = 0
  const timed = async (work: Promise<unknown>) => {
    const begun = performance.now()
    await work
    machine += (performance.now() - begun) / 1000
  }
  const person = () => {
    const { key, point, press, home, think, look } = operators
    const reach = think + point + press
    return count.clicks * reach + count.fields * (reach + 2 * home) + count.keys * key + count.looks * look
  }
  return {
    async click(target) {
      count.clicks++
      await timed(target.click())
    },
    async type(target, text) {
      count.fields++
      count.keys += text.length
      await timed(target.fill(text))
    },
    async look(sight) {
      count.looks++
      await timed(sight.first().waitFor())
      await timed(page.waitForLoadState())
    },
    seconds: () => ({ person: person(), machine }),
    says: () =>
      `${count.clicks} clicks, ${count.fields} fields with ${count.keys} characters, ${count.looks} looks: ${Math.round(person())} s of a person, ${machine.toFixed(1)} s of the machine`,
  }
}
