// Contacts over HTTP on the real database: found by name, put together and apart by people with undo, and what is kept of them.

import { expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'
import { wordsOf } from './words.ts'

const by = (id: string, name: string) => ({ id, handle: id, name, url: null, followers: null })

useInbox(() =>
  keep([
    saying(saidOf('1', { author: by('anna.m', 'Anna Müller') })),
    saying(saidOf('2', { author: by('anna.work', 'Anna Müller'), at: new Date(start.getTime() + minute) })),
    saying(saidOf('3', { author: by('zoe', 'Zoë Ångström') })),
  ]),
)

const list = async (query = '') => (await owner.call('GET', `/orgs/{org}/contacts${query}`)).body.items
const of = async (handle: string) =>
  (await list()).find(({ identities }: { identities: { handle: string }[] }) =>
    identities.some((each) => each.handle === handle),
  )
const post = (id: string, path: string, body: object = {}) =>
  owner.call('POST', `/orgs/{org}/contacts/${id}/${path}`, body)
const conversationsOf = async (id: string) =>
  (await owner.call('GET', `/orgs/{org}/conversations?state=all&contactId=${id}`)).body.items.length

test('they stand by name, and pages neither skip nor repeat', async () => {
  const all = await list()
  expect(all.map(({ name }: { name: string }) => name)).toEqual(['Anna Müller', 'Anna Müller', 'Zoë Ångström'])
  const first = await owner.call('GET', '/orgs/{org}/contacts?limit=1')
  const rest = await owner.call('GET', `/orgs/{org}/contacts?limit=5&cursor=${first.body.nextCursor}`)
  expect([...first.body.items, ...rest.body.items].map(({ id }) => id)).toEqual(all.map(({ id }: { id: string }) => id))
})

test.each([
  ['mül', 2],
  ['anna work', 1],
  ['ångs', 1],
  ['ANNA', 2],
  ['ller', 0],
  ['anna zoë', 0],
])('whoever seeks %s finds %i', async (q, count) => {
  expect(await list(`?q=${encodeURIComponent(q)}`)).toHaveLength(count)
})

test('words are split where letters and numbers end', () => {
  expect(wordsOf('Anna-Lena O’Neill', '@al_99')).toEqual(['anna', 'lena', 'o', 'neill', 'al', '99'])
  expect(wordsOf(null, undefined, '')).toEqual([])
})

test('a guess is shown and never carried out; merged by a person, split, and each taken back', async () => {
  const [one, other] = [await of('anna.m'), await of('anna.work')]
  const alike = await owner.call('GET', `/orgs/{org}/contacts/${one.id}/suggestions`)
  expect(alike.body).toMatchObject([{ id: other.id, because: 'name' }])
  expect(await list()).toHaveLength(3)
  await post(other.id, 'notes', { text: 'Works for the harbour' })
  await post(other.id, 'tags', { tag: 'press' })
  const merged = await post(one.id, 'merge', { contactId: other.id })
  expect(merged.body).toMatchObject({
    identities: [{ handle: 'anna.m' }, { handle: 'anna.work' }],
    notes: [{ text: 'Works for the harbour' }],
    tags: [{ tag: 'press' }],
    moves: [{ kind: 'merged', fromId: other.id, toId: one.id, undoneAt: null }],
  })
  expect([await conversationsOf(one.id), await conversationsOf(other.id)]).toEqual([2, 0])
  expect((await owner.call('GET', `/orgs/{org}/contacts/${other.id}`)).status).toBe(404)
  const back = await post(one.id, `moves/${merged.body.moves[0].id}/undo`)
  expect(back.body).toMatchObject({
    id: other.id,
    notes: [{ text: 'Works for the harbour' }],
    tags: [{ tag: 'press' }],
  })
  expect([await conversationsOf(one.id), await conversationsOf(other.id)]).toEqual([1, 1])
  expect((await owner.call('GET', `/orgs/{org}/contacts/${one.id}`)).body).toMatchObject({ notes: [], tags: [] })
  const twice = await post(one.id, `moves/${merged.body.moves[0].id}/undo`)
  expect(twice.body.data).toMatchObject({ code: 'undone-already' })
})

test('what was put together is two persons again, by whom and when', async () => {
  const [one, other] = [await of('anna.m'), await of('anna.work')]
  const merged = (await post(one.id, 'merge', { contactId: other.id })).body
  const work = merged.identities.find(({ handle }: { handle: string }) => handle === 'anna.work')
  const identity = { network: work.network, remoteId: work.remoteId }
  const none = await post(one.id, 'split', {
    identities: merged.identities.map(({ network, remoteId }: typeof identity) => ({ network, remoteId })),
  })
  expect(none).toMatchObject({ status: 409, body: { data: { code: 'nobody-left' } } })
  const wrong = await post(one.id, 'split', { identities: [{ network: 'fake', remoteId: 'nobody' }] })
  expect(wrong.body.data).toMatchObject({ code: 'identity-not-theirs' })
  const split = await post(one.id, 'split', { identities: [identity] })
  expect(split.body).toMatchObject({ name: 'Anna Müller', identities: [{ handle: 'anna.work' }] })
  expect(await conversationsOf(split.body.id)).toBe(1)
  const late = await post(one.id, `moves/${merged.moves[0].id}/undo`)
  expect(late).toMatchObject({ status: 409, body: { data: { code: 'moved-since' } } })
  const together = await post(one.id, `moves/${split.body.moves[0].id}/undo`)
  expect(together.body.identities).toHaveLength(2)
  const log = (await owner.call('GET', '/orgs/{org}/events?verb=contact.*')).body.items
  expect(log.slice(0, 3).map(({ verb }: { verb: string }) => verb)).toEqual([
    'contact.move-undone',
    'contact.split',
    'contact.merged',
  ])
  expect(JSON.stringify(log)).not.toContain('Anna')
})

test('a consent is noted with what for, when and by whom, and stays noted when it is withdrawn', async () => {
  const { id } = await of('zoe')
  const given = { purpose: 'Showing their photo', evidence: 'Mail of today', givenAt: start.toISOString() }
  const noted = await post(id, 'consents', given)
  expect(noted.body.consents).toMatchObject([
    { ...given, by: { id: owner.memberId }, withdrawnAt: null, walled: false },
  ])
  const { id: keptId } = noted.body.consents[0]
  const withdrawn = await post(id, `consents/${keptId}/withdraw`)
  expect(withdrawn.body.consents).toMatchObject([{ ...given, withdrawnBy: { id: owner.memberId } }])
  expect((await post(id, `consents/${keptId}/withdraw`)).body.data).toMatchObject({ code: 'consent-withdrawn' })
  const ahead = new Date('2100-01-01').toISOString()
  expect((await post(id, 'consents', { ...given, givenAt: ahead })).body.data).toMatchObject({
    code: 'consent-in-future',
  })
})

test('a note that is removed has no words left; a tag is given once', async () => {
  const { id } = await of('zoe')
  const { body } = await post(id, 'notes', { text: 'Rang about a lantern' })
  const gone = await owner.call('DELETE', `/orgs/{org}/contacts/${id}/notes/${body.notes[0].id}`)
  expect(gone.body.notes).toEqual([])
  const words = await asSystem(world.services.db, (tx) =>
    tx.selectFrom('contact_notes').select('body').where('id', '=', body.notes[0].id).execute(),
  )
  expect(words).toEqual([{ body: '' }])
  await post(id, 'tags', { tag: 'regular' })
  expect((await post(id, 'tags', { tag: 'regular' })).body.tags).toHaveLength(1)
  expect(await list('?tag=regular')).toMatchObject([{ id, tags: ['regular'] }])
  expect((await owner.call('GET', '/orgs/{org}/contacts/tags')).body).toContain('regular')
})

test('which departments had their conversations is told', async () => {
  const { id } = await of('zoe')
  const { body: service } = await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })
  const [{ id: conversation }] = (await owner.call('GET', `/orgs/{org}/conversations?contactId=${id}`)).body.items
  await owner.call('POST', `/orgs/{org}/conversations/${conversation}/assign`, {
    departmentId: service.id,
    note: 'Yours',
  })
  const told = await owner.call('GET', `/orgs/{org}/contacts/${id}/hand-overs`)
  expect(told.body).toMatchObject([{ conversationId: conversation, from: null, to: 'Service', note: 'Yours' }])
})

test('a viewer reads and changes nothing; another organisation knows nobody', async () => {
  const { id } = await of('zoe')
  const viewer = await world.as('viewer')
  expect((await viewer.call('GET', `/orgs/{org}/contacts/${id}`)).status).toBe(200)
  expect((await viewer.call('POST', `/orgs/{org}/contacts/${id}/notes`, { text: 'x' })).status).toBe(403)
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', '/orgs/{org}/contacts')).body.items).toEqual([])
  expect((await stranger.call('GET', `/orgs/{org}/contacts/${id}`)).status).toBe(404)
  expect((await post(id, 'merge', { contactId: newId() })).body.data).toMatchObject({ code: 'contact-not-found' })
})
