// Imports over HTTP on a real database: dry run, run, what scheduling refuses, undo, and people who edit meanwhile.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf } from '../../../test/scenarios/world.ts'
import { asSystem } from '../../db/tx.ts'
import { type ImportGround, importGround } from './ground.testing.ts'
import { importRows } from './run-import.ts'
import { removeRows } from './undo-import.ts'

let ground: ImportGround
beforeAll(async () => {
  ground = await importGround()
})
afterAll(() => ground.world.close())

const twelveBad = [
  'Text,31/02/2030 10:00,@',
  'Text,tomorrow,@',
  'Text,2030-05-28,@',
  'Text,2030-05-28 25:00,@',
  'Text,2030-03-31 02:30,@',
  ',2030-05-28 10:00,@',
  'Text,2030-05-28 10:00,Nobody',
  'Text,2030-05-28 10:00,@,No such campaign',
  'Text,2030-05-28 10:00,@,,too,many',
  'Text,2020-05-28 10:00,@',
  'Text,,@',
  `${'x'.repeat(1000)},2030-05-28 10:00,@`,
]

describe('an import', () => {
  test('of a hundred rows with twelve bad ones: the dry run names them, the rest is scheduled, an undo takes it back', async () => {
    const { world, owner, account, campaignId, open, change, check, ran, undone, postsOf } = ground
    const rows = Array.from({ length: 100 }, (_, at) => {
      const bad = at % 8 === 3 ? twelveBad[(at - 3) / 8] : undefined
      return (
        bad ??
        `Post ${at},2030-05-${String((at % 28) + 1).padStart(2, '0')} 10:${String(at % 60).padStart(2, '0')},@,Spring fair`
      ).replace('@', account.handle)
    })
    const { status, body } = await open(owner, `text,date,account,campaign\n${rows.join('\n')}\n`)
    expect(status, JSON.stringify(body)).toBe(201)
    expect(body).toMatchObject({ format: 'plain', encoding: 'utf-8', delimiter: ',', rowCount: 100, state: 'open' })
    await change(owner, body.id, { as: 'scheduled' })
    const dry = await check(owner, body.id)
    const bad = Array.from({ length: 12 }, (_, at) => at * 8 + 3 + 2)
    expect([
      ...new Set(
        dry.issues.filter((each: { level: string }) => each.level === 'error').map((each: { row: number }) => each.row),
      ),
    ]).toEqual(bad)
    expect(dry).toMatchObject({ rows: 100, good: 88, bad: 12, unknownAccounts: ['Nobody'] })
    expect(
      dry.issues.filter((each: { level: string }) => each.level === 'error').map((each: { code: string }) => each.code),
    ).toEqual([
      ...[
        'day-does-not-exist',
        'day-not-readable',
        'time-missing',
        'time-not-readable',
        'time-does-not-exist',
        'nothing-to-post',
      ],
      ...['account-unknown', 'name-unknown', 'too-many-cells', 'time-has-passed', 'no-time', 'text.too-long'],
    ])
    expect(await postsOf(body.id)).toHaveLength(0)

    const done = await ran(owner, body.id)
    expect(done).toMatchObject({ state: 'done', imported: 88 })
    expect(done.problems).toHaveLength(12)
    const posts = await postsOf(body.id)
    expect(posts).toHaveLength(88)
    expect(new Set(posts.map((post) => post.state))).toEqual(new Set(['scheduled']))
    expect(posts[0]).toMatchObject({
      due_wall: '2030-05-01T10:00:00',
      due_zone: 'Europe/Berlin',
      campaign_id: campaignId,
      import_row: 2,
    })

    const gone = await undone(owner, body.id)
    expect(gone).toMatchObject({ state: 'undone', removed: 88, kept: [] })
    expect((await postsOf(body.id)).every((post) => post.deleted_at !== null)).toBe(true)
    const waiting = await asSystem(world.app.services.db, (tx) =>
      tx.selectFrom('variants').select('id').where('wake_at', 'is not', null).execute(),
    )
    expect(waiting).toEqual([])
  }, 240_000)

  test('run again after a stop goes on where it was, and makes nothing twice', async () => {
    const { world, owner, account, open, read, postsOf } = ground
    const { body } = await open(
      owner,
      `text,date,account\n${Array.from({ length: 6 }, (_, at) => `Again ${at},2030-06-0${at + 1} 10:00,${account.handle}`).join('\n')}`,
    )
    await owner.call('POST', `/orgs/{org}/imports/${body.id}/run`)
    await Promise.all([
      importRows(world.app.services, owner.orgId, body.id).catch(() => {}),
      importRows(world.app.services, owner.orgId, body.id).catch(() => {}),
    ])
    await importRows(world.app.services, owner.orgId, body.id)
    expect(await postsOf(body.id)).toHaveLength(6)
    expect((await read(owner, body.id)).state).toBe('done')
  })

  test('leaves at an undo what was edited, moved or published since, and says why', async () => {
    const { world, owner, account, open, change, ran, undone, postsOf } = ground
    const { body } = await open(
      owner,
      `text,date,account\n${[1, 2, 3, 4, 5].map((at) => `Kept ${at},2030-07-0${at} 10:00,${account.handle}`).join('\n')}`,
    )
    await change(owner, body.id, { as: 'scheduled' })
    await ran(owner, body.id)
    const [edited, moved, sent, held] = await postsOf(body.id)
    const saved = await owner.call('PATCH', `/orgs/{org}/posts/${edited!.id}`, {
      revision: edited!.revision,
      content: textOf('Edited'),
    })
    expect(saved.status).toBe(200)
    await owner.call('POST', `/orgs/{org}/posts/${moved!.id}/schedule`, {
      when: { kind: 'at', wall: '2030-07-20T10:00', zone: 'UTC' },
    })
    await owner.call('POST', `/orgs/{org}/posts/${sent!.id}/schedule`, { when: { kind: 'now' } })
    world.work()
    await expect
      .poll(async () => (await owner.call('GET', `/orgs/{org}/posts/${sent!.id}`)).body.state, { timeout: 30_000 })
      .toBe('published')
    await world.stopWork()
    await owner.call('POST', `/orgs/{org}/posts/${held!.id}/hold`, { reason: 'Wait' })
    const gone = await undone(owner, body.id)
    expect(gone).toMatchObject({ state: 'undone', removed: 1 })
    expect(gone.kept.map(({ row, code }: { row: number; code: string }) => [row, code])).toEqual([
      ...[
        [2, 'changed'],
        [3, 'changed'],
        [4, 'published'],
        [5, 'held'],
      ],
    ])
  })

  test('undone while somebody edits: each post is edited and stays, or is gone and the edit is told', async () => {
    const { world, owner, account, open, read, ran, postsOf } = ground
    const { body } = await open(
      owner,
      `text,date,account\n${Array.from({ length: 20 }, (_, at) => `Race ${at},2030-08-${String(at + 1).padStart(2, '0')} 10:00,${account.handle}`).join('\n')}`,
    )
    await ran(owner, body.id)
    const posts = await postsOf(body.id)
    await owner.call('POST', `/orgs/{org}/imports/${body.id}/undo`)
    const [, ...edits] = await Promise.all([
      removeRows(world.app.services, owner.orgId, body.id),
      ...posts.map((post) =>
        owner.call('PATCH', `/orgs/{org}/posts/${post.id}`, {
          revision: post.revision,
          content: textOf('Edited meanwhile'),
        }),
      ),
    ])
    const after = await postsOf(body.id)
    for (const [at, post] of after.entries()) {
      const edited = edits[at]!.status === 200
      expect([200, 404]).toContain(edits[at]!.status)
      expect(post.deleted_at === null, `row ${post.import_row}`).toBe(edited)
      expect((post.content as { segments: { text: string }[] }).segments[0]!.text).toBe(
        edited ? 'Edited meanwhile' : `Race ${at}`,
      )
    }
    expect((await read(owner, body.id)).kept).toHaveLength(edits.filter(({ status }) => status === 200).length)
  })

  test('of an export gives the same calendar, threads and words of single accounts with it', async () => {
    const { owner, account, campaignId, open, ran } = ground
    const made = await owner.call('POST', '/orgs/{org}/posts', {
      content: {
        segments: [
          { text: '=SUM(1)\n"quoted", and\r\nmore', media: [] },
          { text: 'Part two 👩‍👩‍👧', media: [] },
        ],
        title: '@title',
      },
      variants: [{ accountId: account.id, content: textOf('-own words') }],
      belonging: { campaignId, initiator: 'customer', origin: 'adapted', adaptedFor: 'Families' },
    })
    expect(made.status).toBe(201)
    await owner.call('POST', '/orgs/{org}/bulk/move', {
      places: [{ id: made.body.id, wall: '2031-02-03T09:15', zone: 'Asia/Tokyo' }],
    })
    const range = '?from=2031-02-01T00:00:00Z&to=2031-03-01T00:00:00Z'
    const exported = await owner.call('GET', `/orgs/{org}/calendar/export${range}`)
    expect(exported.body).toMatchObject({ posts: 1, nextCursor: null })
    await owner.call('POST', '/orgs/{org}/bulk/remove', { ids: [made.body.id] })
    const { body } = await open(owner, exported.body.csv)
    expect(body.format).toBe('longrun')
    expect(await ran(owner, body.id)).toMatchObject({ imported: 1, problems: [] })
    const again = await owner.call('GET', `/orgs/{org}/calendar/export${range}`)
    expect(again.body.csv).toBe(exported.body.csv)
  })

  test('exports every page of a filter, and nothing of another organisation', async () => {
    const { owner, stranger, open } = ground
    const range = '?from=2030-01-01T00:00:00Z&to=2030-12-31T00:00:00Z'
    const pieces: string[] = []
    let cursor: string | null = ''
    let posts = 0
    while (cursor !== null) {
      const { body } = await owner.call(
        'GET',
        `/orgs/{org}/calendar/export${range}&limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      )
      pieces.push(body.csv)
      posts += body.posts
      cursor = body.nextCursor
    }
    expect(posts).toBeGreaterThan(5)
    const opened = await open(owner, pieces.join(''))
    expect(opened.body.rowCount).toBe(posts)
    expect((await stranger.call('GET', `/orgs/{org}/calendar/export${range}`)).body.posts).toBe(0)
  })
})
