// What is worth it, and what stops: an estimate, a chosen plan put in force, what would be if; a stop decided with its evidence, undone.

import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { beginProgramme, publishForMonths } from './results.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('what is worth it', () => {
  const stage = setStage({}, async (made) => {
    await beginProgramme(made)
    await publishForMonths(made)
  })

  test('says what an hour brings, and lets the planner choose by it', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme')
    await page.getByRole('link', { name: 'What is worth it' }).click()
    await page
      .getByRole('row', { name: /Short post, Harbour/ })
      .getByText('Measured')
      .waitFor()

    await page.getByRole('button', { name: 'Add a line' }).click()
    await page.getByRole('combobox', { name: 'What', exact: true }).fill('Poster')
    await page.getByRole('combobox', { name: 'Where' }).fill('Shop window')
    await page.getByLabel(/Your estimate of the first one/).fill('90')
    await page.getByLabel('Minutes of one').fill('30')
    await page.getByLabel('A week at most').fill('2')
    await page.getByLabel('Note').fill('What the shop says')
    await page.getByRole('button', { name: 'Save' }).click()
    await page
      .getByRole('row', { name: /Poster, Shop window/ })
      .getByText('Your own estimate')
      .waitFor()

    await page.getByRole('button', { name: 'Let the planner choose' }).click()
    await page.getByLabel(/all that everybody gives/).check()
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    await page.getByText(/^Worth .* reactions in 4 weeks/).waitFor()
    await page
      .getByRole('row', { name: /poster on Shop window/ })
      .getByText('is worth')
      .waitFor()

    await page.getByRole('button', { name: 'Put it in force' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Put it in force' }).click()
    await page.getByText('A sentence that says why is needed.').waitFor()
    await page.getByRole('dialog').getByLabel('Why').fill('It brings most for the time that we have')
    await page.getByRole('dialog').getByRole('button', { name: 'Put it in force' }).click()
    await page.getByText('In force since then as version 2.').waitFor()

    await page.getByRole('combobox', { name: 'If', exact: true }).click()
    await page.getByRole('option', { name: 'there are other minutes' }).click()
    await page.getByRole('combobox', { name: 'On' }).click()
    await page.getByRole('option', { name: 'Tuesdays' }).click()
    await page.getByRole('button', { name: 'Show it' }).click()
    await page.getByText(/30 minutes more on Tuesdays, the plan is worth/).waitFor()
    await page.getByRole('table', { name: 'Now and then' }).waitFor()
    await judgeInAllLooks(page, 'what is worth it')
  })

  test('says what belongs there while nothing is', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    const nothing = { worth: { unit: 'reactions', today: '2027-01-04', lines: [] }, choices: [] }
    const none = { ...nothing, reviews: { today: '2027-01-04', nextOn: '2027-02-01', reviews: [], stops: [] } }
    for (const [name, json] of Object.entries(none))
      await page.route(`**/programme/${name}`, (route) =>
        route.request().resourceType() === 'document' ? route.continue() : route.fulfill({ json }),
      )
    await page.goto('/o/harbour-outdoor/programme/choosing')
    await page.getByText('Nothing is known yet').waitFor()
    await page.getByText('Nothing was chosen yet').waitFor()
    await judgeInAllLooks(page, 'what is worth it, empty')
    await page.goto('/o/harbour-outdoor/programme/reviews')
    await page.getByText('Nothing was reviewed yet').waitFor()
    await page.getByText(/Longrun makes the first review on 1 Feb/).waitFor()
    await judgeInAllLooks(page, 'keep, stop, shift, empty')
  })

  test('says what to stop with its evidence; a person decides, and undoes it', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme/reviews')
    await page.getByRole('button', { name: 'Review now' }).click()
    const card = page.getByRole('article', { name: 'Short post, Attic' })
    await card.getByText('Stop it').waitFor()
    await card.getByText(/is worth less than half of what the others are/).waitFor()
    await card.getByRole('button', { name: 'Decide' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/Its minutes go to/).waitFor()
    await dialog.getByLabel('Why').fill('Nobody is there, whatever we tried')
    await dialog.getByRole('button', { name: 'Decide' }).click()
    await card.getByText('Stopped', { exact: true }).first().waitFor()
    await page.getByText(/To be tried again from/).waitFor()
    await judgeInAllLooks(page, 'keep, stop, shift')
    await page
      .getByRole('button', { name: 'Undo', exact: true })
      .or(card.getByRole('button', { name: 'Undo the decision' }))
      .first()
      .click()
    await card.getByRole('button', { name: 'Decide' }).waitFor()
    await page.getByText('Undone', { exact: true }).first().waitFor()
  })
})

async function judgeInAllLooks(page: Page, name: string): Promise<void> {
  for (const look of looks) {
    await takeScreen(page, look.screen)
    await page.evaluate(() => scrollTo(0, 0))
    await eventually(() => judgePage(page, name, look, { dark: true, rules: true })).toEqual([])
  }
  await takeScreen(page, looks[0].screen)
}
