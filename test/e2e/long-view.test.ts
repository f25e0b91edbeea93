// The long view: sprint and marathon over years with assumptions that can be changed, and a goal whose way is told once there are readings.

import { test } from 'vitest'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { dayAhead } from './posts.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('the long view', () => {
  const stage = setStage({}, async ({ example: { call, org } }) => {
    const path = `/orgs/${org.id}/programme`
    const today = Array.from({ length: 7 }, (_, days) => dayAhead(-days))
    const beginsOn = today.find((day) => new Date(`${day}T00:00Z`).getUTCDay() === 1)
    await call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn })
    const facts = { title: 'Guests who name us', measure: 'own', unit: 'guests a week', baseline: 10, target: 30 }
    const { id } = await call<{ id: string }>('POST', `${path}/goals`, { ...facts, dueOn: dayAhead(60) })
    for (const [index, value] of [10, 12, 11, 14, 15, 17, 16, 19, 20, 22].entries())
      await call('PUT', `${path}/goals/${id}/readings/${dayAhead(7 * (index - 9))}`, { value })
  })

  test('compares two ways, answers other assumptions, and tells where a goal leads', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme')
    await page.getByRole('link', { name: 'The long view' }).click()
    await page.getByText('The marathon passes the sprint in week').waitFor()
    await page.getByText('As it goes on, it will be').waitFor()
    await page.getByText('Waiting for measurement').first().waitFor()
    const times = page.getByRole('textbox', { name: 'A sprint begins with so many times' })
    await times.fill('6')
    await times.blur()
    await page.waitForURL(/sprint=/)
    await page.getByRole('button', { name: 'As it was assumed' }).click()
    await eventually(() => page.url()).not.toContain('sprint=')
    await page.getByRole('combobox', { name: 'How far ahead' }).click()
    await page.getByRole('option', { name: '5 years' }).click()
    await page.waitForURL(/years=/)
    for (const look of looks) {
      await takeScreen(page, look.screen)
      await page.evaluate(() => window.scrollTo(0, 0))
      await eventually(() => judgePage(page, 'long view', look, { dark: true, rules: true })).toEqual([])
    }
  })
})
