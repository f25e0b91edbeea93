// What the journeys of one file share: a running Longrun with its practice network, one browser, and people who are signed in.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type TestDatabase, testDatabase } from '../world/database.ts'
import { launchBrowser, picture, type Screen, screens, type Visit, visit } from './browser.ts'
import { ensureBuilt } from './ensure-built.ts'
import { addressOf, type Example, type ExampleOptions, startExample } from './example.ts'

export interface Credentials {
  email: string
  password: string
}

export interface Stage {
  readonly example: Example
  readonly browser: Browser
  /** For what a journey cannot wait for, such as numbers a month old. */
  readonly database: TestDatabase
  /** Somebody whom the browser does not know. Ends with the test; what the page complained of fails the test. */
  visit(screen?: Screen): Promise<Visit>
  /** Somebody who has signed in before. */
  visitAs(person: Credentials, screen?: Screen): Promise<Visit>
}

/** Like `expect`, for what comes true soon. */
export const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 20_000 })

/** Registers the start and the end of the stage with the file's tests. `begin` runs once, when Longrun is up. */
export function setStage(
  options: ExampleOptions | (() => Promise<ExampleOptions>) = {},
  begin: (stage: Stage) => Promise<void> = async () => {},
): Stage {
  const held: { example?: Example; browser?: Browser; database?: TestDatabase; visits: Visit[] } = { visits: [] }
  const cookies = new Map<string, Awaited<ReturnType<Visit['context']['cookies']>>>()
  const stage: Stage = {
    get example() {
      return set(held.example)
    },
    get browser() {
      return set(held.browser)
    },
    get database() {
      return set(held.database)
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
    held.database = await testDatabase()
    const env = { DATABASE_URL: addressOf(held.database.connection), ...given.env }
    const [example, browser] = await Promise.all([startExample({ ...given, env }), launchBrowser()])
    Object.assign(held, { example, browser })
    await begin(stage)
  })
  afterAll(async () => {
    await held.browser?.close()
    await held.example?.stop()
    await held.database?.close()
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

function set<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('the stage is not set yet')
  return part
}

async function signInByRequest({ context }: Visit, address: string, { email, password }: Credentials): Promise<void> {
  const answer = await context.request.post('/api/auth/sign-in/email', {
    headers: { origin: address },
    data: { email, password },
  })
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`)
}
