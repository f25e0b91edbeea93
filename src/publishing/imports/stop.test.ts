// Imports that end early: stopped by a person, or broken off by what nobody foresaw. Either way the next one can run.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal } from '../../../test/scenarios/world.ts'
import { asSystem } from '../../db/tx.ts'
import { type ImportGround, importGround } from './ground.testing.ts'
import { workOnImport } from './jobs.ts'
import { importRows } from './run-import.ts'

let ground: ImportGround
beforeAll(async () => {
  ground = await importGround()
})
afterAll(() => ground.world.close())

const rowsOf = (words: string, rows: number) =>
  `text,date,account\n${Array.from({ length: rows }, (_, at) => `${words} ${at},2030-06-${String(at + 1).padStart(2, '0')} 10:00,${ground.account.handle}`).join('\n')}`

async function begun(words: string, rows: number): Promise<string> {
  const { body } = await ground.open(ground.owner, rowsOf(words, rows))
  expect((await ground.owner.call('POST', `/orgs/{org}/imports/${body.id}/run`)).status).toBe(200)
  return body.id
}

interface Issue {
  row: number
  code: string
}

test('stopped while it runs: what is made stays and can be undone, the other rows are named, and the next one runs', async () => {
  const { world, owner, stranger, read, undone, postsOf } = ground
  const id = await begun('Stopped', 28)
  expect((await stranger.call('POST', `/orgs/{org}/imports/${id}/stop`)).status).toBe(404)
  const [, answer] = await Promise.all([
    workOnImport(world.app.services, { orgId: owner.orgId, id }),
    expect
      .poll(async () => (await postsOf(id)).length, { interval: 5 })
      .toBeGreaterThan(0)
      .then(() => owner.call('POST', `/orgs/{org}/imports/${id}/stop`)),
  ])
  expect([answer.status, answer.body.state]).toEqual([200, 'stopping'])
  expect(refusal(await owner.call('POST', `/orgs/{org}/imports/${id}/stop`)).slice(0, 2)).toEqual([
    409,
    'import.not-running',
  ])
  // As the job does that the stop asked for, should the first one have been gone already.
  await workOnImport(world.app.services, { orgId: owner.orgId, id })
  const posts = await postsOf(id)
  const it = await read(owner, id)
  expect(it).toMatchObject({ state: 'done', imported: posts.length })
  expect(new Set(it.problems.map(({ code }: Issue) => code))).toEqual(new Set(['import-stopped']))
  expect(
    [...it.problems.map(({ row }: Issue) => row), ...posts.map((post) => post.import_row)].toSorted((a, b) => a - b),
  ).toEqual(Array.from({ length: 28 }, (_, at) => at + 2))
  await begun('The next one', 1).then((next) => importRows(world.app.services, owner.orgId, next))
  expect(await undone(owner, id)).toMatchObject({ state: 'undone', removed: posts.length })
})

test('one that breaks off again and again ends, and keeps nobody waiting', async () => {
  const { world, owner, read } = ground
  const id = await begun('Broken', 3)
  // What nobody foresaw: here a trigger of the database that refuses the second row.
  await world.app.database.owner.query(`
    create function refuse_row() returns trigger language plpgsql as $$ begin
      if new.import_row = 3 then raise exception 'nobody foresaw this'; end if; return new; end $$;
    create trigger refuse_row before update on posts for each row execute function refuse_row()`)
  const job = () => workOnImport(world.app.services, { orgId: owner.orgId, id })
  for (let tries = 1; tries < 5; tries++) {
    await expect(job()).rejects.toThrow('nobody foresaw this')
    expect((await read(owner, id)).state).toBe('running')
  }
  await job()
  const it = await read(owner, id)
  expect(it).toMatchObject({ state: 'done', imported: 2 })
  expect(it.problems).toMatchObject([{ row: 3, code: 'import-broke-off' }])
  await world.app.database.owner.query('drop trigger refuse_row on posts')
  await importRows(world.app.services, owner.orgId, await begun('After it', 1))
  const verbs = await asSystem(world.app.services.db, (tx) =>
    tx.selectFrom('events').select('verb').where('subject_id', '=', id).orderBy('seq').execute(),
  )
  expect(verbs.map(({ verb }) => verb)).toEqual(['import.started', 'import.done', 'import.broke-off'])
})
