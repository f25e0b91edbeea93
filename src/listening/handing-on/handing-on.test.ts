// What becomes of a mention: a bookmark with tags, a brief with quote and link, a hand-over that waits, tells somebody and can be taken back.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { mentionId } from '../mentions/identity.ts'
import { removeMentions, storeMentions } from '../mentions/store-write.ts'
import { mentionOf } from '../mentions/test-mentions.ts'
import { briefFrom } from './rules.ts'

let app: TestApp
let writer: TestSession
let viewer: TestSession
const [kept, gone] = [mentionId('practice', 'kept'), mentionId('practice', 'gone')]
beforeAll(async () => {
  app = await testApp({ mail: true })
  writer = await app.as('contributor')
  viewer = await app.as('viewer')
  await asSystem(app.database.db, (tx) =>
    storeMentions(tx, [
      mentionOf(app.ours, { id: 'kept', url: 'https://practice.example/kept' }),
      mentionOf(app.ours, { id: 'gone' }),
    ]),
  )
})
afterAll(() => app?.close())

test('a bookmark has tags and a note; what is taken back at its network leaves the note alone', async () => {
  const save = (id: string, body: object) => writer.call('PUT', `/orgs/{org}/saved-mentions/${id}`, body)
  expect((await viewer.call('PUT', `/orgs/{org}/saved-mentions/${kept}`, {})).status).toBe(403)
  expect((await save(kept, { tags: ['lid', 'lid'], note: 'Ask the makers' })).body).toMatchObject({
    mention: { id: kept },
    tags: ['lid'],
    note: 'Ask the makers',
  })
  await save(gone, { tags: ['lid', 'steam'] })
  // What a colleague wrote is shown before somebody writes over it.
  const one = await viewer.call('GET', `/orgs/{org}/saved-mentions?mention=${kept}`)
  expect(one.body.items).toMatchObject([{ mentionId: kept, note: 'Ask the makers' }])
  expect((await viewer.call('GET', '/orgs/{org}/saved-mentions/tags')).body).toEqual([
    { tag: 'lid', count: 2 },
    { tag: 'steam', count: 1 },
  ])
  await asSystem(app.database.db, (tx) => removeMentions(tx, [gone]))
  const { body } = await viewer.call('GET', '/orgs/{org}/saved-mentions?tag=steam')
  expect(body.items).toMatchObject([{ mentionId: gone, mention: null, tags: ['lid', 'steam'] }])
  expect((await writer.call('DELETE', `/orgs/{org}/saved-mentions/${gone}`)).status).toBe(204)
  expect((await save(gone, {})).status).toBe(404)
})

test('it is handed on once, to somebody of the organisation, who is told; taken back it can be handed on again', async () => {
  const hand = (assigneeId: string) =>
    writer.call('POST', `/orgs/{org}/mentions/${kept}/hand-ons`, { kind: 'inbox', reason: 'She waits', assigneeId })
  const stranger = await app.as('owner', app.theirs)
  expect((await hand(stranger.memberId)).body.data.code).toBe('not-in-organisation')
  const both = await Promise.all([hand(viewer.memberId), hand(viewer.memberId)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const told = (await viewer.call('GET', '/orgs/{org}/notifications')).body.items
  const handed = told.filter(({ kind }: { kind: string }) => kind === 'mention-handed-on')
  // No words of the mention, which its author may take back.
  expect(handed.map(({ facts }: { facts: object }) => facts)).toEqual([{ kind: 'inbox', reason: 'She waits' }])
  const waiting = async () => (await viewer.call('GET', '/orgs/{org}/hand-ons')).body.items
  expect(await waiting()).toMatchObject([{ state: 'waiting', reason: 'She waits', assignee: { id: viewer.memberId } }])
  const [{ id }] = await waiting()
  expect((await writer.call('POST', `/orgs/{org}/hand-ons/${id}/take-back`)).body.state).toBe('taken-back')
  expect(await waiting()).toEqual([])
  expect((await writer.call('POST', `/orgs/{org}/hand-ons/${id}/take-back`)).status).toBe(404)
  expect((await hand(viewer.memberId)).status).toBe(201)
})

test('a brief of it has its words as a quote and its address as a link', async () => {
  const { status, body } = await writer.call('POST', `/orgs/{org}/mentions/${kept}/brief`)
  expect(status).toBe(201)
  const brief = (await writer.call('GET', `/orgs/{org}/briefs/${body.briefId}`)).body
  expect(brief).toMatchObject({
    title: 'The lid of the kettle does not close.',
    material: '> The lid of the kettle does not close.\n\nAnn, practice, 2026-11-29',
    links: ['https://practice.example/kept'],
  })
  const long = briefFrom({
    title: null,
    body: 'long '.repeat(9000),
    url: 'ftp://x',
    network: 'n',
    author: null,
    at: new Date(0),
  })
  expect([long.title.length < 90, long.material!.length <= 20_000, long.links]).toEqual([true, true, []])
  const lines = { title: null, body: 'a\n'.repeat(9000), url: null, network: 'n', author: null, at: new Date(0) }
  expect(briefFrom(lines).material!.length).toBeLessThanOrEqual(20_000)
})
