// Journeys: what accounts tell of the time before Longrun, seen while it is read, where it failed, and in an assessment.

import { expect, test } from 'vitest'
import { screens } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { setStage } from './stage.ts'

describeJourney('what accounts tell of their past', () => {
  const held = { harbour: '', blog: '' }
  const stage = setStage({}, async ({ example }) => {
    held.harbour = (await connectPractice(example, 'harbour')).id
    held.blog = (await connectPractice(example, 'blog')).id
    for (const id of Object.values(held)) await stand(id, '')
  })

  /** Where a reading stands, which the clock alone brings forward: nobody can wait for that here. */
  async function stand(account: string, how: string): Promise<void> {
    const { database, example } = stage
    await database.owner.query(
      `insert into history_readings (org_id, account_id, id, since, began_at, due_at)
        values ($1, $2, gen_random_uuid(), now() - interval '13 weeks', now(), now() + interval '1 day')
        on conflict (org_id, account_id) do update set due_at = excluded.due_at, lease_number = history_readings.lease_number + 1,
          ended_at = null, known_from = null, failure_kind = null, failure_code = null`,
      [example.org.id, account],
    )
    if (how !== '') await database.owner.query(`update history_readings set ${how} where account_id = $1`, [account])
  }

  const tell = (account: string, days: readonly number[]) =>
    stage.database.owner.query(
      `insert into history_items (org_id, account_id, kind, remote_id, at, written_by)
        select $1, $2, 'post', 'p' || n, now() - make_interval(days => n), case when n % 3 = 0 then 'ben' else 'kim' end from unnest($3::integer[]) n`,
      [stage.example.org.id, account, days],
    )
  const ended = 'ended_at = now(), known_from = since'

  test('is said while it goes on, comes by itself when it is there, and says what to do where it failed', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme')
    await page.getByRole('heading', { name: 'What your accounts tell' }).waitFor()
    const line = (name: string) => page.getByRole('listitem').filter({ hasText: name })
    await line('harbour').getByText('Longrun is reading what it published').waitFor()
    await stand(held.blog, "failure_kind = 'forbidden', failure_code = 'missing-scope'")
    await tell(held.harbour, [70, 63, 56, 49, 42, 35, 28, 21, 14])
    await stand(held.harbour, ended)
    await line('harbour')
      .getByText('9 posts and 0 replies that went out without Longrun. 2 people wrote them.')
      .waitFor()
    await line('blog').getByText('A permission is missing.').waitFor()
    await line('blog').getByRole('link', { name: 'Look at blog' }).click()
    await page.getByRole('heading', { name: 'blog', level: 1 }).waitFor()
  })

  test('stands beside what people think, and what is new since then is said apart', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/programme')
    await page.getByRole('button', { name: 'See where you stand' }).click()
    await page.getByRole('button', { name: 'Show what the weeks say' }).click()
    await page.getByText('Your accounts name 2 people who wrote; one of them').waitFor()
    await page.getByText('9 posts and 0 replies that went out without Longrun.').waitFor()
    expect(await page.getByRole('heading', { name: 'New since then' }).count()).toBe(0)
    await stand(held.blog, `${ended}, has_replies = false`)
    await page.reload()
    await page.getByRole('heading', { name: 'New since then' }).waitFor()
    await page.getByText('nothing went out without Longrun. How many replies there were it cannot tell.').waitFor()
    const faults: string[] = []
    for (const look of looks) {
      await takeScreen(page, look.screen)
      await page.evaluate(() => scrollTo(0, 0))
      faults.push(...(await judgePage(page, 'past-of-accounts', look)))
    }
    expect(faults).toEqual([])
    await takeScreen(page, screens.wide)
  })
})
