// Files, letters, webhooks and open pages while walls go up and come down around them: what was on its way to somebody outside does not arrive.

import { describe, expect, test } from 'vitest'
import { createFakeConnector } from '../../src/connectors/fake/index.ts'
import { asSystem } from '../../src/db/tx.ts'
import { sendDelivery } from '../../src/events/deliver.ts'
import { fanOutEvents } from '../../src/events/fan-out.ts'
import { mailNotification } from '../../src/events/jobs.ts'
import { network, owner, world } from '../../src/inbox/ground.testing.ts'
import type { Mail } from '../../src/lib/mail.ts'
import { mediaFile } from '../../src/media/actions.ts'
import { forgetRemoved } from '../../src/media/removal.ts'
import { startWorker } from '../../src/publishing/delivery/worker.ts'
import type { TestSession } from '../world/app.ts'
import {
  aFile,
  departments,
  everything,
  fileStatus,
  hr,
  people,
  said,
  secret,
  streams,
  useWalls,
} from './walls-ground.ts'
import { aDepartment, aMember } from './walls-world.ts'

useWalls()

const wall = async (id: string, walled: boolean) => {
  const { status, body } = await owner.call('PUT', `/orgs/{org}/departments/${id}/wall`, { walled })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const listed = async (by: TestSession, id: string): Promise<boolean> =>
  (await by.call('GET', '/orgs/{org}/media?limit=200')).body.items.some((each: { id: string }) => each.id === id)
const handTo = (by: TestSession, id: string, departmentId: string | null) =>
  by.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId, note: 'For you' })
const deliver = async () => {
  const worker = startWorker(
    {
      services: everything(),
      connectorOf: () => createFakeConnector(),
      media: (orgId, id, wish) => mediaFile(everything(), orgId, id, wish),
    },
    { pollMs: 20 },
  )
  await worker.idle()
  await worker.stop()
}

describe('files', () => {
  test('follow their conversation behind a wall, and out again with the wall that comes down', async () => {
    const admin = people.get('admin of service')!
    const id = await said('sara', departments.service, 'See my picture')
    const file = await aFile(admin, id, 'lantern')
    expect([await fileStatus(owner, file.id), await listed(owner, file.id)]).toEqual([[200, 200], true])
    await handTo(admin, id, departments.hr)
    expect([await fileStatus(admin, file.id), await listed(admin, file.id)]).toEqual([[404, 404], false])
    expect([await fileStatus(hr, file.id), await listed(hr, file.id)]).toEqual([[200, 200], true])
    const told = async (by: TestSession) =>
      JSON.stringify((await by.call('GET', '/orgs/{org}/events?verb=media.*&limit=200')).body)
    expect([(await told(owner)).includes(file.id), (await told(hr)).includes(file.id)]).toEqual([false, true])
    await wall(departments.hr, false)
    expect([await fileStatus(owner, file.id), await listed(owner, file.id)]).toEqual([[200, 200], true])
    await wall(departments.hr, true)
    expect([await fileStatus(owner, file.id), await listed(owner, file.id)]).toEqual([[404, 404], false])
    await handTo(hr, id, departments.service)
    expect(await fileStatus(owner, file.id)).toEqual([200, 200])
  })

  test('that a post uses are everybody’s from then on', async () => {
    const id = await said('tom', departments.service, 'A picture for your page')
    const file = await aFile(owner, id, 'shared')
    const post = { content: { segments: [{ text: 'Look', media: [file] }] }, variants: [] }
    expect((await owner.call('POST', '/orgs/{org}/posts', post)).status).toBe(201)
    await handTo(owner, id, departments.hr)
    expect([await fileStatus(owner, file.id), await listed(owner, file.id)]).toEqual([[200, 200], true])
  })

  test('many at once are told of apart: those behind the wall to those behind it', async () => {
    const lead = people.get('leads HR')!
    const id = await said('uma', departments.hr, 'Two pictures')
    const [walled, open] = [await aFile(lead, id), await aFile(lead, null, 'open')]
    const tagged = { ids: [walled.id, open.id], addTags: [secret], removeTags: [] }
    expect((await lead.call('POST', '/orgs/{org}/media/arrange', tagged)).status).toBe(200)
    const events = JSON.stringify((await owner.call('GET', '/orgs/{org}/events?verb=media.arranged')).body)
    expect([events.includes(open.id), events.includes(walled.id)]).toEqual([true, false])
    const { body: tags } = await owner.call('GET', '/orgs/{org}/media-tags')
    expect(tags.find(({ tag }: { tag: string }) => tag === secret)).toMatchObject({ files: 1 })
    await lead.call('POST', '/orgs/{org}/media/arrange', { ...tagged, addTags: [], removeTags: [secret] })
  })

  test('an answer behind a wall goes out with a file of the library that somebody outside removed without seeing it used', async () => {
    const id = await said('vera', departments.hr, 'Send me the map')
    const file = await aFile(owner, null, 'map')
    const answer = await hr.call('POST', `/orgs/{org}/conversations/${id}/answers`, {
      text: 'Here it is',
      media: [file],
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const inUse = await people.get('leads HR')!.call('POST', '/orgs/{org}/media/remove', { ids: [file.id] })
    expect(inUse.body).toEqual({ removed: [], inUse: [file.id] })
    expect((await owner.call('DELETE', `/orgs/{org}/media/${file.id}`)).status).toBe(200)
    await deliver()
    expect(network.posts()).toContainEqual(expect.objectContaining({ text: 'Here it is' }))
    const { body } = await hr.call('GET', `/orgs/{org}/conversations/${id}/answers`)
    expect(body.items).toMatchObject([{ state: 'published' }])
  })

  test('of a conversation that goes are removed with it, and for nobody else to find', async () => {
    const id = await said('will', departments.hr, 'Forget me')
    const file = await aFile(hr, id)
    await asSystem(world.services.db, (tx) => tx.deleteFrom('conversations').where('id', '=', id).execute())
    for (const by of [owner, hr]) expect(await fileStatus(by, file.id)).toEqual([404, 404])
    expect((await owner.call('POST', `/orgs/{org}/media/${file.id}/restore`)).status).toBe(404)
    const row = () =>
      asSystem(world.services.db, (tx) =>
        tx.selectFrom('media').select('removed_at').where('id', '=', file.id).executeTakeFirst(),
      )
    expect((await row())!.removed_at).not.toBeNull()
    const later = { ...everything(), clock: () => new Date(Date.now() + 400 * 86_400_000) }
    await forgetRemoved(later)
    expect(await row()).toBeUndefined()
  })
})

describe('what was on its way when a wall came up', () => {
  const deliveries = (id: string) =>
    world.database.owner.query(
      "select id, webhook_id, due_at, tries, last_error from webhook_deliveries where body->'subject'->>'id' = $1",
      [id],
    )

  test('a webhook is not told any more, its log says why, and nobody sends it by hand', async () => {
    const id = await said('xaver', departments.service, 'A word about my lantern')
    await owner.call('POST', `/orgs/{org}/conversations/${id}/notes`, { note: 'before the wall' })
    await fanOutEvents(everything(), world.ours)
    const [due] = (await deliveries(id)).rows
    expect(due).toMatchObject({ tries: 0, last_error: null, due_at: expect.any(Date) })
    await handTo(owner, id, departments.hr)
    await sendDelivery(everything(), { orgId: world.ours, deliveryId: due.id })
    expect((await deliveries(id)).rows).toMatchObject([{ tries: 0, due_at: null, last_error: 'behind-wall' }])
    const admin = await aMember('admin', departments.hr)
    const path = `/orgs/{org}/webhooks/${due.webhook_id}/deliveries`
    expect((await admin.call('GET', path)).body.items).toContainEqual(
      expect.objectContaining({ id: due.id, lastError: 'behind-wall', dueAt: null }),
    )
    expect(JSON.stringify((await owner.call('GET', path)).body)).not.toContain(id)
    const again = await admin.call('POST', `${path}/${due.id}/again`)
    expect(again).toMatchObject({ status: 409, body: { data: { code: 'delivery-behind-wall' } } })
    expect((await owner.call('POST', `${path}/${due.id}/again`)).status).toBe(404)
    await owner.call('PATCH', `/orgs/{org}/members/${admin.memberId}`, { departmentId: null })
  })

  test('a letter goes to those alone who may still know of it', async () => {
    const id = await said('yara', departments.service, 'A letter on its way')
    const sent: Mail[] = []
    const mailer = { ...world.services.mailer, available: true, send: async (mail: Mail) => void sent.push(mail) }
    const letter = (by: TestSession) => ({
      ...{ orgId: world.ours, memberId: by.memberId, subject: 'It waits', text: 'A letter on its way' },
      about: { kind: 'conversation', id },
    })
    const send = (by: TestSession) => mailNotification.run({ ...world.services, mailer }, letter(by))
    await send(owner)
    await handTo(owner, id, departments.hr)
    await send(owner)
    await send(hr)
    expect(sent.map(({ to }) => to)).toEqual([owner.email, hr.email])
  })

  test('pages that are open learn that it went, and nothing after', async () => {
    const accounting = await aDepartment('Accounting', false)
    const id = await said('zoe', accounting, 'Before there was a wall')
    const member = await aMember('contributor', accounting)
    const stream = streams.find((each) => each.name === 'viewer')!
    const count = () => stream.ids.filter((each) => each === id).length
    const { id: open } = (await owner.call('GET', '/orgs/{org}/conversations')).body.items.find(
      (each: { id: string }) => each.id !== id,
    )
    const caughtUp = async () => {
      const seen = stream.ids.length
      await owner.call('POST', `/orgs/{org}/conversations/${open}/notes`, { note: 'for everybody' })
      await expect.poll(() => stream.ids.slice(seen)).toContain(open)
    }
    await caughtUp()
    const told = count()
    await wall(accounting, true)
    await caughtUp()
    expect(count()).toBe(told + 1)
    await member.call('POST', `/orgs/{org}/conversations/${id}/notes`, { note: secret })
    await caughtUp()
    expect(count()).toBe(told + 1)
    await wall(accounting, false)
    await caughtUp()
    expect(count()).toBe(told + 2)
  })
})

test('somebody who is invited behind a wall, and then joins, is made known to those inside', async () => {
  const lead = people.get('leads HR')!
  const invite = { email: 'new.one@example.org', role: 'contributor', departmentId: departments.hr }
  const { status, body } = await owner.call('POST', '/orgs/{org}/invitations', invite)
  expect(status, JSON.stringify(body)).toBe(201)
  const newest = async (by: TestSession) => (await by.call('GET', '/orgs/{org}/notifications')).body.items[0]
  expect(await newest(lead)).toMatchObject({ kind: 'walled-department-invited', facts: { email: invite.email } })
  const secretOf = new URL(body.link).pathname.split('/').at(-1)
  const joined = await world.call('POST', `/invitations/${secretOf}/accept`, {
    name: 'Nora New',
    password: 'a long and good password',
  })
  expect(joined.status, JSON.stringify(joined.body)).toBeLessThan(300)
  expect(await newest(lead)).toMatchObject({ kind: 'walled-department-joined', facts: { name: 'Nora New' } })
  expect((await newest(people.get('viewer')!))?.kind).not.toBe('walled-department-joined')
  const { body: events } = await owner.call('GET', '/orgs/{org}/events?verb=member.joined')
  expect(events.items[0].facts).toMatchObject({ departmentId: departments.hr })
})

test('where nobody behind the wall may approve, the writer knows it before, and who can change it learns of it once', async () => {
  const legal = await aDepartment('Legal', true)
  const writer = await aMember('contributor', legal)
  const { body: all } = await owner.call('GET', '/orgs/{org}/departments')
  const approvers = (id: string) => all.find((each: { id: string }) => each.id === id).approverCount
  expect([approvers(legal), approvers(departments.hr)]).toEqual([0, expect.any(Number)])
  expect(approvers(departments.hr)).toBeGreaterThan(0)
  await owner.call('PUT', '/orgs/{org}/answer-rules', { leastChanged: 1, approval: 'untrained' })
  const path = async (name: string) =>
    `/orgs/{org}/conversations/${await said(name, legal, `About the ${secret}`)}/answers`
  const [one, other] = [await path('anton'), await path('berta')]
  expect((await writer.call('GET', one)).body).toMatchObject({ needsApproval: true, nobodyApproves: true })
  for (const at of [one, other]) {
    const { body } = await writer.call('POST', at, { text: `We know of the ${secret}` })
    expect(body).toMatchObject({ state: 'in-review' })
  }
  const told = (await owner.call('GET', '/orgs/{org}/notifications')).body.items.filter(
    ({ kind }: { kind: string }) => kind === 'walled-department-without-approver',
  )
  expect(told).toMatchObject([{ facts: { name: 'Legal' }, subject: { kind: 'department', id: legal } }])
  expect(JSON.stringify(told)).not.toContain(secret)
  // With an approver inside it goes the usual way.
  const approver = await aMember('approver', legal)
  expect((await writer.call('GET', one)).body).toMatchObject({ needsApproval: true, nobodyApproves: false })
  await writer.call('POST', await path('carl'), { text: 'And of this' })
  expect((await approver.call('GET', '/orgs/{org}/notifications')).body.items[0]).toMatchObject({
    kind: 'answer-waits',
  })
  await owner.call('PUT', '/orgs/{org}/answer-rules', { leastChanged: 1, approval: 'nobody' })
})
