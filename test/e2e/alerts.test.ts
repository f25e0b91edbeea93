// Journey: something unusual begins, is looked at with its band and answered; its issue is handled and closed; a launch is announced; a topic is
// watched more quietly.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { newId } from '../../src/lib/ids.ts'
import { watchSpikes } from '../../src/listening/alerts/watch-spikes.ts'
import { picture } from './browser.ts'
import { describeJourney } from './describe-journey.ts'
import { exampleOwner } from './example.ts'
import { judgePage, looks } from './judge-page.ts'
import { type Stage, setStage } from './stage.ts'

const minute = 60_000
const day = 1440 * minute

describeJourney('alerts', () => {
  const stage = setStage()

  test('are empty at first, then tell what began; it is answered, and the list says so', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen/alerts')
    await page.getByText('Nothing unusual').waitFor()
    await page.getByText('Nothing was heard yet.').waitFor()
    if (process.env.PICTURES) await picture(page, 'alerts-empty')
    await raiseSpike(stage)
    await page.reload()
    await page.getByText(/mentions in \d+ minutes; .* are expected/).waitFor()
    await page.getByText('Watching', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'The lighthouse tent' }).click()
    await page.getByRole('heading', { name: 'The lighthouse tent: many mentions at once', level: 1 }).waitFor()
    await page.getByText('Shaded: the range in which four of five such windows lie').waitFor()
    await page.getByLabel('What it is').fill('A test in a magazine')
    await page.getByRole('button', { name: 'Real', exact: true }).click()
    await page.getByText(/answered real/).waitFor()
    if (process.env.PICTURES) await picture(page, 'alert')
    await page.getByRole('combobox', { name: 'Alerts' }).click()
    await page.getByRole('option', { name: 'Quiet' }).click()
    await page.getByText('Only what is unmistakable.').waitFor()
    await page.getByRole('link', { name: 'Alerts', exact: true }).first().click()
    await page.getByText('Answered: Real', { exact: true }).waitFor()
    await page.getByText('0 of 1 answered were false: 0\u00a0%').waitFor()
    if (process.env.PICTURES) await picture(page, 'alerts')
  })

  test('an issue is opened from the alert, taken up, written into and closed; closing is undone', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen/issues')
    await page.getByText('No issue', { exact: true }).waitFor()
    if (process.env.PICTURES) await picture(page, 'issues-empty')
    await page.getByRole('link', { name: 'Alerts', exact: true }).click()
    await page.getByRole('link', { name: 'The lighthouse tent' }).click()
    await page.getByRole('button', { name: 'Open an issue' }).click()
    await page.getByRole('heading', { name: /^The lighthouse tent: /, level: 1 }).waitFor()
    await page.getByText(/mentions in \d+ minutes/).waitFor()
    await page.getByLabel('What was found or done').fill('The shop knows of it')
    // By the keyboard alone: the next stop is the button, and Enter presses it.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('The shop knows of it').waitFor()
    await page.getByRole('button', { name: 'Take it up' }).click()
    await page.getByText('Being handled').waitFor()
    await page.getByRole('button', { name: 'Close it' }).click()
    await page.getByRole('menuitem', { name: /^Over/ }).click()
    await page.getByRole('button', { name: 'Open it again' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('opened it again').waitFor()
    if (process.env.PICTURES) await picture(page, 'issue')
    await page.getByRole('link', { name: 'Issues', exact: true }).first().click()
    await page.getByText(/1 alert · 0 mentions attached/).waitFor()
    if (process.env.PICTURES) await picture(page, 'issues')
  })

  test('a launch is announced and taken back', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/listen/alerts')
    await page.getByRole('button', { name: 'Announce something' }).click()
    const form = page.getByRole('dialog', { name: 'What will be talked of' })
    await form.getByRole('button', { name: 'Announce it' }).click()
    await form.getByText('When does it begin?').waitFor()
    if (process.env.PICTURES) await picture(page, 'alerts-announce')
    await form.getByLabel('Name', { exact: true }).fill('The new jacket')
    await form.getByLabel('Begins').fill('2027-03-01T09:00')
    await form.getByLabel('Is over').fill('2027-02-01T09:00')
    await form.getByRole('button', { name: 'Announce it' }).click()
    await form.getByText('It ends before it begins.').waitFor()
    await form.getByLabel('Is over').fill('2027-03-03T18:00')
    await form.getByLabel('How many times the usual').fill('3')
    await form.getByRole('button', { name: 'Announce it' }).click()
    await page.getByText('3 times the usual').waitFor()
    await page.getByRole('button', { name: 'Take back The new jacket' }).click()
    await page.getByText('A launch that is announced here raises no alarm.').waitFor()
  })

  test('read well, wide and on a phone, light and dark', async () => {
    for (const look of looks) {
      const { page } = await stage.visitAs(exampleOwner, look.screen)
      await page.goto('/o/harbour-outdoor/listen/alerts')
      await page.getByRole('link', { name: 'The lighthouse tent' }).waitFor()
      expect(await judgePage(page, `alerts ${look.width}`, look)).toEqual([])
      await page.getByRole('link', { name: 'The lighthouse tent' }).click()
      await page.getByText('How grave').waitFor()
      expect(await judgePage(page, `alert ${look.width}`, look)).toEqual([])
      await page.goto('/o/harbour-outdoor/listen/issues')
      await page.getByRole('link', { name: /^The lighthouse tent: / }).waitFor()
      expect(await judgePage(page, `issues ${look.width}`, look)).toEqual([])
      await page.getByRole('link', { name: /^The lighthouse tent: / }).click()
      await page.getByRole('list', { name: 'Timeline' }).waitFor()
      expect(await judgePage(page, `issue ${look.width}`, look)).toEqual([])
    }
  })
})

/** Four weeks of the usual and ten lively minutes, then one look at them. */
async function raiseSpike({ example, database }: Stage): Promise<void> {
  const org = example.org.id
  const now = Math.floor(Date.now() / minute) * minute
  const [network, settings] = ['mastodon', JSON.stringify({ server: 'example.org' })]
  const topic = await example.call('POST', `/orgs/${org}/topics`, {
    name: 'The lighthouse tent',
    kind: 'product',
    query: '"lighthouse tent"',
  })
  await asSystem(database.db, async (tx) => {
    const [reader, begins] = [newId(), new Date(now - 28 * day)]
    await sql`insert into readers (id, connector, kind, settings, answered_at, created_at)
      values (${reader}, ${network}, 'stream', ${settings}::jsonb, ${new Date()}, ${begins})`.execute(tx)
    await sql`insert into sources (org_id, id, connector, kind, name, settings, reader_id, created_at, created_by)
      select ${org}, ${newId()}, ${network}, 'stream', 'Public', ${settings}::jsonb, ${reader}, ${begins}, id from members
        where org_id = ${org} limit 1`.execute(tx)
    await sql`insert into topic_minutes (org_id, topic, network, at, total, negative, positive, judged)
      select ${org}, t.number, ${network}, m, n, n / 5, 0, n from topics t, (select m, (case when m >= ${new Date(now - 10 * minute)} then 14
          else 1 + (extract(epoch from m)::bigint / 60 * 7919) % 3 end)::integer as n
        from generate_series(${begins}::timestamptz, ${new Date(now - minute)}::timestamptz, interval '1 minute') m) s
      where t.org_id = ${org} and t.id = ${(topic as { id: string }).id}`.execute(tx)
  })
  const quiet = { info: () => {}, warn: console.warn, error: console.error }
  const queue = { send: async () => {}, work: async () => {}, stop: async () => {} }
  const mailer = { available: false, send: async () => {} }
  await watchSpikes(
    { db: database.db, log: quiet, clock: () => new Date(), queue, mailer, publicUrl: example.address } as never,
    org,
  )
}
