// Journeys of topics: a new person sets up brand, competitor and product and sees matches; noise is marked and left out; a query goes wrong.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JetstreamDouble } from '../../src/connectors/bluesky/double/jetstream.ts'
import { accessibilityFaults, picture, screens, sidewaysScroll } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { startStream } from './listening.ts'
import { eventually, setStage } from './stage.ts'

const look = async (page: Parameters<typeof picture>[0], name: string) => {
  if (process.env.PICTURES) await picture(page, name)
}

const said = [
  'My Harbour Outdoor tent survived the storm, what a night',
  'harbour outdoor’s new shop is lovely',
  'Thinking of the Gale jacket by Harbour Outdoor or one from Peak & Pine',
  'Peak & Pine sells the same fleece for half of it',
  'A gale is coming, stay inside',
  ...['Oslo', 'Bergen', 'Leeds', 'York', 'Cork'].map((town) => `Harbour Outdoor is hiring in ${town}: apply now #jobs`),
]

describeJourney('topics', () => {
  const stage = setStage()
  const held: { stream?: JetstreamDouble } = {}
  beforeAll(async () => {
    held.stream = await startStream()
  })
  afterAll(() => held.stream?.stop())

  const speak = async () => {
    const { call, org } = stage.example
    await call('POST', `/orgs/${org.id}/listening/sources`, {
      name: 'Everything in public',
      connector: 'bluesky',
      kind: 'jetstream',
      values: { server: held.stream!.url, protocol: 'auto', reposts: 'yes' },
    })
    await eventually(() => held.stream!.connections()).toBe(1)
    for (const [index, text] of said.entries()) held.stream!.post(text, { did: `did:plc:person${index}` })
    const sampled = async () =>
      (await call<{ sampled: number }>('POST', `/orgs/${org.id}/topics/try`, { query: 'harbour', days: 1 })).sampled
    await eventually(sampled).toBe(said.length)
  }

  test('a new person sets up brand, competitor and product, and sees what they would bring', async () => {
    await speak()
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen/topics')
    await page.getByText('Nothing is listened for yet').waitFor()
    await look(page, 'topics-empty')

    await page.getByRole('link', { name: 'Your brand' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Harbour Outdoor')
    await page.getByLabel('Web address').fill('https://www.harbour.example/')
    await page.getByLabel('Name on networks').fill('harbour')
    const query = page.getByRole('textbox', { name: 'Query' })
    await eventually(() => query.inputValue()).toBe('"Harbour Outdoor" OR link:harbour.example OR @harbour')
    await page.getByRole('button', { name: '+ HarbourOutdoor' }).click()
    await eventually(() => query.inputValue()).toContain('HarbourOutdoor')
    const matches = page.getByRole('list', { name: 'Matches' })
    await matches.getByText('survived the storm').waitFor()
    expect(await matches.locator('mark').first().textContent()).toMatch(/^Harbour Outdoor$/i)
    await look(page, 'topic-new')

    // What is not meant is marked, and the words that tell it apart are offered.
    for (const town of ['Oslo', 'Bergen', 'Leeds', 'York'])
      await matches
        .getByRole('listitem')
        .filter({ hasText: town })
        .getByRole('button', { name: 'This is noise' })
        .click()
    await page
      .getByRole('button', { name: /^NOT .*hiring/ })
      .first()
      .click()
    await eventually(() => query.inputValue()).toContain('hiring')
    await eventually(() => matches.getByText('hiring').count()).toBe(0)
    await look(page, 'topic-noise')
    await page.getByRole('button', { name: 'Listen for it' }).click()
    const topics = page.getByRole('list', { name: 'Topics' })
    await topics.getByText('Harbour Outdoor', { exact: true }).waitFor()

    await page.getByRole('link', { name: 'Competitor' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Peak & Pine')
    await matches.getByText('same fleece').waitFor()
    await page.getByRole('button', { name: 'Listen for it' }).click()
    await topics.getByText('Peak & Pine', { exact: true }).waitFor()

    await page.getByRole('link', { name: 'Product', exact: true }).click()
    await page.getByLabel('Name', { exact: true }).fill('Gale')
    await page.getByLabel('Brand').fill('Harbour Outdoor')
    await matches.getByText('Gale jacket').waitFor()
    await eventually(() => matches.getByText('stay inside').count()).toBe(0)
    await page.getByRole('button', { name: 'Listen for it' }).click()
    await topics.getByText('Gale', { exact: true }).waitFor()
    expect(await topics.getByRole('listitem').count()).toBe(3)

    // A topic is listened for everywhere within a second or two; what was said before that is not heard under it.
    await eventually(async () => {
      held.stream!.post('The Gale from Harbour Outdoor is the best jacket of the year')
      await page.reload()
      await topics.waitFor()
      return topics.getByText(/^[1-9]\d* mentions? in seven days/).count()
    }).toBe(2)
    await look(page, 'topics')
    for (const screen of [screens.phone, screens.dark] as const) {
      const other = await stage.visitAs(exampleOwner, screen)
      await other.page.goto('/o/harbour-outdoor/listen/topics')
      await other.page.getByRole('list', { name: 'Topics' }).waitFor()
      const name = screen === screens.phone ? 'phone' : 'dark'
      await look(other.page, `topics-${name}`)
      expect(await sidewaysScroll(other.page)).toBe(0)
      await other.page.getByRole('link', { name: 'Harbour Outdoor', exact: true }).click()
      await other.page.getByRole('list', { name: 'Matches' }).waitFor()
      expect(await sidewaysScroll(other.page)).toBe(0)
      expect(await accessibilityFaults(other.page)).toEqual([])
      await look(other.page, `topic-${name}`)
    }
  })

  test('a query that cannot be read says where and why, and a change is a version', async () => {
    const { call, org } = stage.example
    await call('POST', `/orgs/${org.id}/topics`, { name: 'Rain wear', kind: 'industry', query: 'jacket AND rain' })
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen/topics')
    await page.getByRole('link', { name: 'Rain wear', exact: true }).click()
    const query = page.getByRole('textbox', { name: 'Query' })
    await query.fill('gale autor:ann')
    await page.getByText('“autor:” is not known. Perhaps author:?').waitFor()
    await look(page, 'topic-error')
    await page.getByRole('button', { name: 'Write author:' }).click()
    await eventually(() => query.inputValue()).toBe('gale author:ann')
    await query.fill('(gale AND harbour) OR ("gale jacket" NOT storm)')
    await page.getByText('This query says more than the form can show.').waitFor()
    await page.getByLabel('Why').fill('The jacket is called so by itself')
    await page.getByRole('button', { name: 'Save' }).click()
    const versions = page.getByRole('list', { name: 'Versions' })
    await versions.getByText('Version 2').waitFor()
    await versions.getByText('The jacket is called so by itself').waitFor()
    await look(page, 'topic-versions')
    await page.goto('/o/harbour-outdoor/listen/topics')
    const row = page.getByRole('list', { name: 'Topics' }).getByRole('listitem').filter({ hasText: 'Rain wear' })
    await row.getByRole('button', { name: 'Remove' }).click()
    await eventually(() => row.count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.waitFor()
  })
})
