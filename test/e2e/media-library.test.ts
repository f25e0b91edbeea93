// Journey: a file leaves the library and comes back; one that a post uses cannot leave.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { dayText } from '../../src/kit/time.ts'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { dayAhead, upload, write } from './posts.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('the library of files', () => {
  const held: { account?: Account } = {}
  const stage = setStage({}, async ({ example }) => {
    held.account = await connectPractice(example, 'harbour')
  })

  const openLibrary = async (page: Page) => {
    await page.goto('/o/harbour-outdoor/compose')
    await page.getByRole('button', { name: 'From the library' }).first().click()
    return page.getByRole('dialog', { name: 'From the library' })
  }

  test('a removed file is gone at once, and Undo brings it back', async () => {
    await upload(stage.example, 'Hills')
    const { page } = await stage.visitAs(exampleOwner)
    const library = await openLibrary(page)
    await library.getByRole('button', { name: 'Remove hills.png' }).click()
    await library.getByText('Nothing was uploaded yet').waitFor()
    await page.getByText('hills.png is removed. It is deleted for good in 30 days.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await library.getByRole('img', { name: 'Hills' }).waitFor()
  })

  test('what a post uses stays, and says why', async () => {
    const picture = await upload(stage.example, 'In use', 200)
    const post = await write(stage.example, [held.account!.id], {
      segments: [{ text: 'With hills', media: [picture] }],
    })
    const { page } = await stage.visitAs(exampleOwner)
    const library = await openLibrary(page)
    const item = library.getByRole('listitem').filter({ has: page.getByRole('img', { name: 'In use' }) })
    await item.getByRole('button', { name: 'Remove hills.png' }).click()
    await page.getByText('A post, a series, a campaign or a brief uses this file.').waitFor()
    expect(await item.count()).toBe(1)
    await stage.example.call('DELETE', `/orgs/${stage.example.org.id}/posts/${post.id}`)
    await item.getByRole('button', { name: 'Remove hills.png' }).click()
    await item.waitFor({ state: 'detached' })
  })

  test('a document is kept and found; rights of several files change in what is entered alone', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/media')
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add files' }).click()
    const content = { mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') }
    await (await choosing).setFiles({ name: 'press kit.pdf', ...content })
    const file = page.getByRole('list', { name: 'Files' }).getByRole('listitem').filter({ hasText: 'press kit.pdf' })
    await file.waitFor()
    await page.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Documents' }).click()
    await page.getByRole('button', { name: 'press kit.pdf' }).click()
    const drawer = page.getByRole('dialog', { name: 'press kit.pdf' })
    await drawer.getByText('In no post, series, campaign or brief.').waitFor()
    await drawer.getByLabel('Credit line').fill('The harbour')
    await drawer.getByRole('button', { name: 'Save the rights' }).click()
    await page.getByText('Rights saved').waitFor()
    if (process.env.PICTURES) await picture(page, 'media-document')
    await page.keyboard.press('Escape')

    await page.getByLabel('Choose press kit.pdf').click()
    await page.getByRole('button', { name: 'Rights', exact: true }).click()
    const bulk = page.getByRole('dialog', { name: /Set rights/ })
    await bulk.getByLabel('Source').fill('Our archive')
    if (process.env.PICTURES) await picture(page, 'media-bulk-rights')
    await bulk.getByRole('button', { name: 'Set for 1 file' }).click()
    await bulk.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'press kit.pdf' }).click()
    await eventually(() => drawer.getByLabel('Source').inputValue()).toBe('Our archive')
    expect(await drawer.getByLabel('Credit line').inputValue()).toBe('The harbour')
  })

  test('a picture whose permission ends before the time of a post is pointed out for that time, and not for an earlier one', async () => {
    const picture = await upload(stage.example, 'Lent', 140)
    const { call, org } = stage.example
    const rights = { basis: 'permission', expiresOn: dayAhead(20) }
    await call('POST', `/orgs/${org.id}/media/rights`, { ids: [picture.id], rights })
    const post = await write(stage.example, [held.account!.id], {
      segments: [{ text: 'Lent hills', media: [picture] }],
    })
    const { page } = await stage.visitAs(exampleOwner)
    const ended = page.getByText(
      `The permission for hills.png ends on ${dayText(dayAhead(20))}, before this would go out.`,
    )
    const button = page.getByRole('button', { name: 'Schedule', exact: true })
    await page.goto(`/o/harbour-outdoor/compose?post=${post.id}&date=${dayAhead(25)}`)
    await ended.first().waitFor()
    expect(await button.isDisabled()).toBe(true)
    await page.goto(`/o/harbour-outdoor/compose?post=${post.id}&date=${dayAhead(3)}`)
    await button.and(page.locator(':enabled')).waitFor()
    expect(await ended.count()).toBe(0)
  })
})
