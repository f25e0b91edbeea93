// Weekly listening briefs: one draft for a week whoever makes it, figures, one mail each, reading by a link without signing in, reminders, undo.

import { Hono } from 'hono'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SmtpServer, startSmtp } from '../../../test/servers/smtp.ts'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { mondayOf } from '../../lib/days.ts'
import { createMailer } from '../../lib/mail.ts'
import { storeMentions } from '../mentions/store-write.ts'
import { mentionOf } from '../mentions/test-mentions.ts'
import { mountBriefReading } from './doors.ts'
import { draftDueBriefs } from './draft-briefs.ts'
import { weekText, weekToBrief } from './rules.ts'
import { remindReaders, sendDueBriefs } from './send-mails.ts'
import { takeUnreminded } from './store.ts'

/** A Monday morning in Berlin, while it is Sunday in UTC. */
let now = new Date('2026-11-29T23:30:00Z')
let app: TestApp
let smtp: SmtpServer
let manager: TestSession
let reader: TestSession
let door: Hono
const base = '/orgs/{org}/listening/briefs'

beforeAll(async () => {
  smtp = await startSmtp()
  app = await testApp({
    clock: () => now,
    mailer: createMailer({ smtpUrl: smtp.url, mailFrom: 'Longrun <longrun@example.org>' }),
    publicUrl: 'https://longrun.example',
  })
  manager = await app.as('manager')
  reader = await app.as('viewer')
  door = new Hono()
  mountBriefReading(door, app.services)
  await manager.call('POST', '/orgs/{org}/topics', { name: 'Kettle', kind: 'product', query: 'kettle' })
  const said = (id: string, at: string, change: object = {}) =>
    mentionOf(app.ours, { id, text: `About the kettle ${id}`, at: new Date(at), ...change }, { heardAt: now })
  await asSystem(app.database.db, (tx) =>
    storeMentions(tx, [
      said('before', '2026-11-22T22:59:00Z'),
      said('first', '2026-11-22T23:00:00Z'),
      said('last', '2026-11-29T22:59:00Z'),
      said('after', '2026-11-29T23:00:00Z'),
      said('again', '2026-11-25T10:00:00Z', { kind: 'repost', repostOf: 'first' }),
    ]),
  )
})
afterAll(async () => {
  await app?.close()
  await smtp?.stop()
})

test('weeks begin on Mondays', () => {
  expect(mondayOf('2026-11-29')).toBe('2026-11-23')
  expect(mondayOf('2026-11-30')).toBe('2026-11-30')
  expect(weekToBrief('2026-11-30')).toBe('2026-11-23')
  expect(weekText('2026-11-30')).toBe('30 November – 6 December 2026')
})

test('two workers at once make one draft, with the figures of the organisation’s week', async () => {
  await Promise.all([draftDueBriefs(app.services), draftDueBriefs(app.services)])
  const { body } = await reader.call('GET', base)
  expect(body.items).toHaveLength(1)
  const brief = (await reader.call('GET', `${base}/${body.items[0].id}`)).body
  expect(brief).toMatchObject({ week: '2026-11-23', state: 'draft', zone: 'Europe/Berlin' })
  expect(brief.figures.topics).toMatchObject([{ name: 'Kettle', total: 3, before: 1, share: 1 }])
  expect(brief.figures.shared).toMatchObject([{ shares: 1, text: 'About the kettle first' }])
  const told = await inOrg(app.database.db, app.ours, (tx) =>
    tx.selectFrom('notifications').select('member_id').where('kind', '=', 'listening-brief-drafted').execute(),
  )
  expect(told.map(({ member_id }) => member_id)).toContain(manager.memberId)
  expect(told.map(({ member_id }) => member_id)).not.toContain(reader.memberId)
  expect((await manager.call('POST', base)).body.id).toBe(brief.id)
})

test('it is written, published once to its readers, and mailed once to each by two workers', async () => {
  const [line] = (await reader.call('GET', base)).body.items
  const { id, revision } = (await reader.call('GET', `${base}/${line.id}`)).body
  const publish = (seen: number) => manager.call('POST', `${base}/${id}/publish`, { revision: seen })
  expect((await publish(revision)).body.data.code).toBe('brief-without-words')
  const words = { revision, heard: 'People speak of the lid.', learnt: 'It leaks.', next: 'We ask the makers.' }
  expect((await reader.call('PATCH', `${base}/${id}`, words)).status).toBe(403)
  expect((await manager.call('PATCH', `${base}/${id}`, words)).status).toBe(200)
  expect((await manager.call('PATCH', `${base}/${id}`, words)).body.data.code).toBe('edited-elsewhere')
  expect((await publish(revision + 1)).body.data.code).toBe('brief-without-readers')
  const readers = { revision: revision + 1, readerIds: [reader.memberId, manager.memberId] }
  await manager.call('PATCH', `${base}/${id}`, readers)
  const published = await Promise.all([publish(revision + 2), publish(revision + 2)])
  expect(published.map(({ status }) => status).sort()).toEqual([200, 409])
  await Promise.all([sendDueBriefs(app.services), sendDueBriefs(app.services)])
  expect(smtp.letters.map(({ to }) => to).sort()).toEqual([manager.email, reader.email].sort())
  const letter = smtp.letters.find(({ to }) => to === reader.email)!
  expect(letter.mail.subject).toBe('Listening brief, 23 – 29 November 2026')
  expect(letter.mail.text).toContain('People speak of the lid.')
  expect(letter.mail.text).toContain('Kettle: 3 (1 in the week before)')
})

const linkIn = (to: string): string =>
  /https:\/\/longrun\.example(\/listening-briefs\/read\/[\w-]+)/.exec(
    smtp.letters.find((letter) => letter.to === to)!.mail.text!,
  )![1]!

test('a scanner that opens the link reads nothing; the button does, without signing in; nothing can be guessed', async () => {
  const link = linkIn(reader.email)
  const page = await door.request(link)
  expect(await page.text()).toContain('I have read it')
  await door.request(link, { method: 'HEAD' })
  const { id } = (await manager.call('GET', base)).body.items[0]
  const receipts = async () => (await manager.call('GET', `${base}/${id}`)).body.receipts
  expect(await receipts()).toMatchObject([{ readAt: null, mail: 'sent' }, { readAt: null }])
  expect(await (await door.request(link, { method: 'POST' })).text()).toContain('Thank you')
  const first = await receipts()
  expect(first[0]).toMatchObject({ member: { id: reader.memberId }, readBy: 'link', readAt: now.toISOString() })
  await door.request(link, { method: 'POST' })
  expect(await receipts()).toEqual(first)
  // Whoever looks waits for nobody who writes, and nobody who writes waits for them.
  const seen = await inOrg(app.database.db, app.ours, async (tx) => {
    await tx.selectFrom('listening_briefs').select('id').where('id', '=', id).forUpdate().execute()
    return (await door.request(link)).text()
  })
  expect(seen).toContain('Thank you')
  const broken = `${link.slice(0, -2)}${link.endsWith('AA') ? 'BB' : 'AA'}`
  for (const method of ['GET', 'POST']) {
    const answer = await door.request(broken, { method })
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain('Ours')
  }
})

test('who said nothing is reminded once, by whichever worker; what is taken back asks for nothing', async () => {
  const { id } = (await manager.call('GET', base)).body.items[0]
  const mails = (change: object, kind = 'brief') =>
    asSystem(app.database.db, (tx) =>
      tx.updateTable('listening_brief_mails').set(change).where('kind', '=', kind).where('brief_id', '=', id).execute(),
    )
  now = new Date(now.getTime() + 4 * 86_400_000)
  // Nobody is reminded of a mail that is not there yet, or has come just now.
  const remindable = () =>
    asSystem(app.database.db, async (tx) => {
      const taken = await takeUnreminded(tx, new Date(now.getTime() - 3 * 86_400_000), now)
      await sql`update listening_brief_readers set reminded_at = null`.execute(tx)
      return taken.length
    })
  const before = await asSystem(app.database.db, (tx) =>
    tx.selectFrom('listening_brief_mails').select('settled_at').executeTakeFirstOrThrow(),
  )
  await mails({ state: 'waiting', due_at: now, settled_at: null })
  expect(await remindable()).toBe(0)
  await mails({ state: 'sent', due_at: null, settled_at: now })
  expect(await remindable()).toBe(0)
  await mails({ settled_at: before.settled_at })
  expect(await remindable()).toBe(1)
  await Promise.all([remindReaders(app.services), remindReaders(app.services)])
  await sendDueBriefs(app.services)
  await remindReaders(app.services)
  await sendDueBriefs(app.services)
  expect(smtp.letters.slice(2).map(({ to, mail }) => [to, mail.subject])).toEqual([
    [manager.email, 'Reminder: listening brief, 23 – 29 November 2026'],
  ])
  expect((await manager.call('POST', `${base}/${id}/withdraw`, { reason: 'A wrong figure' })).body.state).toBe(
    'withdrawn',
  )
  expect((await door.request(linkIn(manager.email), { method: 'POST' })).status).toBe(410)
  expect((await manager.call('POST', `${base}/${id}/read`)).body.data.code).toBe('brief-not-so')
  expect((await manager.call('POST', `${base}/${id}/put-back`)).body.state).toBe('published')
  const read = (await manager.call('POST', `${base}/${id}/read`)).body
  expect(read).toMatchObject({ read: 2, readers: 2 })
  const other = await app.as('manager')
  expect((await other.call('POST', `${base}/${id}/read`)).body.data.code).toBe('not-a-reader')
  await sendDueBriefs(app.services)
  expect(smtp.letters).toHaveLength(3)
  // A reminder that a withdrawal kept back waits again, like the brief itself.
  await mails({ state: 'waiting', due_at: now, settled_at: null }, 'reminder')
  await manager.call('POST', `${base}/${id}/withdraw`, { reason: 'Another wrong figure' })
  const states = () =>
    asSystem(app.database.db, (tx) =>
      tx.selectFrom('listening_brief_mails').select('state').where('kind', '=', 'reminder').execute(),
    )
  expect(await states()).toEqual([{ state: 'left-out' }])
  await manager.call('POST', `${base}/${id}/put-back`)
  expect(await states()).toEqual([{ state: 'waiting' }])
})

test('a department that is gone stays in the draft and keeps nobody from writing; none that is not there is added', async () => {
  now = new Date(now.getTime() + 7 * 86_400_000)
  const draft = (await manager.call('POST', base)).body
  const owner = await app.as('owner')
  const gone = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Kettles' })).body
  const change = async (facts: object) => {
    const { revision } = (await manager.call('GET', `${base}/${draft.id}`)).body
    return manager.call('PATCH', `${base}/${draft.id}`, { revision, ...facts })
  }
  expect((await change({ departmentIds: [gone.id] })).status).toBe(200)
  await asSystem(app.database.db, (tx) => tx.deleteFrom('departments').where('id', '=', gone.id).execute())
  const words = { heard: 'People speak of steam.', departmentIds: [gone.id], readerIds: [reader.memberId] }
  expect((await change(words)).status).toBe(200)
  expect((await change({ departmentIds: [crypto.randomUUID()] })).body.data.code).toBeDefined()
})
