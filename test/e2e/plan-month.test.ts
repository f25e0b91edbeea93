// A month of a campaign is planned: drafts are dragged to their days, copied, and moved together after a look at what stands against it.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { accessibilityFaults, picture, screens, settled } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, type Example, exampleOwner } from './example.ts'
import { read, schedule, write } from './posts.ts'
import { eventually, setStage } from './stage.ts'

const month = '2031-05'
const zone = 'Europe/Berlin'
const campaignId = crypto.randomUUID()
const at = (day: number, time = '09:30') => `${month}-${String(day).padStart(2, '0')}T${time}`

const place = ({ call, org }: Example, id: string, wall: string) =>
  call('POST', `/orgs/${org.id}/bulk/move`, { places: [{ id, wall, zone }] })

describeJourney(
  'planning a month',
  () => {
    const held: { ids: string[]; account?: Account } = { ids: [] }
    const stage = setStage({}, async ({ example, database }) => {
      const account = await connectPractice(example, 'harbour')
      const { memberships } = await example.call<{ memberships: { memberId: string }[] }>('GET', '/me')
      const by = memberships[0]!.memberId
      await asSystem(database.db, (tx) =>
        tx
          .insertInto('campaigns')
          .values({
            ...{ org_id: example.org.id, id: campaignId, name: 'Spring fair', kind: 'event', time_zone: zone },
            ...{ begins_on: `${month}-01`, ends_on: `${month}-31`, owner_id: by, created_by: by },
          })
          .execute(),
      )
      for (const [index, text] of ['We are coming', 'Meet the guides', 'The tents are up', 'Last day'].entries()) {
        const post = await write(example, [account.id], text)
        await example.call('PATCH', `/orgs/${example.org.id}/posts/${post.id}/belonging`, { campaignId })
        await place(example, post.id, at(5 + index))
        held.ids.push(post.id)
      }
      const other = await write(example, [account.id], 'Every Monday: a knot')
      await schedule(example, other, { kind: 'at', wall: at(16), zone })
      Object.assign(held, { account })
    })
    const wallOf = async (id: string) => (await read(stage.example, id)).dueWall
    const day = (page: Page, number: number) => page.getByRole('region', { name: new RegExp(`^\\S+,? ${number} May`) })
    const entry = (page: Page, text: string) => page.locator('.ca-post', { hasText: text })

    test('by drag, by bulk move with one conflict seen, and by copy', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto(`/o/harbour-outdoor/calendar?date=${month}-05`)
      await page.getByRole('combobox', { name: 'Campaign' }).click()
      await page.getByRole('option', { name: 'Spring fair' }).click()
      await entry(page, 'We are coming').waitFor()
      await entry(page, 'Every Monday: a knot').waitFor({ state: 'detached' })
      expect(new URL(page.url()).searchParams.get('campaign')).toBe(campaignId)

      await entry(page, 'Last day').dragTo(day(page, 23))
      await day(page, 23).locator(entry(page, 'Last day')).waitFor()
      await eventually(() => wallOf(held.ids[3]!)).toContain(at(23))
      expect((await read(stage.example, held.ids[3]!)).state).toBe('draft')

      await entry(page, 'We are coming')
        .getByRole('link')
        .click({ modifiers: ['ControlOrMeta'] })
      await entry(page, 'The tents are up')
        .getByRole('link')
        .click({ modifiers: ['Shift'] })
      await page.getByText('3 posts chosen').waitFor()
      await picture(page, 'calendar-chosen')
      await page.getByRole('button', { name: 'Move…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Move 3 posts' })
      await dialog.getByRole('textbox', { name: 'Days' }).fill('10')
      await dialog.getByText('1 post of 3 with something against it').waitFor()
      const preview = dialog.getByRole('list', { name: 'Preview' }).getByRole('listitem')
      expect(await preview.count()).toBe(3)
      await preview
        .filter({ hasText: 'Meet the guides' })
        .getByText(/At the same time as “Every Monday: a knot”/)
        .waitFor()
      await settled(page)
      expect(await accessibilityFaults(page)).toEqual([])
      await picture(page, 'calendar-move-preview')
      await dialog.getByRole('button', { name: 'Leave them out' }).click()
      await dialog.getByRole('button', { name: 'Move 2 posts' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await eventually(() => wallOf(held.ids[0]!)).toContain(at(15))
      expect(await Promise.all(held.ids.slice(0, 3).map(wallOf))).toEqual([at(15), at(6), at(17)])

      await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
      await eventually(() => wallOf(held.ids[0]!)).toContain(at(5))
      expect(await wallOf(held.ids[2]!)).toBe(at(7))

      await entry(page, 'Meet the guides')
        .getByRole('button', { name: /^Move or copy/ })
        .click()
      await page.getByRole('menuitem', { name: 'Copy to…' }).click()
      const copying = page.getByRole('dialog', { name: 'Copy 1 post' })
      await copying.getByRole('textbox', { name: 'Days' }).fill('20')
      await copying.getByRole('button', { name: 'Copy 1 post' }).click()
      await day(page, 26).locator(entry(page, 'Meet the guides')).waitFor()
      await page.getByText('1 post copied into new drafts').waitFor()
    })

    test('with the keyboard: arrows, space, the whole choice scheduled at once', async () => {
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto(`/o/harbour-outdoor/calendar?view=list&date=${month}-01&campaign=${campaignId}`)
      await entry(page, 'We are coming').getByRole('link').focus()
      await page.keyboard.press('Space')
      await page.keyboard.press('Shift+ArrowDown')
      await page.getByText('2 posts chosen').waitFor()
      await page.keyboard.press('Escape')
      await page.getByText('2 posts chosen').waitFor({ state: 'hidden' })
      await page.keyboard.press('Space')
      await page.getByText('1 post chosen').waitFor()
      await page.getByRole('region', { name: 'Chosen posts' }).getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: 'Schedule at their times' }).click()
      await page.getByText('1 post scheduled').waitFor()
      expect((await read(stage.example, held.ids[1]!)).state).toBe('scheduled')
    })

    test('of a full day the list that opens: a range of it is chosen, also of what the month has no room for', async () => {
      const { example } = stage
      const times = ['07:00', '08:00', '09:00', '10:00', '11:00', '12:00', '13:00', '14:00']
      for (const time of times) {
        const post = await write(example, [held.account!.id], `At ${time}`)
        await place(example, post.id, at(28, time))
      }
      const { page } = await stage.visitAs(exampleOwner)
      await page.goto(`/o/harbour-outdoor/calendar?date=${month}-05`)
      await day(page, 28).getByRole('button', { name: '+4 more' }).click()
      const dialog = page.getByRole('dialog', { name: /28 May: 8 posts/ })
      const link = (time: string) => dialog.locator('.ca-post', { hasText: `At ${time}` }).getByRole('link')
      await link('08:00').click({ modifiers: ['ControlOrMeta'] })
      await link('14:00').click({ modifiers: ['Shift'] })
      await page.keyboard.press('Escape')
      await page.getByText('7 posts chosen').waitFor()
    })

    test('on a phone: filters behind a button, boxes to choose by, nothing against accessibility', async () => {
      const { page } = await stage.visitAs(exampleOwner, screens.phone)
      await page.goto(`/o/harbour-outdoor/calendar?date=${month}-05&campaign=${campaignId}`)
      await page.getByRole('button', { name: 'Filters: 1' }).click()
      await page.getByRole('combobox', { name: 'Campaign' }).waitFor()
      await page.getByRole('button', { name: 'Choose', exact: true }).click()
      await page.getByRole('checkbox', { name: 'Choose “We are coming”' }).check()
      await page.getByText('1 post chosen').waitFor()
      await settled(page)
      expect(await accessibilityFaults(page)).toEqual([])
      await picture(page, 'calendar-phone-choosing')
    })
  },
  240_000,
)
