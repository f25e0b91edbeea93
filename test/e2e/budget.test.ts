// Money: a budget is written, asked for, approved by somebody else, and stands beside spending that was typed and brought from a file.

import { test } from 'vitest'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { addColleague, type Colleague } from './people.ts'
import { dayAhead } from './posts.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('the budget', () => {
  let admin: Colleague
  const stage = setStage({}, async ({ example }) => {
    admin = await addColleague(example, 'admin')
  })
  const address = '/o/harbour-outdoor/programme/budget'

  test('is written and asked for by one and approved by another', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme/budget')
    await page.getByRole('button', { name: 'Write the first version' }).click()
    const lines = page.getByRole('list', { name: 'Lines' })
    await lines.getByLabel('For what').fill('Boosted posts')
    await lines.getByLabel('In the year, spread evenly').fill('1200')
    await page.getByText('€1,200.00 in the year').waitFor()
    await page.getByRole('button', { name: 'Save this version' }).click()
    await page.getByText('A sentence that says why is needed.').waitFor()
    await page.getByRole('textbox', { name: 'Why' }).fill('As much as last year, evenly')
    await page.getByRole('button', { name: 'Save this version' }).click()
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    await page.getByText('Waits for approval', { exact: true }).waitFor()
    await eventually(() => page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)

    const { page: other } = await stage.visitAs(admin)
    await other.goto(address)
    await other.getByRole('button', { name: 'Approve', exact: true }).click()
    await other.getByText('In force', { exact: true }).waitFor()
    await other.getByRole('button', { name: 'Undo' }).click()
    await other.getByText('Waits for approval', { exact: true }).waitFor()
    await other.getByRole('button', { name: 'Approve', exact: true }).click()
    await other.getByText('In force', { exact: true }).waitFor()
  })

  test('stands beside what was spent, typed or from a file, and what an hour costs', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto(address)
    await page.getByRole('button', { name: 'Write down spending' }).click()
    await page.getByLabel('For what').fill('A boosted post')
    await page.getByLabel('Amount, in EUR').fill('12,50')
    await page.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('€12.50', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Nothing was spent yet').waitFor()

    const today = dayAhead(0)
    const text = `date,amount,description,invoice\n${today},80.25,Advertising in the harbour paper,R-1\n${today},much,Nobody knows,R-2\n`
    await page.getByRole('button', { name: 'Bring a file' }).click()
    const file = { name: 'spending.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('Line 3, amount: no amount that can be read').waitFor()
    await page.getByRole('button', { name: 'Bring 1 entry' }).click()
    await page.getByRole('row', { name: /Advertising in the harbour paper/ }).waitFor()

    await page.getByRole('button', { name: 'Write down spending' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('For what').fill('Two more posters')
    await form.getByLabel('Amount, in EUR').fill('2000')
    await form.getByLabel('Ordered, and not paid yet').check()
    await form.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('€2,000.00 more are ordered and not paid yet.').waitFor()
    await page
      .getByRole('row', { name: /^Boosted posts/ })
      .getByText('Above its plan')
      .waitFor()
    await page.getByRole('button', { name: 'Paid: Two more posters' }).click()
    await page.getByText('more are ordered and not paid yet').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Take away: Two more posters' }).click()
    await page.getByRole('row', { name: /^Two more posters/ }).waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Say what an hour costs' }).click()
    await page.getByRole('textbox', { name: 'An hour' }).fill('48')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('€48.00').waitFor()
    for (const look of looks) {
      await takeScreen(page, look.screen)
      await page.evaluate(() => window.scrollTo(0, 0))
      await eventually(() => judgePage(page, 'budget', look, { dark: true, rules: true })).toEqual([])
    }
  })
})
