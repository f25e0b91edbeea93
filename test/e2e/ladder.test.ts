// The ladder: listening first, publishing that waits for it, a gate that somebody else opens, rungs of one's own, and undo.

import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { addBriefs, addCoding, addKeptWeeks, addListening } from '../../src/programme/competencies/ground.testing.ts'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { addColleague } from './people.ts'
import { eventually, type Stage, setStage } from './stage.ts'

const ladder = '/o/harbour-outdoor/programme/ladder'

describeJourney('the ladder', () => {
  const stage = setStage()

  test('belongs to a programme, and begins with listening; what is begun can be undone', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(ladder)
    await page.getByText('No programme goes on').waitFor()
    await eventually(() => judgePage(page, 'ladder without a programme', looks[0])).toEqual([])
    await page.getByRole('link', { name: 'To the programme' }).click()
    await page.getByRole('button', { name: 'Begin a programme' }).click()
    await page.getByRole('button', { name: 'Begin', exact: true }).click()
    await page.getByRole('link', { name: 'The ladder' }).click()
    await page.getByText('Listening comes first.').waitFor()
    await page.getByText('The whole organisation: next').waitFor()
    await page.getByRole('button', { name: 'Begin Listening' }).click()
    await page.getByText('learning, 0 of 5 gates open').waitFor()
    await page.getByText('0 of 28 days').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Take up Listening again' }).click()
    await page.getByText('5 gates shut: that is what is missing.').waitFor()
    await eventually(() => page.getByRole('button', { name: 'Listening is mastered' }).isDisabled()).toBe(true)
  })

  test('says before publishing what comes first; with a reason it is set aside for some days', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/compose')
    await page.getByText('Listening comes first.').waitFor()
    await page.getByRole('button', { name: 'Publish all the same' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Publish all the same' }).click()
    await dialog.getByText('A sentence that says why is needed.').waitFor()
    await dialog.getByLabel('Why').fill('The shop opens on Monday, and people must know.')
    await dialog.getByRole('button', { name: 'Publish all the same' }).click()
    await page.getByText('Published before listening is mastered').waitFor()
    await page.getByRole('button', { name: 'Listen first again' }).click()
    await page.getByRole('link', { name: 'See what is missing' }).click()
    await page.getByRole('heading', { name: 'Where you stand' }).waitFor()
  })

  test('has rungs that are seen, written about, changed and moved, by keyboard too', async () => {
    const mira = await addColleague(stage.example, 'contributor')
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(ladder)
    await page.getByRole('button', { name: 'Answering', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Write down what you saw' }).click()
    const form = page.getByRole('form', { name: 'What you saw' })
    await form.getByRole('button', { name: 'Write it down' }).click()
    await form.getByText('What you saw, in a sentence or two.').waitFor()
    await form.getByRole('combobox', { name: 'Whose work' }).click()
    await page.getByRole('option', { name: 'A contributor' }).click()
    await form
      .getByRole('textbox', { name: 'What you saw' })
      .fill('She answered three angry guests calmly and in time.')
    await form.getByRole('button', { name: 'Write it down' }).click()
    await page.getByRole('paragraph').filter({ hasText: 'She answered three angry guests' }).waitFor()
    await page.getByRole('button', { name: 'Take back what you wrote of A contributor' }).click()
    await page.getByText('Nobody wrote down yet what they saw.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('paragraph').filter({ hasText: 'She answered three angry guests' }).waitFor()
    await page.getByRole('button', { name: 'One rung higher' }).click()
    await page.getByText('The order has changed').waitFor()
    await page.getByText('Its history').press('Enter')
    await page.getByText('Moved from place 2 to 3').waitFor()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Add a competency' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Podcast')
    await dialog.getByLabel('What it means').fill('We speak, and people listen.')
    await dialog.getByRole('button', { name: 'Add it' }).click()
    await page.getByRole('button', { name: 'Podcast', exact: true }).click()
    await page.getByRole('button', { name: 'Take away' }).click()
    await page.getByRole('button', { name: 'Podcast', exact: true }).waitFor({ state: 'hidden' })
    await page.getByText('“Podcast” is taken away').locator('..').getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Podcast', exact: true }).waitFor()
    await judgeAll(page, 'ladder that is climbed')

    const { page: hers } = await stage.visitAs(mira, screens.phone)
    await hers.goto(ladder)
    await hers.getByText('learning, 0 of 5 gates open').waitFor()
    await eventually(() => hers.getByRole('button', { name: 'Set aside' }).count()).toBe(0)
  })

  test('is climbed by evidence alone: the gates open, listening is mastered, and publishing waits no longer', async () => {
    await showListening(stage, 'A contributor')
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(ladder)
    await page.getByText('learning, 5 of 5 gates open').waitFor()
    await page.getByText('260 of 200 mentions').waitFor()
    await page.getByRole('button', { name: 'Keep what is open' }).click()
    await page.getByText('kept as read').first().waitFor()
    await page.getByRole('button', { name: 'Listening is mastered' }).click()
    await page.getByText('The whole organisation: mastered').waitFor()
    await page.getByText('Listening comes first.').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Begin Publishing' }).click()
    // The weeks that were kept count for it too.
    await page.getByText('learning, 1 of 5 gates open').waitFor()
    await judgeAll(page, 'ladder with a rung mastered')
    await takeScreen(page, screens.wide)
    await page.getByRole('button', { name: 'Listening', exact: true }).first().click()
    await page.getByText('Its history').press('Enter')
    await page.getByText('“Mentions worked through” opened at 260 mentions').waitFor()
    await page.goto('/o/harbour-outdoor/compose')
    await page.getByRole('heading', { name: 'When' }).waitFor()
    await eventually(() => page.getByText('Listening comes first.').count()).toBe(0)
  })
})

/** What twelve diligent weeks leave behind. */
async function showListening({ example: { call, org }, database }: Stage, other: string): Promise<void> {
  const { programme, today } = await call<{ programme: { id: string }; today: string }>(
    'GET',
    `/orgs/${org.id}/programme`,
  )
  const members = await call<{ id: string; role: string; name: string }[]>('GET', `/orgs/${org.id}/members`)
  const idOf = (is: (member: { role: string; name: string }) => boolean) => members.find(is)!.id
  const query = (text: string, values: unknown[]) => database.owner.query(text, values)
  const diligent = { query, orgId: org.id, memberId: idOf(({ role }) => role === 'owner'), today }
  await addListening(diligent)
  await addCoding(
    diligent,
    idOf(({ name }) => name === other),
  )
  await addBriefs(diligent, 4)
  await addKeptWeeks(diligent, programme.id, 4)
}

async function judgeAll(page: Page, name: string): Promise<void> {
  for (const look of looks) {
    await takeScreen(page, look.screen)
    await page.evaluate(() => window.scrollTo(0, 0))
    await eventually(() => judgePage(page, name, look)).toEqual([])
  }
}
