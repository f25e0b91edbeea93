// Somebody falls ill: the plan no longer fits, a manager lets the planner choose anew, reads why, and puts it in force.

import { test } from 'vitest'
import { describeJourney } from './describe-journey.ts'
import { addColleague, type Colleague } from './people.ts'
import { dayAhead } from './posts.ts'
import { beginProgramme, publishForMonths } from './results.ts'
import { setStage } from './stage.ts'

describeJourney('after an illness', () => {
  let manager: Colleague
  const stage = setStage({}, async (made) => {
    await beginProgramme(made)
    await publishForMonths(made)
    const { example } = made
    const programme = `/orgs/${example.org.id}/programme`
    await example.call('PUT', `${programme}/time/ceiling`, { minutesWeekly: 40 })
    manager = await addColleague(example, 'manager')
    const colleague = await addColleague(example, 'contributor')
    await colleague.call('PUT', `${programme}/time/ceiling`, { minutesWeekly: 60 })
    const away = { from: `${dayAhead(-8)}T00:00:00Z`, to: `${dayAhead(60)}T00:00:00Z`, reason: 'A knee' }
    await colleague.call('POST', `/orgs/${example.org.id}/absences`, away)
  })

  test('the plan is made anew for those who are there', async () => {
    const { page } = await stage.visitAs(manager)
    await page.goto('/o/harbour-outdoor/programme/choosing')
    await page.getByRole('button', { name: 'Let the planner choose' }).click()
    await page.getByLabel(/all that everybody gives/).check()
    await page.getByRole('button', { name: 'Choose', exact: true }).click()
    await page
      .getByText(/The plan is changed because it no longer fits. In week 1 it takes 72 minutes, and there are 40./)
      .waitFor()
    await page.getByText('A contributor: 0 of 0 minutes a week').waitFor()
    await page.getByText(/It takes the place of/).waitFor()
    await page.getByRole('button', { name: 'Put it in force' }).click()
    await page.getByRole('dialog').getByLabel('Why').fill('One of us is ill until spring')
    await page.getByRole('dialog').getByRole('button', { name: 'Put it in force' }).click()
    await page.getByText('In force since then as version 2.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Undone', { exact: true }).waitFor()
    await page.goto('/o/harbour-outdoor/programme/plan')
    await page.getByText('Version 3', { exact: true }).first().waitFor()
  })
})
