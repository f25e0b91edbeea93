// Listening comes before publishing: advised while a programme goes on and listening is not mastered, set aside with a reason, and gone when it is.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDraft } from '../../../test/world/practice.ts'
import { asSystem, inOrg } from '../../db/tx.ts'
import { addDays, dayIn, mondayOf } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { overrideAdvice, readAdvice, restoreAdvice } from '../../publishing/advice/actions.ts'
import { type Ground, prepareGround } from '../../publishing/ground.testing.ts'
import { schedulePost } from '../../publishing/schedule-post.ts'
import { beginSeries } from '../../publishing/series/begin-series.ts'
import { createPost } from '../../publishing/write-post.ts'
import type { Services } from '../../services.ts'
import { beginProgramme, endProgramme, resumeProgramme } from '../actions.ts'
import { advisePublishing } from './listening-first.ts'

let ground: Ground
let today = ''
beforeAll(async () => {
  ground = await prepareGround()
  today = dayIn(new Date(), 'UTC')
})
afterAll(() => ground.close())

async function aPost(): Promise<string> {
  const { services, caller, account } = ground
  const content = aDraft(`Post ${newId()}`)
  return (await createPost(services, caller, { content, variants: [{ accountId: account, content: null }] })).id
}
const when = (day = 5) => ({ kind: 'at', wall: `${addDays(today, day)}T10:00`, zone: 'UTC' }) as const
const schedule = (id: string, caller = ground.caller) => schedulePost(ground.services, caller, { id, when: when() })
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    ({ code, params }) => [code, params.requirement],
  )
const isOn = async () => (await readAdvice(ground.services, ground.caller))?.isOn ?? null
const scheduled = async (id: string) =>
  (
    await asSystem(ground.database.db, (tx) =>
      tx
        .selectFrom('events')
        .select('facts')
        .where('verb', '=', 'post.scheduled')
        .where('subject_id', '=', id)
        .execute(),
    )
  )[0]?.facts as Record<string, unknown> | undefined

let programme = ''
const facts = () => ({ name: 'The long run', ambition: 'presence' as const, beginsOn: mondayOf(today) })
const reason = 'The shop opens on Monday, and people must know.'

test('without a programme nothing is advised', async () => {
  expect(await isOn()).toBe(null)
  expect(await codeOf(schedule(await aPost()))).toBe(null)
})

test('with one, letting a post go is refused with rule, requirement and a way out; what was let go before may be moved', async () => {
  const before = await aPost()
  await schedule(before)
  programme = (await beginProgramme(ground.services, ground.caller, facts())).id
  expect(await isOn()).toBe(true)
  expect(await codeOf(schedule(await aPost()))).toEqual(['listening-first', 'R0-21'])
  expect(await codeOf(schedule(before))).toBe(null)
  // Whoever only asks for consent asks.
  expect(await codeOf(schedule(await aPost(), { ...ground.caller, role: 'contributor' }))).toBe(null)
})

test('whoever may let posts go publishes all the same, with a reason and for 28 days at most; each post says so', async () => {
  const { services, caller } = ground
  const override = (until: string) => codeOf(overrideAdvice(services, caller, { reason, until }))
  expect(await override(addDays(today, -2))).toEqual(['day-past', undefined])
  expect(await override(addDays(today, 40))).toEqual(['until-too-far', undefined])
  const until = addDays(today, 20)
  const shown = await overrideAdvice(services, caller, { reason, until })
  expect(shown).toMatchObject({ isOn: false, override: { reason, until, by: { id: caller.memberId } } })
  const post = await aPost()
  await schedule(post)
  expect(await scheduled(post)).toMatchObject({ inSpiteOf: 'listening-first' })
  // Afterwards it counts again, and so it does when somebody says so.
  ground.moved.ms = 22 * 86_400_000
  expect(await isOn()).toBe(true)
  ground.moved.ms = 0
  expect((await restoreAdvice(services, caller)).isOn).toBe(true)
})

test('a post that shall repeat is let go too: so it waits as well, unless its posts wait as drafts', async () => {
  const { services, caller } = ground
  const queue = { send: async () => {} } as unknown as Services['queue']
  const begin = async (scheduled: boolean) =>
    beginSeries({ ...services, queue }, caller, {
      ...{ postId: await aPost(), rule: 'FREQ=WEEKLY', wall: `${addDays(today, 3)}T10:00`, zone: 'UTC', scheduled },
    })
  expect(await codeOf(begin(true))).toEqual(['listening-first', 'R0-21'])
  expect(await codeOf(begin(false))).toBe(null)
})

test('it ends with the programme, and with mastery: of the whole organisation, or of one’s own team', async () => {
  const { services, caller, database } = ground
  await endProgramme(services, caller, { id: programme, reason: 'The shop closes for two years.' })
  expect(await isOn()).toBe(null)
  await resumeProgramme(services, caller, { id: programme })
  expect(await isOn()).toBe(true)

  const department = newId()
  await asSystem(database.db, async (tx) => {
    await tx.insertInto('departments').values({ org_id: caller.orgId, id: department, name: 'Service' }).execute()
    await tx.updateTable('members').set({ department_id: department }).where('id', '=', caller.memberId).execute()
  })
  const master = (departmentId: string | null) =>
    inOrg(services.db, caller.orgId, async (tx) => {
      const listening = await tx
        .selectFrom('competencies')
        .select('id')
        .where('org_id', '=', caller.orgId)
        .where('key', '=', 'listening')
        .executeTakeFirstOrThrow()
      const who = { begun_at: new Date(), begun_by: caller.memberId, mastered_at: new Date() }
      await tx
        .insertInto('competency_steps')
        .values({
          ...{ org_id: caller.orgId, id: newId(), programme_id: programme, competency_id: listening.id },
          ...{ department_id: departmentId, ...who },
        })
        .execute()
      await advisePublishing(tx, caller.orgId, new Date())
    })
  await master(department)
  expect(await isOn()).toBe(false)
  await asSystem(database.db, (tx) =>
    tx.updateTable('members').set({ department_id: null }).where('id', '=', caller.memberId).execute(),
  )
  expect(await isOn()).toBe(true)
  await master(null)
  expect(await isOn()).toBe(null)
})
