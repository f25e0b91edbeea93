// Every page in every look: nothing against accessibility, nothing wider than the screen, no complaint, one heading; a picture of each.

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import type { Visit } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { type FullExample, fillExample } from './full-example.ts'
import { judgePage, looks } from './judge-page.ts'
import { setStage } from './stage.ts'

/** Route in src/shell/routes.ts → address with the facts of the example. */
type Places = Record<string, (full: FullExample) => string>

const outside: Places = {
  '/sign-in': () => '/sign-in',
  '/forgotten-password': () => '/forgotten-password',
  '/reset-password': () => '/reset-password?token=unknown',
  '/join/$secret': ({ invitation }) => `/join/${invitation}`,
  '/connect/refused': () => '/connect/refused?code=network-refused&param-code=access-denied',
}

const inside: Places = {
  today: () => 'today',
  activity: () => 'activity',
  calendar: () => 'calendar',
  'calendar, week': () => 'calendar?view=week',
  'calendar, list': () => 'calendar?view=list',
  posts: () => 'posts',
  compose: () => 'compose',
  'compose, thread': ({ posts }) => `compose?post=${posts.draft.id}`,
  'posts/$postId': ({ posts }) => `posts/${posts.published.id}`,
  'posts/$postId, in doubt': ({ posts }) => `posts/${posts.doubtful.id}`,
  'posts/$postId, rejected': ({ posts }) => `posts/${posts.rejected.id}`,
  feeds: () => 'feeds',
  accounts: () => 'accounts',
  'accounts/connect': () => 'accounts/connect',
  'accounts/connect, form': () => 'accounts/connect?network=fake',
  'accounts/$accountId': ({ accounts }) => `accounts/${accounts.harbour.id}`,
  'accounts/$accountId, lost': ({ accounts }) => `accounts/${accounts.club.id}`,
  profile: () => 'settings/profile',
  organisation: () => 'settings/organisation',
  departments: () => 'settings/departments',
  members: () => 'settings/members',
  tokens: () => 'settings/tokens',
  webhooks: () => 'settings/webhooks',
  'webhooks/$webhookId': ({ webhook }) => `settings/webhooks/${webhook.id}`,
  api: () => 'settings/api',
}

const main = ['today', 'calendar', 'posts', 'compose', 'feeds', 'accounts', 'activity', 'members', 'webhooks', 'tokens']
describeJourney('every page', () => {
  const held: { full?: FullExample } = {}
  const stage = setStage({}, async (set) => {
    held.full = await fillExample(set)
    await set.example.call('POST', '/orgs', { name: 'A new organisation', timeZone: 'Europe/Berlin' })
  })
  afterAll(() => held.full?.stop())

  test('is in the list below', () => {
    const routes = readFileSync('src/shell/routes.ts', 'utf8')
    const paths = [...routes.matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '')
    const others = new Set(['/', '/o/$slug', 'settings', '/organisations/new', 'posts/new', 'posts/$postId/edit'])
    // The welcome is judged where it can be seen: at the first start.
    others.add('/welcome')
    const listed = new Set([...Object.keys(outside), ...Object.keys(inside)])
    expect(paths.filter((path) => !others.has(path) && !listed.has(path))).toEqual([])
  })

  for (const look of looks) {
    const { width, screen, dark } = look
    test(`with full life, ${width} and ${dark}`, async () => {
      const visitor = await stage.visitAs(exampleOwner, screen)
      const found: string[] = []
      for (const [name, place] of Object.entries(inside)) {
        await visitor.page.goto(`/o/harbour-outdoor/${place(held.full!)}`)
        found.push(...(await judgePage(visitor.page, name, look)))
      }
      expect(found).toEqual([])
    })

    test(`before and outside an organisation, ${width} and ${dark}`, async () => {
      const [stranger, owner] = [await stage.visit(screen), await stage.visitAs(exampleOwner, screen)]
      const found: string[] = []
      for (const [name, place] of Object.entries(outside)) {
        await stranger.page.goto(place(held.full!))
        found.push(...(await judgePage(stranger.page, `outside ${name}`, look)))
      }
      for (const address of ['/organisations/new', '/o/harbour-outdoor/no-such-page', '/o/nobody/today']) {
        await owner.page.goto(address)
        found.push(...(await judgePage(owner.page, `outside ${address}`, look)))
      }
      expect(found).toEqual([])
    })

    test(`empty, ${width} and ${dark}`, async () => {
      const visitor = await stage.visitAs(exampleOwner, screen)
      const found: string[] = []
      for (const name of main) {
        await visitor.page.goto(`/o/a-new-organisation/${inside[name]!(held.full!)}`)
        found.push(...(await judgePage(visitor.page, `empty ${name}`, look)))
      }
      expect(found).toEqual([])
    })

    test(`with an error of the server, ${width} and ${dark}`, async () => {
      const visitor = await stage.visitAs(exampleOwner, screen)
      await visitor.context.route('**/api/v1/orgs/**', (route) =>
        route.fulfill({ status: 500, json: { code: 'INTERNAL_SERVER_ERROR', message: 'broken for the test' } }),
      )
      // The app asks three times before it gives up: the pages wait for that beside each other.
      const pages = await Promise.all(main.map((name) => openBroken(visitor, inside[name]!(held.full!))))
      const found: string[] = []
      for (const [index, page] of pages.entries()) {
        await page.bringToFront()
        found.push(...(await judgePage(page, `error ${main[index]}`, look)))
      }
      // That answers were 500 is what this test wants; anything else is a complaint.
      const others = visitor.complaints.filter((complaint) => !complaint.includes('status of 500'))
      visitor.complaints.splice(0, visitor.complaints.length, ...others)
      expect(found).toEqual([])
    })
  }
})

async function openBroken({ context }: Visit, place: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`/o/harbour-outdoor/${place}`)
  await page.getByText('Something went wrong at the server.').first().waitFor()
  return page
}
