// Who does what: which ability work needs, and what the plan says where nobody has it.

import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { addColleague, alwaysAtWork } from './people.ts'
import { dayAhead, thisMonday } from './posts.ts'
import { eventually, setStage } from './stage.ts'

const programme = '/o/harbour-outdoor/programme'
describeJourney('who does what', () => {
  const stage = setStage({}, async ({ example: { call, org, address } }) => {
    const path = `/orgs/${org.id}`
    const helper = await addColleague({ call, org, address } as never, 'manager', 'helper')
    for (const { member } of await call<{ member: { id: string } }[]>('GET', `${path}/work`))
      await call('PATCH', `${path}/work/${member.id}`, { hours: alwaysAtWork })
    await call('POST', `${path}/programme`, { name: 'The long run', ambition: 'succeed', beginsOn: thisMonday() })
    const post = [{ anyOf: [{ activity: 'short-post' }] }]
    const lines = [
      { id: 'post', channel: null, every: 1, unit: 'working-day', slots: post },
      { id: 'reply', channel: null, every: 1, unit: 'week', slots: [{ anyOf: [{ activity: 'group-reply' }] }] },
    ]
    await call('POST', `${path}/programme/plan`, { lines, reason: 'What two people can do', after: null })
    await call('PUT', `${path}/programme/time/ceiling`, { minutesWeekly: 400 })
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${helper.token}` }
    const body = JSON.stringify({ minutesWeekly: 400 })
    await fetch(`${address}/api/v1${path}/programme/time/ceiling`, { method: 'PUT', headers, body })
  })

  test('what work needs is said, and the plan says who is missing', async () => {
    const { page } = await stage.visitAs(exampleOwner, screens.wide)
    await page.goto(`${programme}/people`)
    await page.getByRole('heading', { name: 'What needs which ability' }).waitFor()
    await choose(page, 'What Short post needs', 'Publishing')
    await page.getByText('Nobody who takes part may do a short post yet: it needs “Publishing”.').waitFor()
    await lookAtAll(page, 'needs')
    await page.goto(`${programme}/plan`)
    await page.getByText('Nobody does it').waitFor()
    await page.getByRole('link', { name: 'Who can do what' }).first().click()
    await choose(page, 'What Short post needs', 'Anybody')
    await page.getByText('Changed: Short post').waitFor()
    await eventually(() => page.getByText('Nobody may', { exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.getByText('Nobody may', { exact: true }).waitFor()
    await choose(page, 'What Short post needs', 'As usual: Publishing')
    await eventually(() => page.getByText('Nobody may', { exact: true }).count()).toBe(0)
  })

  test('whoever leads gives a session to somebody else, takes that back, and enters a duty', async () => {
    const { page } = await stage.visitAs(exampleOwner, screens.wide)
    await page.goto(`${programme}/week`)
    // What is left of this week depends on the day on which this runs.
    await page.getByRole('button', { name: 'The week after' }).click()
    await page.getByRole('button', { name: 'Sessions and duties: A helper' }).click()
    const theirs = page.getByRole('region', { name: 'Week of A helper' })
    const change = theirs.getByRole('button', { name: /^Change for A helper: / }).first()
    await change.waitFor()
    const before = await theirs.getByRole('button', { name: /^Change for A helper: / }).count()
    await change.click()
    await page.getByRole('menuitem', { name: 'To somebody else' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'To somebody else' }).click()
    await dialog.getByText('Who does it?').waitFor()
    await dialog.getByRole('combobox', { name: 'Who' }).click()
    await page.getByRole('option', { name: 'Owner' }).click()
    await dialog.getByRole('textbox', { name: 'Why' }).fill('They are at the fair')
    await dialog.getByRole('button', { name: 'To somebody else' }).click()
    await page.getByText('Given to somebody else').waitFor()
    const count = () => theirs.getByRole('button', { name: /^Change for A helper: / }).count()
    await eventually(count).toBe(before - 1)
    await lookAtAll(page, 'week of somebody else')
    await takeScreen(page, screens.wide)
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(count).toBe(before)
    await page.getByRole('button', { name: 'Enter a duty' }).click()
    await dialog.getByRole('combobox', { name: 'Who' }).click()
    await page.getByRole('option', { name: 'A helper' }).click()
    await dialog.getByLabel('Day').fill(dayAhead(7))
    await dialog.getByRole('textbox', { name: 'Note' }).fill('The fair is open until six')
    await dialog.getByRole('button', { name: 'Enter the duty' }).click()
    await theirs.getByText('The fair is open until six').waitFor()
    await theirs.getByRole('button', { name: 'Not on duty: A helper' }).click()
    await eventually(() => theirs.getByText('The fair is open until six').count()).toBe(0)
  })
})

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** In every look, and in the dark. */
async function lookAtAll(page: Page, name: string): Promise<void> {
  for (const look of looks) {
    await takeScreen(page, look.screen)
    await page.evaluate(() => scrollTo(0, 0))
    await eventually(() => judgePage(page, `who does what ${name}`, look, { dark: true, rules: true })).toEqual([])
  }
}
