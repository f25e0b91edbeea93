// Guards: the head of forty people in seven departments sees load and risk on one page; alarms are answered, and that is undone.

import { test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { addColleague, type Colleague } from './people.ts'
import { dayAhead } from './posts.ts'
import { eventually, type Stage, setStage } from './stage.ts'

const departments = ['Accounting', 'HR', 'Marketing', 'Product', 'Sales', 'Service', 'Workshop']

describeJourney('the guards', () => {
  let head: Colleague
  const stage = setStage({}, async (own) => {
    await fill(own)
    head = await addColleague(own.example, 'manager', 'department-head')
    await own.database.owner.query(
      `update members set department_id = (select id from departments where name = 'Marketing') where department_id is null`,
    )
  })

  test('show load and risk of forty people in seven departments on one page', async () => {
    const { page } = await stage.visitAs(head)
    await page.goto('/o/harbour-outdoor/programme')
    await page.getByRole('link', { name: 'Guards' }).click()
    await page.getByText('No alarm is open').waitFor()
    const service = page.getByRole('row', { name: /^Service/ })
    await service.getByText('Act').waitFor()
    await service.getByText('one person above the ceiling').waitFor()
    for (const name of departments) await page.getByRole('cell', { name, exact: true }).first().waitFor()
    await page
      .getByRole('figure', { name: 'Who did the work of the last weeks' })
      .getByText('The others together')
      .waitFor()
    // Whose they are is nobody's business here.
    await eventually(() => page.getByRole('heading', { name: 'People' }).count()).toBe(0)
    await page.getByRole('heading', { name: 'Marathon or sprint' }).waitFor()
    for (const look of looks) {
      await takeScreen(page, look.screen)
      await page.evaluate(() => window.scrollTo(0, 0))
      await eventually(() => judgePage(page, 'guards of seven departments', look, { dark: true, rules: true })).toEqual(
        [],
      )
    }
  })

  test('raise alarms that say what to do, on Today too; they are answered, and that is undone', async () => {
    const { page } = await stage.visitAs(exampleOwner, screens.phone)
    await page.goto('/o/harbour-outdoor/programme/guards')
    await page.getByRole('button', { name: 'Look now' }).click()
    const alarm = page.getByRole('listitem', { name: /Person 5 does 700 minutes in a week/ })
    await alarm.getByText('Hand some of the next sessions to somebody else').waitFor()
    await page.goto('/o/harbour-outdoor/today')
    await page
      .getByText(/Person 5 does 700 minutes in a week/)
      .first()
      .waitFor()
    await page.getByRole('link', { name: 'Answer' }).first().click()

    await alarm.getByRole('button', { name: 'Not a problem' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Answer' }).click()
    await page.getByText('A sentence that says why is needed.').waitFor()
    await page.getByRole('textbox', { name: 'Why' }).fill('The fair was this week; the next two are free.')
    await page.getByRole('dialog').getByRole('button', { name: 'Answer' }).click()
    await alarm.getByText('called it no problem').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await alarm.getByRole('button', { name: 'Later' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Put it off' }).click()
    await alarm.getByText('called it put off').waitFor()
    await alarm.getByRole('button', { name: 'Take the answer back' }).click()
    await alarm.getByRole('button', { name: 'Done' }).click()
    await alarm.getByText('called it dealt with').waitFor()
    await page.goto('/o/harbour-outdoor/programme/guards')
    await page.getByRole('link', { name: 'Figures of the rules' }).click()
    await page.getByText('guard-rails by convention, not injury science').waitFor()
    await page.getByText('Everything is as it came').waitFor()
    await page.getByRole('button', { name: 'Change ceiling' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('In minutes').fill('9000')
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Two of us do this full time.')
    await dialog.getByRole('button', { name: 'Change it' }).click()
    await dialog.getByText('Between 30 and 3600 minutes').waitFor()
    await dialog.getByLabel('In minutes').fill('1200')
    await dialog.getByRole('button', { name: 'Change it' }).click()
    await page.getByRole('list', { name: 'Changes of figures' }).getByText('600 minutes → 1,200 minutes').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('1,200 minutes → 600 minutes').waitFor()
    await page.evaluate(() => window.scrollTo(0, 0))
    const small = looks.find(({ width }) => width === 'phone')!
    await eventually(() => judgePage(page, 'figures of the rules', small, { dark: true, rules: true })).toEqual([])
    await page.goto('/o/harbour-outdoor/programme/guards')
    const phone = looks.find(({ width }) => width === 'phone')!
    await page.evaluate(() => window.scrollTo(0, 0))
    await eventually(() => judgePage(page, 'guards with an alarm', phone, { dark: true, rules: true })).toEqual([])
  })
})

/** Forty people who did something last week, one of them too much. */
async function fill({ example: { call, org }, database }: Stage): Promise<void> {
  const path = `/orgs/${org.id}`
  await call('POST', `${path}/programme`, { name: 'The long run', ambition: 'succeed', beginsOn: lastMonday() })
  const ids: string[] = []
  for (const name of departments) ids.push((await call<{ id: string }>('POST', `${path}/departments`, { name })).id)
  await database.owner.query(
    `with people as (
       insert into users (id, name, email) select gen_random_uuid(), 'Person ' || n, 'person' || n || '@example.org' from generate_series(1, 40) n
         returning id, name),
     joined as (
       insert into members (org_id, id, user_id, role, department_id, created_at)
         select $1, gen_random_uuid(), id, 'contributor', ($2::uuid[])[1 + split_part(name, ' ', 2)::integer % 7], now() - interval '200 days' from people
         returning id, user_id)
     insert into time_entries (org_id, id, member_id, activity, on_day, minutes, how, items, note, noted_at)
       select $1, gen_random_uuid(), j.id, 'short-post', $3::date - 7 * week - day,
           case when p.name = 'Person 5' and week = 0 and day = 2 then 586 else 10 + 7 * day + split_part(p.name, ' ', 2)::integer % 5 end, 'typed', 1, '', now()
         from joined j join people p on p.id = j.user_id, generate_series(0, 5) week, generate_series(2, 5) day`,
    [org.id, ids, lastMonday()],
  )
}

/** The Monday of this week: what lies before it is last week. */
const lastMonday = (): string => {
  const ago = Array.from({ length: 7 }, (_, days) => dayAhead(-days))
  return ago.find((day) => new Date(`${day}T00:00Z`).getUTCDay() === 1)!
}
