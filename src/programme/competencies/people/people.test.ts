// Who has which competency, by what, and until when; buddies and what that takes them: over HTTP on a real database.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../../test/world/app.ts'
import { inOrg } from '../../../db/tx.ts'
import { newId } from '../../../lib/ids.ts'
import { skillsOf } from '../store.ts'
import { tellEndingCertificates } from './certify.ts'

let now = new Date('2027-06-16T10:00:00Z')
let world: TestApp
let owner: TestSession
let ada: TestSession
let ben: TestSession
let ids: Record<string, string> = {}
beforeAll(async () => {
  world = await testApp({ clock: () => now, mail: true })
  owner = await world.as('owner')
  ada = await world.as('contributor')
  ben = await world.as('contributor')
  await owner.call('POST', path, { name: 'X', ambition: 'presence', beginsOn: '2027-06-14' })
  const { rungs } = (await owner.call('GET', `${path}/ladder`)).body
  ids = Object.fromEntries(rungs.map(({ key, id }: { key: string; id: string }) => [key, id]))
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const skills = (day: string) => inOrg(world.services.db, owner.orgId, (tx) => skillsOf(tx, owner.orgId, day))

describe('a certificate', () => {
  const give = (more: object) =>
    owner.call('POST', `${path}/certificates`, {
      ...{ competencyId: ids.answering, memberId: ada.memberId, how: 'training', proofId: newId(), ...more },
    })
  const train = async (more: object = {}) =>
    (
      await owner.call('POST', '/orgs/{org}/trainings', {
        ...{ memberId: ada.memberId, topic: 'Angry guests', trainer: 'Kim', givenOn: '2027-06-01', ...more },
      })
    ).body.id as string

  test('rests on a training that counts, and never counts longer', async () => {
    expect(refusalOf(await give({}))).toEqual([422, 'training-does-not-count', 'proofId'])
    const undrilled = await train({ drill: { exercises: 3, pass: 2 } })
    expect(refusalOf(await give({ proofId: undrilled }))).toEqual([422, 'training-does-not-count', 'proofId'])
    const bens = await train({ memberId: ben.memberId })
    expect(refusalOf(await give({ proofId: bens }))).toEqual([422, 'proof-not-theirs', 'proofId'])
    const given = await give({ proofId: await train({ until: '2027-12-31' }), until: '2029-01-01' })
    expect(given.status).toBe(201)
    expect(given.body.certificates).toMatchObject([
      { competency: 'Answering', member: { id: ada.memberId }, until: '2027-12-31', state: 'counts' },
    ])
    expect(given.body.certificates[0].evidence).toMatchObject({ topic: 'Angry guests', trainer: 'Kim' })
    expect(refusalOf(await give({ memberId: newId() }))).toEqual([422, 'member-unknown', 'memberId'])
  })

  test('or on what somebody else saw, never on one’s own word', async () => {
    const said = 'Wrote three posts that people wanted to read.'
    const observe = (outcome: string) =>
      ben.call('POST', `${path}/ladder/${ids.publishing}/observations`, { memberId: ada.memberId, outcome, said })
    const { id: notYet } = (await observe('not-yet')).body
    const by = (proofId: string) => give({ competencyId: ids.publishing, how: 'observation', proofId })
    expect(refusalOf(await by(notYet))).toEqual([422, 'proof-not-theirs', 'proofId'])
    const { id } = (await observe('holds')).body
    const open = (await owner.call('GET', `${path}/certificates`)).body.proofs
    expect(open.map(({ how, says }: { how: string; says: string }) => [how, says])).toContainEqual([
      'observation',
      said,
    ])
    expect((await by(id)).body.certificates[0]).toMatchObject({
      competency: 'Publishing',
      evidence: { said },
      until: null,
    })
    expect((await ada.call('POST', `${path}/certificates`, {})).status).toBe(403)
  })

  test('is a skill for plans, as long as it counts', async () => {
    expect((await skills('2027-06-16')).get(ada.memberId)).toEqual(['answering', 'publishing'])
    expect((await skills('2028-01-01')).get(ada.memberId)).toEqual(['publishing'])
    expect((await skills('2027-06-16')).get(ben.memberId)).toBe(undefined)
  })

  test('is taken back and given again; before it ends its person is told once', async () => {
    const [{ id }] = (await owner.call('GET', `${path}/certificates`)).body.certificates
    expect((await owner.call('POST', `${path}/certificates/${id}/end`)).body.certificates[0].state).toBe('ended')
    expect((await skills('2027-06-16')).get(ada.memberId)).toEqual(['answering'])
    expect((await owner.call('POST', `${path}/certificates/${id}/resume`)).body.certificates[0].state).toBe('counts')
    const told = async () =>
      (
        await world.database.owner.query(
          `select member_id from notifications where kind = 'certificate-ending' and org_id = $1`,
          [owner.orgId],
        )
      ).rows.map(({ member_id }: { member_id: string }) => member_id)
    await tellEndingCertificates(world.services)
    expect(await told()).toEqual([])
    now = new Date('2027-12-10T10:00:00Z')
    await tellEndingCertificates(world.services)
    await tellEndingCertificates(world.services)
    expect((await told()).sort()).toEqual([ada.memberId, owner.memberId].sort())
  })

  test('is none of another organisation', async () => {
    const stranger = await world.as('owner', world.theirs)
    const [{ id }] = (await owner.call('GET', `${path}/certificates`)).body.certificates
    expect((await stranger.call('POST', `${path}/certificates/${id}/end`)).status).toBe(404)
  })
})

describe('a buddy', () => {
  const pair = (noviceId: string, buddyId: string) => owner.call('POST', `${path}/buddies`, { noviceId, buddyId })

  test('is at the side of whoever is new; one each, and not everybody at once', async () => {
    const alone = async () =>
      (await owner.call('GET', `${path}/buddies`)).body.alone.map(({ id }: { id: string }) => id) as string[]
    expect(await alone()).toContain(ben.memberId)
    expect(await alone()).not.toContain(ada.memberId)
    expect(refusalOf(await pair(ben.memberId, ben.memberId))).toEqual([422, 'own-buddy', 'buddyId'])
    expect((await pair(ben.memberId, ada.memberId)).body.loads).toMatchObject([
      { buddy: { id: ada.memberId }, novices: 1, minutesWeekly: 30, ceiling: null },
    ])
    expect(await alone()).not.toContain(ben.memberId)
    expect(refusalOf(await pair(ben.memberId, owner.memberId))).toEqual([409, 'has-a-buddy', 'noviceId'])
    expect(refusalOf(await pair(owner.memberId, ben.memberId))).toEqual([422, 'buddy-is-new', 'buddyId'])
    expect(refusalOf(await pair(ada.memberId, owner.memberId))).toEqual([422, 'novice-is-a-buddy', 'noviceId'])
  })

  test('carries three at most; ended and taken up again', async () => {
    const more = [await world.as('contributor'), await world.as('contributor'), await world.as('contributor')]
    for (const { memberId } of more.slice(0, 2)) expect((await pair(memberId, ada.memberId)).status).toBe(201)
    const refused = await pair(more[2]!.memberId, ada.memberId)
    expect(refusalOf(refused)).toEqual([422, 'buddy-has-enough', 'buddyId'])
    expect(refused.body.data.params).toMatchObject({ requirement: 'R0-24' })
    const [{ id }] = (await owner.call('GET', `${path}/buddies`)).body.pairs
    expect((await owner.call('POST', `${path}/buddies/${id}/end`)).body.pairs).toHaveLength(2)
    expect((await pair(more[2]!.memberId, ada.memberId)).status).toBe(201)
    expect(refusalOf(await owner.call('POST', `${path}/buddies/${id}/resume`))[1]).toBe('buddy-has-enough')
  })
})
