// Journey: a thread with a picture, from the first word over a conflict of two tabs and the calendar to the proof.

import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { type ExamplePost, read } from './posts.ts'
import { samplePicture } from './sample-picture.ts'
import { eventually, setStage } from './stage.ts'

const org = '/o/harbour-outdoor'
const zone = 'Europe/Berlin'

/** A month in which any day can be taken: the next but one. */
const month = (): string => {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() + 2, 1)).toISOString().slice(0, 7)
}

const part = (page: Page, index: number, count: number): Locator =>
  page.getByRole('textbox', { name: count === 1 ? 'Text' : `Part ${index} of ${count}`, exact: true })

const saved = (page: Page) => page.locator('.lr-save[data-state="saved"]').waitFor()

const postIdOf = (page: Page): string => new URL(page.url()).searchParams.get('post') ?? ''

describeJourney('from an idea to the proof', () => {
  const accounts: Record<string, Account> = {}
  const stage = setStage({}, async ({ example }) => {
    for (const name of ['harbour', 'mountain']) accounts[name] = await connectPractice(example, name)
  })

  const beginPost = async (page: Page, text: string) => {
    await page.goto(`${org}/compose`)
    const chosen = page.getByRole('group', { name: 'Accounts' })
    for (const name of ['harbour', 'mountain']) {
      const toggle = chosen.getByRole('button', { name: new RegExp(`^${name}|${name} `) })
      if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click()
    }
    await part(page, 1, 1).fill(text)
  }

  test('written with counters, a picture and its description, a thread, and words for one account', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await beginPost(page, 'a'.repeat(310))
    await page.getByText('310 / 300').first().waitFor()
    const tooLong = page.getByText('The text is too long: at most 300, 10 characters too many.').first()
    await tooLong.waitFor()
    expect(await part(page, 1, 1).getAttribute('aria-invalid')).toBe('true')
    const schedule = page.getByRole('button', { name: 'Schedule', exact: true })
    await eventually(() => schedule.isDisabled()).toBe(true)
    await page.getByText(/errors stand against it; see below\.$/).waitFor()

    await part(page, 1, 1).fill('The harbour route opens on Saturday.')
    await tooLong.waitFor({ state: 'hidden' })
    await eventually(() => schedule.isEnabled()).toBe(true)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'hills.png',
        mimeType: 'image/png',
        buffer: await samplePicture(),
      })
    await page.getByText('Describe the picture for people who cannot see it.').first().waitFor()
    await page.getByLabel('Describe the picture').fill('A path between green hills')
    await page.getByText('Describe the picture for people who cannot see it.').first().waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Add a part to the thread' }).click()
    await part(page, 2, 2).fill('It is twelve kilometres long, and easy.')

    await page.getByRole('tab', { name: /mountain/ }).click()
    await page.getByText('Follows the words of all accounts.').waitFor()
    await part(page, 1, 2).fill('For those who miss the sea: the harbour route opens on Saturday.')
    await page.getByText('Has own words.').waitFor()
    await saved(page)

    await page.reload()
    await eventually(() => part(page, 1, 2).inputValue()).toBe('The harbour route opens on Saturday.')
    expect(await part(page, 2, 2).inputValue()).toBe('It is twelve kilometres long, and easy.')
    expect(await page.getByLabel('Describe the picture').inputValue()).toBe('A path between green hills')
    await page.getByRole('tab', { name: /mountain/ }).click()
    await eventually(() => part(page, 1, 2).inputValue()).toMatch(/^For those who miss the sea/)
  })

  test('saved in two tabs: the later one is told, and nothing is lost whichever stays', async () => {
    const { page, context } = await stage.visitAs(exampleOwner)
    await beginPost(page, 'Begun here.')
    await saved(page)
    await eventually(() => postIdOf(page)).not.toBe('')
    const other = await context.newPage()
    await other.goto(page.url())
    await part(other, 1, 1).fill('Changed there.')
    await saved(other)
    await eventually(async () => (await read(stage.example, postIdOf(page))).content.segments[0]?.text).toBe(
      'Changed there.',
    )

    await part(page, 1, 1).fill('Changed here.')
    const conflict = page.getByRole('alert', { name: 'Saved elsewhere' })
    await conflict.getByText('Owner saved this post in another tab or on another device').waitFor()
    expect(await conflict.textContent()).toContain('Changed there.')
    expect(await conflict.textContent()).toContain('Changed here.')
    await conflict.getByRole('button', { name: 'Keep mine' }).click()
    await conflict.waitFor({ state: 'hidden' })
    await eventually(async () => (await read(stage.example, postIdOf(page))).content.segments[0]?.text).toBe(
      'Changed here.',
    )
    await part(other, 1, 1).fill('Changed there again.')
    await other.getByRole('button', { name: 'Take theirs' }).click()
    await eventually(() => part(other, 1, 1).inputValue()).toBe('Changed here.')
  })

  test('scheduled at a wall time, dragged to another day, sent now, and proven', async () => {
    const { network } = stage.example
    const { page } = await stage.visitAs(exampleOwner)
    await beginPost(page, 'The boathouse is open again.')
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'boathouse.png',
        mimeType: 'image/png',
        buffer: await samplePicture(200),
      })
    await page.getByLabel('Describe the picture').fill('The boathouse in the evening')
    await page.getByRole('button', { name: 'Add a part to the thread' }).click()
    await part(page, 2, 2).fill('Come by on Sunday.')
    await page.getByLabel('Date and time').fill(`${month()}-10T09:30`)
    await page.getByRole('button', { name: 'Schedule', exact: true }).click()
    await page.waitForURL('**/posts/*')
    await page
      .getByText(/^Waiting for .*09:30/)
      .first()
      .waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(await read(stage.example, id)).toMatchObject({
      state: 'scheduled',
      dueWall: expect.stringContaining(`${month()}-10T09:30`),
      dueZone: zone,
    })

    await page.goto(`${org}/calendar?date=${month()}-10`)
    const day = (number: number) => page.getByRole('region', { name: new RegExp(`^\\S+,? ${number} `) })
    const entry = page.locator('.ca-post', { hasText: 'The boathouse is open again.' })
    await day(10).locator(entry).waitFor()
    await entry.dragTo(day(17))
    await day(17).locator(entry).waitFor()
    await page.getByText(/^Moved to /).waitFor()
    await eventually(async () => (await read(stage.example, id)).dueWall).toContain(`${month()}-17T09:30`)

    await entry.getByRole('link').click()
    await page.getByRole('button', { name: 'Send now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send now' }).click()
    await page.getByText('It is on its way').waitFor()
    await page
      .getByText(/^Published at /)
      .first()
      .waitFor()
    await expectProof(page, await read(stage.example, id))
    const there = network.posts().filter(({ text }) => text === 'The boathouse is open again.')
    expect(there.map(({ author, images }) => [author, images.map(({ alt }) => alt)]).toSorted()).toEqual([
      ['harbour', ['The boathouse in the evening']],
      ['mountain', ['The boathouse in the evening']],
    ])
    expect(network.posts().filter(({ replyTo }) => there.some((root) => root.id === replyTo))).toHaveLength(2)
  })
})

/** The way in words, the link that leads to the post itself, and when its numbers are read. */
async function expectProof(page: Page, post: ExamplePost): Promise<void> {
  await page.getByText('Practice network has part 1 of 2').first().waitFor()
  await page.getByText('Practice network has part 2 of 2').first().waitFor()
  await page.getByText('Owner scheduled it').first().waitFor()
  await page.getByRole('heading', { name: 'Numbers' }).waitFor()
  await page
    .getByText(/The next reading is/)
    .first()
    .waitFor()
  const link = page.getByRole('link', { name: 'Open it' }).first()
  expect(post.variants.map(({ remoteUrl }) => remoteUrl)).toContain(await link.getAttribute('href'))
  const opened = page.waitForEvent('popup')
  await link.click()
  await (await opened).getByText('The boathouse is open again.').waitFor()
}
