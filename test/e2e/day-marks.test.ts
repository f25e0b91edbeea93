// Journey: the calendar tells holidays and quiet times in each of its views, in words, on the phone and in the dark too.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessibilityFaults, picture, screens, settled, sidewaysScroll } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { schedule, write } from './posts.ts'
import { eventually, setStage } from './stage.ts'

const calendar = (view: string, date = '2031-10-03') => `/o/harbour-outdoor/calendar?view=${view}&date=${date}`
const zone = 'Europe/Berlin'

describeJourney('days of the calendar', () => {
  const stage = setStage({}, async ({ example }) => {
    const { call, org } = example
    const account = await connectPractice(example, 'harbour')
    const post = await write(example, [account.id], 'Autumn storms are good storms')
    await schedule(example, post, { kind: 'at', wall: '2031-10-03T09:30', zone })
    await call('PUT', `/orgs/${org.id}/holiday-places`, { places: [{ country: 'DE', state: 'HH' }, { country: 'AT' }] })
    // Nothing but the guardrail leads to this lane: it has no place of its own in this time.
    const campaign = await call<{ id: string }>('POST', `/orgs/${org.id}/campaigns`, {
      ...{ name: 'Another year', kind: 'other', beginsOn: '2032-01-01', endsOn: '2032-01-02' },
    })
    const lane = await call<{ id: string }>('POST', `/orgs/${org.id}/lanes`, {
      ...{ name: 'Figures', kind: 'ordinary', scopes: [{ scope: 'campaign', id: campaign.id }] },
      steps: [{ approvers: [{ kind: 'role', role: 'approver' }] }],
    })
    await call('POST', `/orgs/${org.id}/guardrails`, {
      ...{ name: 'Before the figures', kind: 'quiet-period', laneId: lane.id, accountIds: [] },
      settings: { from: '2031-10-02', to: '2031-10-16', zone },
    })
  })
  const faultless = async (page: Page, name: string) => {
    await settled(page)
    await picture(page, name, 'test-results/day-marks')
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
  }
  const quiet = 'Quiet time: Before the figures, 2 Oct 2031 to 16 Oct 2031, Berlin time.'

  test('say what they are in month, week and day', async () => {
    for (const [look, screen] of [
      ['wide', screens.wide],
      ['dark', screens.dark],
    ] as const) {
      const { page } = await stage.visitAs(exampleOwner, screen)
      await page.goto(calendar('month'))
      const third = page.getByRole('region', { name: /^Friday 3 October/ })
      await third.getByText(/^Holiday: National Holiday, Germany, /).waitFor()
      await third.getByText(quiet).waitFor()
      await eventually(() => page.getByText(quiet).count()).toBe(15)
      await faultless(page, `month ${look}`)
      await page.goto(calendar('week'))
      await page.getByText(/^Holiday: National Holiday, Germany, /).waitFor()
      await eventually(() => page.getByText(quiet).count()).toBe(4)
      await faultless(page, `week ${look}`)
      await page.goto(calendar('day'))
      await page.getByText(/^Holiday: National Holiday, Germany, /).waitFor()
      await page.getByText(quiet).waitFor()
      await faultless(page, `day ${look}`)
    }
  })

  test('say it on a phone, where a quiet time without posts stands once', async () => {
    for (const screen of [screens.phone, screens['phone-dark']]) {
      const { page } = await stage.visitAs(exampleOwner, screen)
      await page.goto(calendar('list'))
      await page.getByText(/^Holiday: National Holiday, Germany, /).waitFor()
      const days = page.locator('.ca-list-day', { hasText: 'Before the figures' })
      expect(await days.locator('h3').allTextContents()).toHaveLength(2)
      await faultless(page, screen === screens.phone ? 'phone' : 'phone dark')
    }
  })
})
