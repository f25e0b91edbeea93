// Journeys of listening: a source is added, what is said appears as it is said, is searched, narrowed, paused; a source is taken away and back.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JetstreamDouble } from '../../src/connectors/bluesky/double/jetstream.ts'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { addListening, startStream } from './listening.ts'
import { eventually, setStage } from './stage.ts'

const look = async (page: Parameters<typeof picture>[0], name: string) => {
  if (process.env.PICTURES) await picture(page, name)
}

describeJourney('listening', () => {
  const stage = setStage()
  const held: { stream?: JetstreamDouble } = {}
  beforeAll(async () => {
    held.stream = await startStream()
  })
  afterAll(() => held.stream?.stop())

  test('begins with a source, and shows how well it is heard', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen')
    await page.getByText('Begin by listening').waitFor()
    await look(page, 'listen-empty')
    await page.getByRole('link', { name: 'Choose sources' }).click()
    await page.getByRole('button', { name: 'Add a source' }).click()
    const form = page.getByRole('dialog', { name: 'Add a source' })
    await form.getByLabel('Server').fill('not an address')
    await form.getByLabel('Name').fill('Everything in public')
    await form.getByRole('button', { name: 'Listen', exact: true }).click()
    await form.getByText('This is not an address of the web.').waitFor()
    await look(page, 'listen-add-source')
    await form.getByLabel('Server').fill(held.stream!.url)
    await form.getByRole('button', { name: 'Listen', exact: true }).click()
    const sources = page.getByRole('list', { name: 'Sources' })
    await sources.getByText('Everything in public').waitFor()
    await eventually(() => held.stream!.connections()).toBe(1)
    await sources.getByText('Listening', { exact: true }).waitFor()
    await look(page, 'listen-sources')

    await sources.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('Longrun does not listen anywhere yet').waitFor()
    await eventually(() => held.stream!.connections()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await sources.getByText('Everything in public').waitFor()
    await sources.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('Longrun does not listen anywhere yet').waitFor()
    await eventually(() => held.stream!.connections()).toBe(0)
  })

  test('shows what is said as it is said, finds it by words, and narrows it', async () => {
    await addListening(stage.example, held.stream!)
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen')
    const found = page.getByRole('list', { name: 'Mentions' })
    await found.getByText('kept me dry').waitFor()
    await look(page, 'listen-mentions')

    await page.getByRole('switch', { name: 'Live' }).click()
    await eventually(async () => {
      held.stream!.post(`Harbour Outdoor has a queue at the door ${Date.now()}`)
      return page.getByRole('list', { name: 'As it is said' }).getByText('a queue at the door').count()
    }).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Pause' }).click()
    held.stream!.post('Harbour Outdoor sold out of boots')
    // What was said before the pause may come first, and is held back alone.
    const show = page.getByRole('button', { name: /Show \d+ new/ })
    await show.waitFor()
    await eventually(async () => {
      if (await show.count()) await show.click()
      return page.getByText('sold out of boots').count()
    }).toBeGreaterThan(0)
    await look(page, 'listen-live')

    await page.getByLabel('Search in what was said').fill('"wind jacket" -zip')
    await found.getByText('kept me dry').waitFor()
    await eventually(() => found.getByRole('listitem').count()).toBe(2)
    expect(await found.getByText('zip').count()).toBe(0)
    await page.getByLabel('Search in what was said').fill('volcano')
    await page.getByText('Nothing like that was heard').waitFor()
    await look(page, 'listen-none')
    await page.getByRole('button', { name: 'Show everything' }).click()
    await found.getByText('kept me dry').waitFor()
    const languages = page.getByRole('region', { name: 'Language' })
    await languages.getByRole('button', { name: /Spanish/ }).click()
    await eventually(() => found.getByRole('listitem').count()).toBe(1)
    await found.getByText('chaqueta').waitFor()

    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('table', { name: 'Topics' }).getByText('Rain wear').waitFor()
    await page.getByText('24 hours', { exact: true }).click()
    await page.getByRole('figure', { name: 'Mentions by hour' }).waitFor()
    await look(page, 'listen-overview')
  })
})
