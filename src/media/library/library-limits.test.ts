// The library and its limits: doubles, ends of permissions, and what strangers try.

import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { quarters } from '../testing/samples.ts'
import { announceEndingMedia } from './announce.ts'
import { codeOf, setLibrary, today } from './ground.testing.ts'

const { held, png, upload, post, listed, folder, names } = setLibrary()

describe('doubles', () => {
  test('are known by content before any byte is sent, in one organisation alone', async () => {
    const content = await png()
    const mine = await upload({ content })
    await upload({ content, person: held.stranger })
    const sha256 = createHash('sha256').update(content).digest('hex')
    const asked = { contents: [sha256, 'f'.repeat(64)] }
    expect((await post('media/known', asked)).body).toMatchObject([{ sha256, media: { id: mine.id } }])
    await held.owner.call('DELETE', `/orgs/{org}/media/${mine.id}`)
    expect((await post('media/known', asked)).body).toEqual([])
    expect((await post('media/known', asked, held.stranger)).body).toHaveLength(1)
  })

  test('twelve uploads of one content at once are one file where they are told to take it', async () => {
    const content = await png()
    const sent = await Promise.all(Array.from({ length: 12 }, () => upload({ content, fields: { ifKnown: 'take' } })))
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    expect(sent.filter(({ known }) => !known)).toHaveLength(1)
    expect(await listed()).toHaveLength(1)
  })

  test('are listed with each other, and pictures that look alike as a hint', async () => {
    const original = quarters(400, 300)
    const content = await original.png().toBuffer()
    const [one, two] = [await upload({ content, name: 'one' }), await upload({ content, name: 'two' })]
    const smaller = await upload({ content: await quarters(400, 300).png().toBuffer().then(shrunk), name: 'smaller' })
    await upload({ name: 'noise' })
    const { body } = await held.owner.call('GET', `/orgs/{org}/media/${one.id}/details`)
    expect(body.copies.map(({ id }: { id: string }) => id)).toEqual([two.id])
    expect(body.alike.map(({ media }: { media: { id: string } }) => media.id)).toEqual([smaller.id])
    expect(body.alike[0].bitsApart).toBeLessThanOrEqual(6)
    expect(await names('twice=yes&order=name')).toEqual(['one', 'two'])
  })
})

const shrunk = (content: Buffer): Promise<Buffer> =>
  sharp(content).resize({ width: 200 }).jpeg({ quality: 60 }).toBuffer()

describe('ends of permissions', () => {
  test('are told once to who uploaded, and again when the end moves', async () => {
    const [one, two] = [await upload({ name: 'one.png' }), await upload({ name: 'two.png' })]
    await post('media/rights', {
      ids: [one.id, two.id],
      rights: { basis: 'permission', expiresOn: addDays(today(), 3) },
    })
    const far = await upload()
    await post('media/rights', { ids: [far.id], rights: { expiresOn: addDays(today(), 40) } })
    expect(await announceEndingMedia(held.app.services)).toBe(2)
    expect(await announceEndingMedia(held.app.services)).toBe(0)
    const told = () =>
      inOrg(held.app.services.db, held.app.ours, (tx) =>
        tx
          .selectFrom('notifications')
          .select(['member_id', 'kind', 'facts'])
          .where('kind', '=', 'media-ending')
          .execute(),
      )
    expect(await told()).toMatchObject([
      { member_id: held.owner.memberId, facts: { count: 2, until: addDays(today(), 3) } },
    ])
    await post('media/rights', { ids: [two.id], rights: { expiresOn: addDays(today(), 5) } })
    expect(await announceEndingMedia(held.app.services)).toBe(1)
    expect(await told()).toHaveLength(2)
  })

  test('of somebody who has left are told to owners and admins', async () => {
    const gone = await held.app.as('contributor')
    const { id } = await upload({ person: gone })
    await post('media/rights', { ids: [id], rights: { expiresOn: today() } })
    expect((await held.owner.call('DELETE', `/orgs/{org}/members/${gone.memberId}`)).status).toBe(200)
    expect(await announceEndingMedia(held.app.services)).toBe(1)
    const rows = await inOrg(held.app.services.db, held.app.ours, (tx) =>
      tx.selectFrom('notifications').select('member_id').execute(),
    )
    const to = rows.map(({ member_id }) => member_id)
    expect(to).toContain(held.owner.memberId)
    expect(to).not.toContain(gone.memberId)
  })
})

describe('strangers and nonsense', () => {
  test('find nothing with ids of another organisation', async () => {
    const { id } = await upload()
    const inside = await folder('Ours')
    const theirs = await upload({ person: held.stranger })
    for (const [path, body] of [
      ['media/arrange', { ids: [theirs.id, id], addTags: ['x'] }],
      ['media/rights', { ids: [theirs.id, id], rights: { basis: 'own' } }],
      ['media/arrange', { ids: [theirs.id], folderId: inside }],
    ] as const)
      expect(codeOf(await post(path, body, held.stranger))).toEqual(
        path === 'media/arrange' && 'folderId' in body ? [422, 'folder-not-found'] : [404, 'not-found'],
      )
    expect((await post('media/remove', { ids: [id] }, held.stranger)).body).toEqual({ removed: [], inUse: [] })
    expect((await post('media/restore', { ids: [id] }, held.stranger)).body).toEqual({ restored: [] })
    expect(codeOf(await post('media-folders', { name: 'x', parentId: inside }, held.stranger))).toEqual([
      422,
      'folder-not-found',
    ])
    expect((await held.stranger.call('PATCH', `/orgs/{org}/media-folders/${inside}`, { name: 'x' })).status).toBe(404)
    expect((await held.stranger.call('GET', `/orgs/{org}/media/${id}/details`)).status).toBe(404)
    expect((await held.stranger.call('GET', `/orgs/{org}/media/${id}/uses`)).status).toBe(404)
    expect(await listed(`folderId=${inside}`, held.stranger)).toEqual([])
    // All or nothing: what was theirs in the list above got no tag either.
    expect((await listed('', held.stranger))[0]).toMatchObject({ id: theirs.id, tags: [], rights: { basis: null } })
  })

  test('cannot drown a file in tags, nor a change in files', async () => {
    const { id } = await upload()
    const many = Array.from({ length: 10_000 }, (_, at) => `tag ${at}`)
    expect(codeOf(await post('media/arrange', { ids: [id], addTags: many }))).toEqual([422, 'invalid-input'])
    expect((await post('media/arrange', { ids: [id], addTags: many.slice(0, 50) })).status).toBe(200)
    expect(codeOf(await post('media/arrange', { ids: [id], addTags: ['one more'] }))).toEqual([422, 'too-many-tags'])
    expect(codeOf(await post('media/arrange', { ids: Array.from({ length: 501 }, newId) }))).toEqual([
      422,
      'invalid-input',
    ])
    expect(await listed(`tag=${encodeURIComponent("'; drop table media; --")}`)).toEqual([])
  })

  test.each([
    ['a day that is none', { expiresOn: '2026-02-30' }],
    ['an instant for a day', { expiresOn: '2026-02-03T00:00:00Z' }],
    ['a ground nobody knows', { basis: 'mine' }],
    ['a novel for a note', { note: 'x'.repeat(5001) }],
  ])('%s is refused', async (_what, rights) => {
    const { id } = await upload()
    expect(codeOf(await post('media/rights', { ids: [id], rights }))).toEqual([422, 'invalid-input'])
  })

  test('a cursor that was bent is refused or answered, never a fault', async () => {
    await upload()
    for (const place of [
      ['x', newId()],
      ['99999999999999999999', newId()],
      ['infinity', newId()],
    ])
      for (const order of ['newest', 'largest', 'expiry', 'name']) {
        const cursor = Buffer.from(JSON.stringify(place)).toString('base64url')
        expect(
          (await held.owner.call('GET', `/orgs/{org}/media?order=${order}&cursor=${cursor}`)).status,
          `${order} ${place[0]}`,
        ).toBeLessThan(500)
      }
  })
})
