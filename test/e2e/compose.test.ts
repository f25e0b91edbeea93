// Journey: a thread with a picture, from the first word over a conflict of two tabs and the calendar to the proof.

import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, picture, screens } from './browser.ts'
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

  test.each(['wide', 'phone'] as const)(
    'a picture cropped by shape, drag and keys, and otherwise for one account, %s',
    async (screen) => {
      const { page } = await stage.visitAs(exampleOwner, screens[screen])
      await beginPost(page, 'The harbour, closer.')
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'harbour.png', mimeType: 'image/png', buffer: await samplePicture(60) })
      await page.getByLabel('Describe the picture').fill('The harbour')
      const crops = async () => {
        const { content, variants } = await read(stage.example, postIdOf(page))
        return [content, ...variants.map((each) => each.content)].map((words) => words?.segments[0]?.media[0]?.crop)
      }
      const open = async () => {
        await page.getByRole('button', { name: 'Crop picture 1' }).click()
        return page.getByRole('dialog', { name: /^Crop the picture/ })
      }

      const dialog = await open()
      await dialog.getByText('1200 × 800 pixels.').waitFor()
      await dialog.getByRole('button', { name: '1:1', exact: true }).click()
      await dialog.getByText('800 × 800 pixels.').waitFor()
      const frame = dialog.getByRole('group', { name: 'Frame' })
      await frame.press('Control+ArrowLeft')
      await frame.press('Control+ArrowLeft')
      expect(await faultsInBothColours(page, `crop-${screen}`)).toEqual([])
      await dialog.getByRole('button', { name: 'Apply' }).click()
      await page.getByText('800 × 800 of 1200 × 800').waitFor()
      await eventually(crops).toEqual([{ x: 0, y: 0, width: 0.66667, height: 1 }, undefined, undefined])

      await page.getByRole('tab', { name: /mountain/ }).click()
      await open()
      await dialog.getByRole('button', { name: 'Reset' }).click()
      await dialog.getByText('1200 × 800 pixels.').waitFor()
      await dragTo(page, dialog.getByRole('button', { name: 'Lower right corner' }), frame, { x: 0.5, y: 0.5 })
      await dialog.getByText(/^(59|60)\d × (39|40)\d pixels\.$/).waitFor()
      await dialog.getByRole('button', { name: 'Apply' }).click()
      await page.getByText('Has own words.').waitFor()
      await eventually(async () => (await crops()).filter(Boolean)).toHaveLength(2)
      await saved(page)

      await page.reload()
      await page.getByText('800 × 800 of 1200 × 800').waitFor()
      await open()
      expect(await dialog.getByRole('button', { name: '1:1', exact: true }).getAttribute('aria-pressed')).toBe('true')
      await dialog.getByRole('button', { name: 'Back' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await eventually(() =>
        page.getByRole('button', { name: 'Crop picture 1' }).evaluate((it) => it === document.activeElement),
      ).toBe(true)
      await page.getByRole('tab', { name: /mountain/ }).click()
      await page.getByText(/^(59|60)\d × (39|40)\d of 1200 × 800$/).waitFor()
      await picture(page, `cropped-${screen}`)
    },
  )

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

/** Drags to a place inside a box, as shares of its size. */
async function dragTo(page: Page, handle: Locator, box: Locator, place: { x: number; y: number }): Promise<void> {
  const { x, y, width, height } = (await box.boundingBox())!
  await handle.hover()
  await page.mouse.down()
  await page.mouse.move(x + width * place.x, y + height * place.y, { steps: 5 })
  await page.mouse.up()
}

async function faultsInBothColours(page: Page, name: string): Promise<string[]> {
  const light = await accessibilityFaults(page)
  await picture(page, name)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('[data-mantine-color-scheme="dark"]').waitFor()
  const dark = await accessibilityFaults(page, ['color-contrast'])
  await picture(page, `${name}-dark`)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark]
}

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
