// Journey: a campaign from its plan over a post and both lanes to its closing; a crisis is rehearsed; a phone sees two lists.

import { expect, test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { type Account, connectPractice, exampleOwner } from './example.ts'
import { dayAhead, read, schedule, write } from './posts.ts'
import { eventually, setStage } from './stage.ts'

const org = '/o/harbour-outdoor'

describeJourney('a campaign', () => {
  const held: { account?: Account } = {}
  const stage = setStage({}, async ({ example }) => {
    held.account = await connectPractice(example, 'harbour')
  })

  test('is planned, gets a post, is seen beside always-on, and is closed with a decision', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    const always = await write(stage.example, [held.account!.id], 'Good morning, as every day')
    await schedule(stage.example, always, { kind: 'at', wall: `${dayAhead(1)}T08:30`, zone: 'Europe/Berlin' })

    await page.goto(`${org}/campaigns`)
    await page.getByRole('heading', { name: 'No campaigns yet' }).waitFor()
    await page.getByRole('link', { name: 'Plan a campaign' }).first().click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Boat show')
    await page.getByLabel('First day', { exact: true }).fill(dayAhead(0))
    await page.getByLabel('Last day', { exact: true }).fill(dayAhead(4))
    await page.getByRole('button', { name: 'Add a phase' }).click()
    await page.getByLabel('Name of phase 1').fill('Set up')
    await page.getByLabel('Last day of phase 1').fill(dayAhead(9))
    await page.getByRole('button', { name: 'Plan the campaign' }).click()
    await page.getByText('A phase lies within its campaign.').first().waitFor()
    await page.getByLabel('Last day of phase 1').fill(dayAhead(1))
    await page.getByRole('button', { name: 'Plan the campaign' }).click()
    await page.getByRole('heading', { name: 'Boat show', level: 1 }).waitFor()
    await page.getByText('Running', { exact: true }).first().waitFor()

    await page.getByRole('link', { name: 'Write a post for it' }).first().click()
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Come to stand 12')
    await page.locator('.lr-save[data-state="saved"]').waitFor()
    const id = new URL(page.url()).searchParams.get('post') ?? ''
    const belonging = async () =>
      ((await read(stage.example, id)) as unknown as { belonging: { campaignId: string | null; initiator: string } })
        .belonging
    expect((await belonging()).campaignId).not.toBeNull()
    await page.getByText('Customer', { exact: true }).click()
    await eventually(async () => (await belonging()).initiator).toBe('customer')
    await schedule(stage.example, { id }, { kind: 'at', wall: `${dayAhead(2)}T10:00`, zone: 'Europe/Berlin' })

    await page.goto(`${org}/campaigns/both`)
    const lanes = page.getByRole('region', { name: 'Always-on and campaigns by account' })
    await lanes
      .getByRole('link', { name: /^1 post on harbour/ })
      .first()
      .focus()
    await page.keyboard.press('ArrowDown')
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('title'))).toBe('Come to stand 12')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Come to stand 12', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Boat show' }).click()

    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('textbox', { name: 'What was decided' }).fill('Twenty talks; next year again.')
    await page.getByRole('button', { name: 'Close the campaign' }).click()
    await page.getByText('Twenty talks; next year again.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Running', { exact: true }).first().waitFor()
  })

  test('has its crossing points: a crisis is rehearsed, and says that it was', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(`${org}/campaigns/crossings`)
    await page.getByRole('link', { name: 'A crisis pauses campaigns' }).click()
    await page.getByText('By itself it waits for protocols', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Rehearse' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rehearse' }).click()
    await page
      .getByText(/^Rehearsed; 1 person told/)
      .first()
      .waitFor()
  })

  test('stands on a phone below always-on, as two lists', async () => {
    const { page } = await stage.visitAs(exampleOwner, screens.phone)
    await page.goto(`${org}/campaigns/both`)
    await page.getByRole('heading', { name: 'Always-on', level: 2 }).waitFor()
    await page.getByRole('link', { name: 'Good morning, as every day' }).waitFor()
    await page.getByRole('link', { name: 'Come to stand 12' }).waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
  })
})
