// Every page in every look: nothing against accessibility, nothing wider than the screen, no complaint, one heading; a picture of each.

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { type SmtpServer, startSmtp } from '../servers/smtp.ts'
import type { Visit } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { type FullExample, fillExample } from './full-example.ts'
import { goOn, type Judging, judgePage, type Look, looks, takeScreen } from './judge-page.ts'
import { openFile } from './opened-file.ts'
import { elsewhere, inside, main, noPages, outside, ownOnPhones, type Places } from './page-list.ts'
import { setStage } from './stage.ts'

type Stop = [name: string, address: string]

const lost: Stop[] = ['/organisations/new', '/o/harbour-outdoor/no-such-page', '/o/nobody/today'].map((address) => [
  `outside ${address}`,
  address,
])

describeJourney(
  'every page',
  () => {
    const held: { full?: FullExample & { opened: { id: string } }; smtp?: SmtpServer } = {}
    const withMail = async () => {
      held.smtp = await startSmtp()
      return { env: { SMTP_URL: held.smtp.url } }
    }
    const stage = setStage(withMail, async (set) => {
      held.full = { ...(await fillExample(set)), opened: await openFile(set.example) }
      await set.example.call('POST', '/orgs', { name: 'A new organisation', timeZone: 'Europe/Berlin' })
    })
    afterAll(async () => {
      await held.full?.stop()
      await held.smtp?.stop()
    })
    const at = (places: Places, before: string) =>
      Object.entries(places).map(([name, place]): Stop => [name, `${before}${place(held.full!)}`])
    const mainAt = (slug: string) => at(inside, `/o/${slug}/`).filter(([name]) => main.includes(name))

    test('is in the list above', () => {
      const files = [
        'src/shell/routes.ts',
        'src/shell/listening-routes.ts',
        'src/shell/inbox-routes.ts',
        'src/shell/programme-routes.ts',
      ]
      const routes = files.map((file) => readFileSync(file, 'utf8')).join()
      const paths = [...routes.matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? '')
      expect(paths.length).toBeGreaterThan(20)
      expect(
        paths.filter((path) => !(noPages.has(path) || elsewhere.has(path) || path in outside || path in inside)),
      ).toEqual([])
    })

    test('with full life', async () => {
      const visitor = await stage.visitAs(exampleOwner)
      // A phone shows the same parts in the same colours, but for those that it has alone; how wide they are is looked at on each.
      const own = (name: string, { width }: Look) => width === 'wide' || ownOnPhones.includes(name)
      expect(await judgeAll(visitor.page, at(inside, '/o/harbour-outdoor/'), { dark: own, rules: own })).toEqual([])
    })

    test('before and outside an organisation', async () => {
      const [stranger, owner] = [await stage.visit(), await stage.visitAs(exampleOwner)]
      expect(await judgeAll(stranger.page, at(outside, ''))).toEqual([])
      expect(await judgeAll(owner.page, lost)).toEqual([])
    })

    test('empty', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      const places = mainAt('a-new-organisation').map(([name, address]): Stop => [`empty ${name}`, address])
      // What is said of an empty page, and what stands around it, is seen in the dark on the first of them and where life is full.
      const first = (name: string) => name === places[0]?.[0]
      const rules = (name: string, { width }: Look) => width === 'wide' || first(name)
      expect(await judgeAll(page, places, { dark: first, rules })).toEqual([])
    })

    test('with an error of the server', async () => {
      const visitor = await stage.visitAs(exampleOwner)
      await visitor.context.route('**/api/v1/orgs/**', (route) =>
        route.fulfill({ status: 500, json: { code: 'INTERNAL_SERVER_ERROR', message: 'broken for the test' } }),
      )
      const found = await judgeBroken(visitor, mainAt('harbour-outdoor'))
      // Whatever a page asks for again in the background has been answered or given up.
      await visitor.page.goto('about:blank')
      // That answers were 500 is what this test wants; anything else is a complaint.
      const others = visitor.complaints.filter((complaint) => !complaint.includes('status of 500'))
      visitor.complaints.splice(0, visitor.complaints.length, ...others)
      expect(found).toEqual([])
    })

    test('begun on a phone', async () => {
      const phone = looks.find(({ width }) => width === 'phone')!
      const { page } = await stage.visitAs(exampleOwner, phone.screen)
      // Above each page was a wide one before; that a phone which never was wide shows the same is seen where it has parts of its own.
      const own = at(inside, '/o/harbour-outdoor/').filter(([name]) => ownOnPhones.includes(name))
      const found: string[] = []
      for (const [name, address] of own) {
        await goOn(page, address)
        found.push(...(await judgePage(page, `begun ${name}`, phone, { dark: false, rules: false })))
      }
      expect(found).toEqual([])
    })
  },
  900_000,
)

/** Which pages are judged by what in which look; all of them in every way where nothing is said. */
type Judged = Record<keyof Judging, (name: string, look: Look) => boolean>
const always: Judged = { dark: () => true, rules: () => true }

async function judgeAll(page: Page, stops: Stop[], judged = always): Promise<string[]> {
  const found: string[] = []
  for (const [name, address] of stops) {
    await goOn(page, address)
    found.push(...(await judgeLooks(page, name, judged)))
  }
  return found
}

/** Wide, then as on a phone, without loading it again. */
async function judgeLooks(page: Page, name: string, { dark, rules }: Judged): Promise<string[]> {
  const found: string[] = []
  for (const look of looks) {
    await takeScreen(page, look.screen)
    found.push(...(await judgePage(page, name, look, { dark: dark(name, look), rules: rules(name, look) })))
  }
  await takeScreen(page, looks[0].screen)
  return found
}

/** The app asks three times before it gives up: its clock is put forward over the seconds in between. */
async function judgeBroken({ page }: Visit, stops: Stop[]): Promise<string[]> {
  await page.clock.install()
  const hasGivenUp = async () => {
    await page.clock.fastForward(2_500)
    return page.getByText('Something went wrong at the server.').first().isVisible()
  }
  const found: string[] = []
  for (const [index, [name, address]] of stops.entries()) {
    await goOn(page, address)
    await expect.poll(hasGivenUp, { timeout: 30_000 }).toBe(true)
    // They all show the same words in the same place: by all rules one of them is enough.
    const first = () => index === 0
    found.push(...(await judgeLooks(page, `error ${name}`, { dark: first, rules: first })))
  }
  return found
}
