// Journey: everything is put on hold, a due post does not go out, the hold ends, and what was missed is decided; on a desk and on a phone.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, picture, screens, sidewaysScroll } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { dayAhead, read, schedule, untilState, write } from './posts.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('a hold of everything', () => {
  const held: { account?: Account } = {}
  const stage = setStage({}, async ({ example }) => {
    held.account = await connectPractice(example, 'harbour')
  })

  const there = (text: string) => stage.example.network.posts().filter((post) => post.text === text)

  async function look(page: Page, name: string): Promise<void> {
    await picture(page, `holds ${name}`)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
  }

  async function hold(page: Page, reason: string): Promise<void> {
    await page.goto('/o/harbour-outdoor/holds')
    await page.getByRole('button', { name: 'Hold posts' }).click()
    const dialog = page.getByRole('dialog', { name: 'Hold posts' })
    await dialog.getByRole('status').waitFor()
    await dialog.getByLabel('Why').fill(reason)
    await picture(page, `holds dialog ${reason}`)
    await dialog.getByRole('button', { name: 'Hold now' }).click()
    await page.getByRole('heading', { name: 'Everything', level: 1 }).waitFor()
  }

  test('is seen everywhere, lets nothing out, and leaves what was missed to a person', async () => {
    const { example } = stage
    const ahead = await write(example, [held.account!.id], 'Tomorrow we open at seven.')
    await schedule(example, ahead, { kind: 'at', wall: `${dayAhead(1)}T07:00`, zone: 'Europe/Berlin' })
    const { page } = await stage.visitAs(exampleOwner)
    await hold(page, 'A storm')
    await page.getByText('Everything is on hold.').waitFor()
    await page.getByRole('link', { name: 'Tomorrow we open at seven.' }).waitFor()
    await look(page, 'active, wide')
    expect((await read(example, ahead.id)).state).toBe('held')

    const due = await write(example, [held.account!.id], 'Good morning from the harbour.')
    await page.goto(`/o/harbour-outdoor/compose?post=${due.id}`)
    await page.getByText('On hold (Everything)').waitFor()
    await page.getByText('Now', { exact: true }).click()
    await page.getByRole('button', { name: 'Post now' }).click()
    await page.getByText('Stopped by a hold: “A storm”.').first().waitFor()
    expect(there('Good morning from the harbour.')).toEqual([])

    await page.getByRole('link', { name: 'See what it stopped' }).click()
    await page.getByRole('button', { name: 'End the hold' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End the hold' }).click()
    await page.getByRole('heading', { name: 'Missed' }).waitFor()
    await page.getByText('Everything is on hold.').waitFor({ state: 'detached' })
    expect((await read(example, ahead.id)).state).toBe('scheduled')
    expect(there('Good morning from the harbour.')).toEqual([])
    await look(page, 'ended with a missed post, wide')

    await page.getByRole('button', { name: 'Send it now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
    await untilState(example, due.id, 'published')
    await eventually(() => there('Good morning from the harbour.').length).toBe(1)
    await page.getByRole('heading', { name: 'Missed' }).waitFor({ state: 'detached' })
  })

  test('of one post is begun from a list, and says why', async () => {
    const { example } = stage
    const post = await write(example, [held.account!.id], 'The lighthouse opens on Sunday.')
    await schedule(example, post, { kind: 'at', wall: `${dayAhead(3)}T07:00`, zone: 'Europe/Berlin' })
    const { page } = await stage.visitAs(exampleOwner, screens.phone)
    await page.goto('/o/harbour-outdoor/posts')
    await page.getByRole('button', { name: 'Actions of “The lighthouse opens' }).click()
    await page.getByRole('menuitem', { name: 'Hold…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Hold this post?' })
    const begin = dialog.getByRole('button', { name: 'Hold', exact: true })
    expect(await begin.isDisabled()).toBe(true)
    await dialog.getByLabel('Why').fill('The stairs are closed')
    await look(page, 'one post, phone')
    await begin.click()
    await dialog.waitFor({ state: 'detached' })
    await untilState(example, post.id, 'held')
    await page.goto(`/o/harbour-outdoor/posts/${post.id}`)
    await page.getByText('The stairs are closed').first().waitFor()
  })

  test('is no help for what is out: that is withdrawn, with its number typed', async () => {
    const { example } = stage
    for (const text of ['Recalled lamp: two hundred hours', 'Recalled lamp: now in blue', 'Another thing']) {
      const post = await write(example, [held.account!.id], text)
      await schedule(example, post, { kind: 'now' })
      await untilState(example, post.id, 'published')
    }
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/withdrawals/new')
    await page.getByLabel('Words in them').fill('recalled lamp')
    await page.getByText('2 posts:').waitFor()
    await page.getByLabel('Why').fill('The battery may get too hot')
    await page.getByLabel('Type the number 2 to go on').fill('2')
    await look(page, 'withdrawal chosen, wide')
    await page.getByRole('button', { name: 'Delete 2 posts at their networks' }).click()
    await page.getByText('2 of 2 away.').waitFor({ timeout: 60_000 })
    const deleted = page.getByRole('table').getByText('Deleted', { exact: true })
    await expect.poll(() => deleted.count(), { timeout: 20_000 }).toBe(2)
    await look(page, 'withdrawal done, wide')
    expect(there('Recalled lamp: now in blue')).toEqual([])
    expect(there('Another thing')).toHaveLength(1)
  })

  test('is begun and ended on a phone in the dark', async () => {
    const { page } = await stage.visitAs(exampleOwner, screens['phone-dark'])
    await hold(page, 'A recall')
    await look(page, 'active, phone')
    await page.getByRole('button', { name: 'End the hold' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End the hold' }).click()
    await page.getByText('Ended', { exact: true }).first().waitFor()
  })
})
