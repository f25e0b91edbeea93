// Objections on the real database: who objects is gone at once, also while their words are being stored, and is left alone from then on.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asSystem, inOrg } from '../../db/tx.ts'
import { mentionId } from '../mentions/identity.ts'
import { storeMentions } from '../mentions/store-write.ts'
import { mentionOf } from '../mentions/test-mentions.ts'
import {
  annId,
  app,
  as,
  bring,
  day,
  hear,
  later,
  manySpeak,
  mentions,
  network,
  now,
  owner,
  people,
  said,
  samplesOf,
  useGround,
} from './ground.testing.ts'
import { removeFrom, whileNobodyObjects, whileNobodyStores } from './objections.ts'
import { scoreAuthors } from './score.ts'
import { deleteAuthor, insertObjection } from './store.ts'

useGround()

const objectFor = (id: string) => owner.call('POST', `/orgs/{org}/listening/people/${id}/object`)

const somebodyWaits = () =>
  expect
    .poll(
      async () => {
        const waiting = `select from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`
        return (await app.database.owner.query(waiting)).rowCount
      },
      { timeout: 10_000, interval: 20 },
    )
    .toBeGreaterThan(0)

test('who objects is gone at once, is not stored again, and speaks without a name from then on', async () => {
  await manySpeak()
  const { removed } = (await owner.call('POST', `/orgs/{org}/listening/people/${annId}/object`)).body
  expect(removed).toBe(12)
  expect(await mentions(`?author=${annId}`)).toEqual([])
  expect(await samplesOf(annId)).toEqual([])
  const before = (await mentions()).length
  // Brought again by another way: it was said before.
  await hear(said('s0', 'I love this kettle, wonderful', { at: new Date(now.getTime() - 2 * day) }))
  expect(await mentions()).toHaveLength(before)
  later(60_000)
  await hear(said('new', 'Still a kettle', { at: new Date(now), url: 'https://example.org/ann/new' }))
  const [nameless] = await mentions('?q=still')
  expect(nameless).toMatchObject({ author: null, url: null, text: 'Still a kettle' })
  const whole = await inOrg(app.services.db, app.ours, (tx) => tx.selectFrom('mentions').selectAll().execute())
  expect(JSON.stringify(whole)).not.toContain('did:plc:ann')
  expect(await samplesOf(annId)).toEqual([])
  await scoreAuthors(app.services, app.ours)
  const entry = (await people()).find(({ objectedAt }: { objectedAt: string | null }) => objectedAt)
  expect(entry).toMatchObject({ name: null, handle: null, state: 'do-not-contact' })
  expect((await people()).some(({ id }: { id: string }) => id === annId)).toBe(false)
  const events = (await owner.call('GET', '/orgs/{org}/events?limit=5')).body.items
  expect(JSON.stringify(events)).not.toContain('did:plc')
  expect((await owner.call('DELETE', `/orgs/{org}/listening/people/${entry.id}/objection`)).status).toBe(204)
  await hear(said('again', 'Kettle again', { at: new Date(now) }))
  expect((await mentions('?q=again'))[0].author).toMatchObject({ id: annId })
})

test('what they say later is taken back at its network under its own id, and nobody is asked for their name', async () => {
  await manySpeak()
  await objectFor(annId)
  const known = () =>
    asSystem(app.services.db, (tx) => tx.selectFrom('heard_authors').select('id').where('id', '=', annId).execute())
  expect(await known()).toEqual([])
  later(60_000)
  await hear(said('later', 'Still a kettle', { at: new Date(now) }))
  expect(await mentions('?q=still')).toHaveLength(1)
  expect(await known()).toEqual([])
  await bring({ type: 'removed', id: 'later' })
  expect(await mentions('?q=still')).toEqual([])
})

/** Somebody objects; `work` begins before that is carried out, and must wait for it. */
async function whileAnnObjects<Result>(work: () => Promise<Result>): Promise<Result> {
  const { begun } = await asSystem(app.services.db, async (tx) => {
    await whileNobodyStores(tx)
    const started = { begun: work() }
    await somebodyWaits()
    await insertObjection(tx, app.ours, annId, network, now)
    await deleteAuthor(tx, app.ours, annId)
    await removeFrom(tx, app.ours, annId)
    return started
  })
  return begun
}

const everythingStored = () =>
  inOrg(app.services.db, app.ours, async (tx) => [
    ...(await tx.selectFrom('mentions').selectAll().execute()),
    ...(await tx.selectFrom('authors').select(['id', 'handle', 'name']).where('objected_at', 'is', null).execute()),
  ])

test('what is read at the same moment waits, and is stored without their name', async () => {
  await manySpeak()
  await whileAnnObjects(() => hear(said('now', 'One more kettle', { at: new Date(now.getTime() + 1) })))
  expect(JSON.stringify(await everythingStored())).not.toContain('did:plc:ann')
})

test('what is written down at the same moment waits too', async () => {
  const facts = { id: crypto.randomUUID(), channel: 'shop', text: 'A kettle', author: 'Kim', at: now.toISOString() }
  const made = await whileAnnObjects(() => owner.call('POST', '/orgs/{org}/listening/captures', facts))
  expect(made.status).toBe(201)
})

test('whoever is spotted at the same moment is not there any more', async () => {
  await hear(said('one', 'A kettle'))
  const spotted = await whileAnnObjects(() => owner.call('POST', `/orgs/{org}/listening/people/${annId}/spot`))
  expect(spotted.status).toBe(404)
  expect(JSON.stringify(await everythingStored())).not.toContain(annId)
})

test('whoever is ranked at the same moment is not spotted again', async () => {
  await manySpeak()
  later(day)
  await whileAnnObjects(() => scoreAuthors(app.services, app.ours))
  const ids = (await people()).map(({ id }: { id: string }) => id)
  expect(ids).toContain(mentionId(network, as('bo').id))
  expect(ids).not.toContain(annId)
})

test('an objection waits for what is being stored and takes it away too; meanwhile it holds nothing that they need who store', async () => {
  await manySpeak()
  const { objecting } = await asSystem(app.services.db, async (tx) => {
    await whileNobodyObjects(tx)
    const heard = { ...said('being stored', 'A kettle'), author: as('ann') }
    await storeMentions(tx, [mentionOf(app.ours, heard, { network, heardAt: new Date(now) })])
    const started = { objecting: objectFor(annId) }
    await somebodyWaits()
    const free = await sql`select from authors where org_id = ${app.ours} and id = ${annId} for update nowait`.execute(
      tx,
    )
    expect(free.rows).toHaveLength(1)
    return started
  })
  expect((await objecting).body).toEqual({ removed: 13 })
  expect(await mentions(`?author=${annId}`)).toEqual([])
})
