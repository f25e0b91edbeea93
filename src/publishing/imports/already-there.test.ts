// The same file a second time: what the calendar has already is told, and comes in only when a person says so.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportGround, importGround } from './ground.testing.ts'
import { importRows } from './run-import.ts'

let ground: ImportGround
beforeAll(async () => {
  ground = await importGround()
})
afterAll(() => ground.world.close())

const csv = (rows: string[]) => `text,date,account\n${rows.join('\n')}`
const codes = (found: { issues?: { code: string; level: string; row: number }[] }) =>
  found.issues!.filter(({ code }) => code === 'already-there').map(({ row, level }) => [row, level])

test('is there already: told in the dry run and left out, row by row', async () => {
  const { owner, account, open, change, check, ran, undone, postsOf } = ground
  const at = (day: number, text: string) => `${text},2031-03-0${day} 10:00,${account.handle}`
  const rows = [at(1, 'One'), at(2, 'Two'), 'No time and no account,,']
  const first = (await open(owner, csv(rows))).body
  expect(await ran(owner, first.id)).toMatchObject({ imported: 3 })

  // Other words, another time, another account are something else; so is what nobody has imported.
  const others = [at(1, 'Other words'), at(3, 'One'), 'One,2031-03-01 10:00,', 'No time and no words of that kind,,']
  const second = (await open(owner, csv([...rows, ...others]))).body
  await change(owner, second.id, { as: 'draft' })
  const dry = await check(owner, second.id)
  expect(dry).toMatchObject({ rows: 7, there: 3, good: 4, bad: 0 })
  expect(codes(dry)).toEqual([
    [2, 'error'],
    [3, 'error'],
    [4, 'error'],
  ])
  const done = await ran(owner, second.id)
  expect(done.imported).toBe(4)
  expect(done.problems.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill('already-there'))

  const third = (await open(owner, csv(rows))).body
  await change(owner, third.id, { again: true })
  const meant = await check(owner, third.id)
  expect(meant).toMatchObject({ there: 0, good: 3 })
  expect(codes(meant).map(([, level]) => level)).toEqual(['warning', 'warning', 'warning'])
  expect(await ran(owner, third.id)).toMatchObject({ imported: 3 })

  for (const each of [first, third]) await undone(owner, each.id)
  const fourth = (await open(owner, csv(rows))).body
  expect(await check(owner, fourth.id)).toMatchObject({ there: 0, good: 3 })
  expect(await postsOf(fourth.id)).toEqual([])
})

test('by a person counts too, and of another organisation does not', async () => {
  const { owner, stranger, theirs, account, open, check } = ground
  const made = await owner.call('POST', '/orgs/{org}/posts', {
    content: { segments: [{ text: 'By hand', media: [] }] },
    variants: [{ accountId: account.id }],
  })
  const when = { kind: 'at', wall: '2031-04-01T10:00', zone: 'Europe/Berlin' }
  expect((await owner.call('POST', `/orgs/{org}/posts/${made.body.id}/schedule`, { when })).status).toBe(200)
  const row = (handle: string) => csv([`By hand,2031-04-01 10:00,${handle}`])
  expect(await check(owner, (await open(owner, row(account.handle))).body.id)).toMatchObject({ there: 1, good: 0 })
  expect(await check(stranger, (await open(stranger, row(theirs.handle))).body.id)).toMatchObject({ there: 0, good: 1 })
})

test('cannot be got round by two imports at one time', async () => {
  const { world, owner, account, open, read } = ground
  const rows = csv([`Twice at once,2031-05-01 10:00,${account.handle}`])
  const [one, other] = [(await open(owner, rows)).body, (await open(owner, rows)).body]
  const run = (id: string) => owner.call('POST', `/orgs/{org}/imports/${id}/run`)
  const answers = await Promise.all([run(one.id), run(other.id)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const [begun, waits] = answers[0]!.status === 200 ? [one, other] : [other, one]
  await importRows(world.app.services, owner.orgId, begun.id)
  expect((await read(owner, begun.id)).imported).toBe(1)
  expect((await run(waits.id)).status).toBe(200)
  await importRows(world.app.services, owner.orgId, waits.id)
  expect((await read(owner, waits.id)).imported).toBe(0)
})
