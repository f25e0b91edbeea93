// What the journeys of one file share: a running Longrun with its practice network, one browser, and people who are signed in.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchBrowser, picture, type Screen, screens, type Visit, visit } from './browser.ts'
import { ensureBuilt } from './ensure-built.ts'
import { type Example, type ExampleOptions, startExample } from './example.ts'

export interface Credentials {
  email: string
  password: string
}

export interface Stage {
  readonly example: Example
  readonly browser: Browser
  /** Somebody whom the browser does not know. Ends with the test; what the page complained of fails the test. */
  visit(screen?: Screen): Promise<Visit>
  /** Somebody who has signed in before. */
  visitAs(person: Credentials, screen?: Screen): Promise<Visit>
}

/** Registers the start and the end of the stage with the file's tests. `begin` runs once, when Longrun is up. */
export function setStage(
  options: ExampleOptions | (() => Promise<ExampleOptions>) = {},
  begin: (stage: Stage) => Promise<void> = async () => {},
): Stage {
  const held: { example?: Example; browser?: Browser; visits: Visit[] } = { visits: [] }
  const cookies = new Map<string, Awaited<ReturnType<Visit['context']['cookies']>>>()
  const stage: Stage = {
    get example() {
      if (!held.example) throw new Error('the stage is not set yet')
      return held.example
    },
    get browser() {
      if (!held.browser) throw new Error('the stage is not set yet')
      return held.browser
    },
    async visit(screen = screens.wide) {
      const visitor = await visit(stage.browser, stage.example.address, screen)
      held.visits.push(visitor)
      return visitor
    },
    async visitAs(person, screen) {
      const visitor = await stage.visit(screen)
      const known = cookies.get(person.email)
      if (known) await visitor.context.addCookies(known)
      else await signInByRequest(visitor, stage.example.address, person)
      cookies.set(person.email, await visitor.context.cookies())
      return visitor
    },
  }
  beforeAll(async () => {
    await ensureBuilt()
    const given = typeof options === 'function' ? await options() : options
    const [example, browser] = await Promise.all([startExample(given), launchBrowser()])
    Object.assign(held, { example, browser })
    await begin(stage)
  })
  afterAll(async () => {
    await held.browser?.close()
    await held.example?.stop()
  })
  afterEach(async ({ task }) => {
    const visits = held.visits.splice(0)
    if (task.result?.state === 'fail') {
      for (const [index, { page }] of visits.entries())
        await picture(page, `${task.name.slice(0, 80)} ${index + 1}`, 'test-results/failed').catch(() => {})
    }
    for (const { context } of visits) await context.close()
    expect(visits.flatMap(({ complaints }) => complaints)).toEqual([])
  })
  return stage
}

async function signInByRequest({ context }: Visit, address: string, { email, password }: Credentials): Promise<void> {
  const answer = await context.request.post('/api/auth/sign-in/email', {
    headers: { origin: address },
    data: { email, password },
  })
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`)
}
