// Sessions as people meet them: what is done and moved on Today, presence and calendars, and a week that is planned anew.

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { addColleague, alwaysAtWork } from './people.ts'
import { thisMonday } from './posts.ts'
import { eventually, setStage } from './stage.ts'

describeJourney('sessions', () => {
  const stage = setStage({}, async ({ example: { call, org, address } }) => {
    const path = `/orgs/${org.id}`
    const lead = await addColleague({ call, org, address } as never, 'manager')
    for (const { member } of await call<{ member: { id: string } }[]>('GET', `${path}/work`))
      await call('PATCH', `${path}/work/${member.id}`, { hours: alwaysAtWork })
    await call('POST', `${path}/programme`, { name: 'The long run', ambition: 'succeed', beginsOn: thisMonday() })
    const lines = [
      { id: 'short', channel: null, every: 1, unit: 'working-day', slots: [{ anyOf: [{ activity: 'short-post' }] }] },
      {
        id: 'two',
        channel: null,
        every: 1,
        unit: 'week',
        slots: [{ anyOf: [{ activity: 'status-update' }] }, { anyOf: [{ activity: 'group-reply' }] }],
      },
      { id: 'video', channel: 'blog', every: 2, unit: 'week', slots: [{ anyOf: [{ activity: 'blog-post' }] }] },
    ]
    await call('POST', `${path}/programme/plan`, { lines, reason: 'What two people can do', after: null })
    await call('PUT', `${path}/programme/time/ceiling`, { minutesWeekly: 400 })
    await lead.call('PUT', `${path}/programme/time/ceiling`, { minutesWeekly: 400 })
  })

  test('that fit into the minutes there are are done by one tap, undone, left out and moved', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/today')
    const part = page.getByRole('region', { name: 'Your sessions' })
    await part.getByRole('button', { name: '5 min', exact: true }).click()
    await part.getByText('Nothing fits into 5 minutes').waitFor()
    await part.getByRole('button', { name: '60 min' }).click()
    const done = part
      .getByRole('list', { name: 'It fits now' })
      .getByRole('button', { name: /^Done: / })
      .first()
    const name = (await done.getAttribute('aria-label'))!.slice('Done: '.length)
    await done.click()
    await part.getByText('Done today: 1 session').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await part.getByText('Done today').waitFor({ state: 'hidden' })

    await part
      .getByRole('button', { name: `More: ${name}` })
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Start the timer' }).click()
    await part.getByRole('group', { name: 'Your timer' }).getByRole('button', { name: 'Done' }).click()
    await page.getByLabel('Minutes, if the timer is wrong').fill('7')
    await page.getByRole('button', { name: 'Write it down' }).click()
    await part.getByText('Done today: 1 session, 7 minutes.').waitFor()

    const next = part.getByRole('button', { name: /^More: / }).first()
    await next.click()
    await page.getByRole('menuitem', { name: 'Leave it out …' }).click()
    await page.getByRole('button', { name: 'Leave it out' }).last().click()
    await page.getByText('A word or two that say why are needed.').waitFor()
    await page.getByLabel('Why').fill('Nothing to say')
    await page.getByRole('button', { name: 'Leave it out' }).last().click()
    await page.getByRole('button', { name: 'Undo' }).last().click()

    await lookAtAll(page, 'today')
    await takeScreen(page, screens.wide)
    await page.getByRole('link', { name: 'Your week' }).click()
    await page.getByRole('heading', { name: 'Week', exact: true }).waitFor()
    await page.getByText('7 done').first().waitFor()
    await turnWeek(page)
    const line = page.getByRole('button', { name: /^More: / }).first()
    await line.click()
    await page.getByRole('menuitem', { name: 'Another day …' }).click()
    const day = page.getByRole('dialog').getByRole('textbox', { name: 'Day' })
    const stood = await day.inputValue()
    await day.fill('2020-01-06')
    await page.getByRole('button', { name: 'Move it' }).click()
    await page.getByText('This day is over.').waitFor()
    await day.fill(new Date(Date.parse(stood) + 2 * 86_400_000).toISOString().slice(0, 10))
    await page.getByRole('button', { name: 'Move it' }).click()
    await page.getByText('Moved', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.getByText('Moved', { exact: true }).waitFor({ state: 'hidden' })
    await lookAtAll(page, 'week')
  })

  test('count as presence, and have an address for calendars that is renewed and ended', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme/attendance')
    await page.getByText('There on 1 of 1 expected day.').first().waitFor()
    await page.getByRole('figure', { name: 'Presence of twelve weeks' }).waitFor()
    await lookAtAll(page, 'attendance')
    await takeScreen(page, screens.wide)
    await page.goto('/o/harbour-outdoor/programme/week')
    // What stands above it is there: it moves no more.
    await page.getByRole('list', { name: 'Days of A manager' }).waitFor()
    await page.getByRole('button', { name: 'Make an address' }).click()
    const address = page.getByRole('textbox', { name: 'Address' })
    const first = await address.inputValue()
    expect((await fetch(first)).headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    await page.getByRole('button', { name: 'Make a new address' }).click()
    await eventually(() => address.inputValue()).not.toBe(first)
    expect((await fetch(first)).status).toBe(404)
    await page.getByRole('button', { name: 'End the address' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
    await page.getByRole('button', { name: 'Make an address' }).waitFor()
  })

  test('are made anew when somebody is ill, and the manager reads what changed', async () => {
    const manager = { name: 'A manager', email: 'manager@example.org', password: 'another long password' }
    const { page } = await stage.visitAs(manager, screens.wide)
    await page.goto('/o/harbour-outdoor/programme/week')
    await page.getByRole('heading', { name: 'Everybody’s days' }).waitFor()
    const owner = page.getByRole('list', { name: 'Days of Owner' })
    await owner.waitFor()
    const { call, org } = stage.example
    const [own] = await call<{ member: { id: string; name: string } }[]>('GET', `/orgs/${org.id}/work`).then((all) =>
      all.filter(({ member }) => member.name === 'Owner'),
    )
    await call('POST', `/orgs/${org.id}/absences`, {
      ...{ memberId: own!.member.id, reason: 'A knee' },
      ...{ from: new Date().toISOString(), to: new Date(Date.now() + 21 * 86_400_000).toISOString() },
    })
    await page.reload()
    await eventually(() => page.getByText('Whoever may do it is away').count()).toBeGreaterThan(0)
    await turnWeek(page)
    await eventually(() => owner.getByText('Away').count()).toBe(7)
    await lookAtAll(page, 'everybody')
  })
})

async function turnWeek(page: Page): Promise<void> {
  const heading = page.getByRole('heading', { name: /^Your week of/ })
  const before = await heading.textContent()
  await page.getByRole('button', { name: 'The week after' }).click()
  await eventually(() => heading.textContent()).not.toBe(before)
}

/** In every look, and in the dark. */
async function lookAtAll(page: Page, name: string): Promise<void> {
  for (const look of looks) {
    await takeScreen(page, look.screen)
    await page.evaluate(() => scrollTo(0, 0))
    await eventually(() => judgePage(page, `sessions ${name}`, look, { dark: true, rules: true })).toEqual([])
  }
}
