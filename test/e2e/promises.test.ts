// Journey: what is promised is written down and tried, somebody complains and nobody answers, and the manager sees to it on a phone.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asSystem } from '../../src/db/tx.ts'
import { climbPromises } from '../../src/inbox/promises/climb.ts'
import { describeJourney } from './describe-journey.ts'
import { connectPractice, exampleOwner } from './example.ts'
import { judgePage, looks, takeScreen } from './judge-page.ts'
import { addColleague, type Colleague } from './people.ts'
import { type Stage, setStage } from './stage.ts'

describeJourney('promises', () => {
  const people: Record<string, Colleague> = {}
  const stage = setStage({}, async ({ example }) => {
    await connectPractice(example, 'lantern')
    people.agent = await addColleague(example, 'contributor', 'agent')
    people.boss = await addColleague(example, 'manager', 'boss')
    const department = await example.call<{ id: string }>('POST', `/orgs/${example.org.id}/departments`, {
      name: 'Service',
    })
    for (const person of Object.values(people))
      await example.call('PATCH', `/orgs/${example.org.id}/members/${await memberId(stage, person.name)}`, {
        departmentId: department.id,
      })
  })

  test('hours and a promise are written down, put in order by keyboard, and tried before anybody relies on them', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/settings/promises')
    await page.getByText('Nothing is promised yet').waitFor()
    expect(await judgePage(page, 'promises, none', looks[0])).toEqual([])
    await page.getByRole('button', { name: 'New hours' }).click()
    await page.getByLabel('Name').fill('Shop hours')
    await page.getByLabel('Monday').fill('9 to noon')
    await page.getByText('Write it like 09:00–17:00').waitFor()
    await page.getByLabel('Monday').fill('9-12, 13-17')
    expect(await judgePage(page, 'hours, being written', looks[0])).toEqual([])
    await page.getByRole('button', { name: 'Save the hours' }).click()
    await page.getByText(/Monday 09:00–12:00 and 13:00–17:00, Tuesday to Friday 09:00–17:00/).waitFor()
    for (const [name, kind] of [
      ['Everybody', null],
      ['Complaints', 'Complaint'],
    ]) {
      await page.getByRole('button', { name: 'New promise' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill(name!)
      if (kind) {
        await dialog.getByRole('combobox', { name: 'What somebody wants' }).press('ArrowDown')
        await page.getByRole('option', { name: kind }).click()
        await dialog.getByLabel('Within').first().fill('1')
        expect(await judgePage(page, 'promise, being written', looks[0])).toEqual([])
      }
      await dialog.getByRole('button', { name: 'Save the promise' }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    await page.getByRole('button', { name: 'Move Complaints up' }).press('Enter')
    await page.getByRole('button', { name: 'Move Complaints up', disabled: true }).waitFor()
    await page.getByText(/Complaint on Friday .* at 16:50, by “Complaints”/).waitFor()
    await page.getByText(/We answer complaints within one opening hour/).waitFor()
    for (const look of looks) {
      const visitor = await stage.visitAs(exampleOwner, look.screen)
      await visitor.page.goto('/o/harbour-outdoor/settings/promises')
      await visitor.page.getByText(/We answer complaints/).waitFor()
      expect(await judgePage(visitor.page, `promises ${look.width}`, look)).toEqual([])
    }
  })

  test('a clock stands still while the last word is ours, and what a promise said before can be read', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/settings/promises')
    await page.getByRole('button', { name: 'Change Complaints' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('combobox', { name: 'How it came' }).press('ArrowDown')
    await page.getByRole('option', { name: 'Reply' }).click()
    await page.keyboard.press('Tab')
    await form.getByRole('button', { name: 'Add: Waiting in all' }).click()
    await form.getByText(/While the last word is ours, it stands still, and goes on afterwards/).waitFor()
    await form.getByRole('combobox', { name: 'When it is opened again, it' }).click()
    await page.getByRole('option', { name: 'begins anew' }).click()
    await form.getByText('Opened again after it was closed, it begins anew.').waitFor()
    expect(await judgePage(page, 'promise with pauses', looks[0])).toEqual([])
    await form.getByRole('button', { name: 'Save the promise' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Versions of Complaints' }).click()
    const versions = page.getByRole('dialog', { name: 'What Complaints said, and when' })
    const second = versions.getByRole('list', { name: 'What version 2 changed' })
    await second.getByText('Applies to: Complaint, Reply (before: Complaint)').waitFor()
    await second
      .getByText(
        'Waiting in all: in 4 hours of opening hours, stands still while we wait for them, begins anew when it is opened again',
      )
      .waitFor()
    await versions.getByText(/^In force since/).waitFor()
    await versions.getByText(/^In force from .* until .*, made by/).waitFor()
    await versions.getByText('First reply: in 1 hour of opening hours').waitFor()
    for (const look of looks) {
      await page.setViewportSize(look.screen)
      expect(await judgePage(page, 'versions of a promise', look)).toEqual([])
    }
  })

  test('a promise that is ended goes, and its history can be read on the page', async () => {
    const { page } = await stage.visitAs(exampleOwner)
    const policy = { name: 'Press', targets: [{ metric: 'first-reply', minutes: 90, hours: 'calendar' }] }
    await stage.example.call('POST', `/orgs/${stage.example.org.id}/promises`, { policy })
    await page.goto('/o/harbour-outdoor/settings/promises')
    await page.getByRole('button', { name: 'End Press' }).click()
    await page.getByRole('button', { name: 'End it' }).click()
    const ended = page.getByRole('list', { name: 'Not promised any more' })
    await ended.getByText('Press').waitFor()
    await ended.getByText(/^Ended by Owner/).waitFor()
    for (const look of looks) {
      await takeScreen(page, look.screen)
      expect(await judgePage(page, 'promises, one ended', look)).toEqual([])
    }
    await ended.getByRole('button', { name: 'Versions of Press' }).press('Enter')
    const versions = page.getByRole('dialog', { name: 'What Press said, and when' })
    await versions.getByText(/^In force from .* until/).waitFor()
  })

  test('a broken promise climbs to the manager, who sees to it on a phone', async () => {
    const { network, call, org } = stage.example
    // In all hours, whenever this test runs.
    const targets = [{ metric: 'first-reply', minutes: 240, hours: 'calendar', dueSoonMinutes: 10 }]
    const before = await call<{ id: string }[]>('GET', `/orgs/${org.id}/promises`)
    for (const { id } of before)
      await call('PUT', `/orgs/${org.id}/promises/${id}`, { policy: { name: 'All hours', targets } })
    network.createAccount('mara')
    const post = network.say('lantern', 'The new lantern is here')
    network.say('mara', 'Mine broke on the first day', { replyTo: post.id })
    await asSystem(stage.database.db, (tx) => tx.updateTable('inbox_readings').set({ due_at: new Date() }).execute())
    const { page } = await stage.visitAs(exampleOwner)
    await page.goto('/o/harbour-outdoor/inbox?view=due')
    await page.getByText(/^Due in 4 hours/).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('combobox', { name: 'Who answers' }).click()
    await page.getByRole('option', { name: people.agent!.name }).click()
    await page.getByText(`gave it to ${people.agent!.name}`).waitFor()
    for (const look of looks) {
      const visitor = await stage.visitAs(exampleOwner, look.screen)
      await visitor.page.goto(
        '/o/harbour-outdoor/inbox/cover?person=' +
          (await memberId(stage, people.agent!.name)) +
          `&from=${today(0)}&until=${today(1)}`,
      )
      await visitor.page.getByText('1 conversation at risk').waitFor()
      expect(await judgePage(visitor.page, `cover ${look.width}`, look)).toEqual([])
    }
    await longAgo(stage, 300)
    await sweep(stage)
    await page
      .getByText(/^Overdue by/)
      .first()
      .waitFor()
    const phone = looks[1]
    const boss = await stage.visitAs(people.boss!, phone.screen)
    await boss.page.goto('/o/harbour-outdoor/today')
    await boss.page.getByRole('button', { name: /notification/i }).click()
    await boss.page.getByText('A promise is broken: somebody waits').first().click()
    await boss.page.getByRole('article', { name: 'Conversation with mara' }).waitFor()
    await boss.page.getByText(new RegExp(`Told: .*${people.boss!.name}`)).waitFor()
    expect(await judgePage(boss.page, 'broken promise', phone)).toEqual([])
    await boss.page.getByRole('button', { name: 'I see to it' }).click()
    await boss.page.getByText(`${people.boss!.name} sees to it`).waitFor()
    expect(await judgePage(boss.page, 'promise that is seen to', phone)).toEqual([])
    // Whoever looks at it elsewhere learns of it without loading the page again.
    await page.getByText(`${people.boss!.name} sees to it`).waitFor()
  })

  test('what stood open and how busy people were is drawn, and can be taken along', async () => {
    for (const look of looks) {
      const visitor = await stage.visitAs(exampleOwner, look.screen)
      await visitor.page.goto('/o/harbour-outdoor/inbox/measures?days=7')
      await visitor.page.getByText('Messages to you').first().waitFor()
      await visitor.page.getByRole('heading', { name: 'How busy people were' }).waitFor()
      await visitor.page.getByRole('combobox', { name: 'What stood open, told apart by' }).click()
      await visitor.page.getByRole('option', { name: 'People' }).click()
      await visitor.page
        .getByRole('figure', { name: 'Conversations that stood open at the end of each hour' })
        .waitFor()
      await visitor.page.getByText(people.agent!.name).first().waitFor()
      const exported = visitor.page.waitForEvent('download')
      await visitor.page.getByRole('button', { name: 'Export CSV' }).nth(1).click()
      expect((await exported).suggestedFilename()).toBe('backlog.csv')
      expect(await judgePage(visitor.page, `inbox measures ${look.width}`, look)).toEqual([])
    }
  })

  test('how many people keep a promise is told from what came', async () => {
    for (const look of looks) {
      const visitor = await stage.visitAs(exampleOwner, look.screen)
      await visitor.page.goto('/o/harbour-outdoor/inbox/staffing')
      await visitor.page.getByText('At work at the same time').waitFor()
      expect(await judgePage(visitor.page, `staffing ${look.width}`, look)).toEqual([])
    }
  })
})

const today = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function memberId({ example }: Stage, name: string): Promise<string> {
  const members = await example.call<{ id: string; name: string }[]>('GET', `/orgs/${example.org.id}/members`)
  return members.find((member) => member.name === name)!.id
}

/** As if all of it had begun so many minutes earlier. */
const longAgo = ({ database }: Stage, minutes: number): Promise<void> =>
  asSystem(database.db, async (tx) => {
    const by = sql`make_interval(mins => ${minutes})`
    await sql`update messages set at = at - ${by}, heard_at = heard_at - ${by}`.execute(tx)
    await sql`update promise_choices set at = at - ${by}`.execute(tx)
    await sql`update conversations set climb_at = now()`.execute(tx)
  })

/** The minute's sweep, now. */
const sweep = ({ database, example }: Stage): Promise<number> =>
  climbPromises({
    ...{ db: database.db, clock: () => new Date(), publicUrl: example.address },
    log: { info: () => {}, warn: () => {}, error: (message, facts) => expect([message, facts]).toBeNull() },
    queue: { send: async () => {}, work: async () => {}, stop: async () => {} },
    mailer: { available: false, send: async () => {}, open: () => Promise.reject(new Error('not here')) as never },
  })
