// The library over HTTP on a real database: folders, several files at once, the list in every order.

import { describe, expect, test } from 'vitest'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { codeOf, draftWith, setLibrary, today } from './ground.testing.ts'
import { rightsOn } from './rules.ts'
import { rightsStates } from './types.ts'

const { held, png, upload, post, listed, folder, names, aPost } = setLibrary()

describe('folders', () => {
  test('hold folders and files; a list of one shows what lies below too', async () => {
    const [press, fair] = [await folder('Press'), await folder('Fair')]
    const year = await folder('2026', press)
    await upload({ name: 'a.png', fields: { folderId: press } })
    await upload({ name: 'b.png', fields: { folderId: year } })
    await upload({ name: 'c.png' })
    expect(await names(`folderId=${press}&order=name`)).toEqual(['a.png', 'b.png'])
    expect(await names(`folderId=${year}`)).toEqual(['b.png'])
    expect(await names(`folderId=${fair}`)).toEqual([])
    expect(await names('folderId=none')).toEqual(['c.png'])
    const { body } = await held.owner.call('GET', '/orgs/{org}/media-folders')
    expect(body.map(({ name, files }: { name: string; files: number }) => [name, files])).toEqual([
      ['2026', 1],
      ['Fair', 0],
      ['Press', 1],
    ])
  })

  test('go nowhere into themselves, not even when two moves come at once', async () => {
    const [a, b] = [await folder('A'), await folder('B')]
    const move = (id: string, parentId: string) =>
      held.owner.call('PATCH', `/orgs/{org}/media-folders/${id}`, { parentId })
    expect(codeOf(await move(a, a))).toEqual([422, 'folder-into-itself'])
    const both = await Promise.all([move(a, b), move(b, a)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(both.map(codeOf)).toContainEqual([422, 'folder-into-itself'])
  })

  test('have names of their own beside each other, and leave only empty', async () => {
    const press = await folder('Press')
    expect(codeOf(await post('media-folders', { name: 'PRESS' }))).toEqual([409, 'name-taken'])
    const inner = await folder('Press', press)
    const up = await held.owner.call('PATCH', `/orgs/{org}/media-folders/${inner}`, { parentId: null })
    expect(codeOf(up)).toEqual([409, 'name-taken'])
    const remove = (id: string) => held.owner.call('DELETE', `/orgs/{org}/media-folders/${id}`)
    expect(codeOf(await remove(press))).toEqual([409, 'folder-not-empty'])
    const { id } = await upload({ fields: { folderId: inner } })
    expect(codeOf(await remove(inner))).toEqual([409, 'folder-not-empty'])
    await held.owner.call('DELETE', `/orgs/{org}/media/${id}`)
    expect((await remove(inner)).status).toBe(200)
    // What was removed comes back without its folder rather than not at all.
    expect((await post(`media/${id}/restore`, {})).body).toMatchObject({ id, folderId: null })
    expect((await remove(press)).status).toBe(200)
  })
})

describe('several files at once', () => {
  test('are moved and tagged, and the answer is enough to undo it', async () => {
    const [from, to] = [await folder('From'), await folder('To')]
    const one = await upload({ fields: { folderId: from } })
    const two = await upload()
    await post('media/arrange', { ids: [one.id], addTags: ['Sea'] })
    const { body } = await post('media/arrange', { ids: [one.id, two.id], folderId: to, addTags: [' SEA', 'summer'] })
    expect(body).toEqual([
      { id: one.id, folderId: from, addedTags: ['summer'], removedTags: [] },
      { id: two.id, folderId: null, addedTags: ['sea', 'summer'], removedTags: [] },
    ])
    expect(
      (await listed('tag=Sea')).map(({ folderId, tags }: { folderId: string; tags: string[] }) => [folderId, tags]),
    ).toEqual([
      [to, ['sea', 'summer']],
      [to, ['sea', 'summer']],
    ])
    for (const { id, folderId, addedTags } of body)
      expect((await post('media/arrange', { ids: [id], folderId, removeTags: addedTags })).status).toBe(200)
    const back = await listed('order=oldest')
    expect(back.map(({ folderId, tags }: { folderId: string; tags: string[] }) => [folderId, tags])).toEqual([
      [from, ['sea']],
      [null, []],
    ])
    const { body: tags } = await held.owner.call('GET', '/orgs/{org}/media-tags')
    expect(tags).toEqual([{ tag: 'sea', files: 1 }])
  })

  test('are removed except those in use, and come back together', async () => {
    const [used, free, other] = [await upload(), await upload(), await upload()]
    await aPost(used.id)
    const ids = [used.id, free.id, other.id, newId()]
    const { body } = await post('media/remove', { ids })
    expect({ removed: body.removed.sort(), inUse: body.inUse }).toEqual({
      removed: [free.id, other.id].sort(),
      inUse: [used.id],
    })
    expect(await listed()).toHaveLength(1)
    expect((await post('media/restore', { ids: body.removed })).body.restored).toHaveLength(2)
    expect(await listed()).toHaveLength(3)
  })
})

describe('the list', () => {
  test('finds a piece of name, description, tag, source and credit', async () => {
    const { id } = await upload({ name: 'IMG_4711.png' })
    await held.owner.call('PATCH', `/orgs/{org}/media/${id}`, { alt: 'Two runners', fileName: 'start/line.png' })
    await post('media/arrange', { ids: [id], addTags: ['marathon'] })
    await post('media/rights', { ids: [id], rights: { source: 'Photo agency X', credit: '© Somebody' } })
    await upload({ name: 'else.png' })
    for (const q of ['startline', 'RUNNERS', 'Marath', 'agency x', '© some'])
      expect(await names(`q=${encodeURIComponent(q)}`), q).toEqual(['startline.png'])
    expect(await names('q=4711')).toEqual([])
  })

  test('has documents, which no post can show', async () => {
    const { id, kind, thumbnailUrl } = await upload({ content: Buffer.from('%PDF-1.7\n%%EOF\n'), name: 'plan.pdf' })
    await upload()
    expect([kind, thumbnailUrl]).toEqual(['document', null])
    expect(await names('kind=document')).toEqual(['plan.pdf'])
    expect(await names('kind=postable')).toEqual(['picture.png'])
    const written = await post('posts', { content: draftWith(id), variants: [] })
    expect(codeOf(written)).toEqual([422, 'media-not-found'])
  })

  test.each(['newest', 'oldest', 'name', 'largest', 'expiry'])(
    'by %s is paged without gap or double',
    async (order) => {
      const content = await png()
      const ids: string[] = []
      for (const [at, name] of ['b.png', 'A.png', 'ü'.repeat(190), 'a.png', 'c.png'].entries()) {
        const { id } = await upload({ name, content: at % 2 ? content : await png() })
        ids.push(id)
        if (at < 3) await post('media/rights', { ids: [id], rights: { expiresOn: `2030-0${3 - at}-01` } })
      }
      const all = (await listed(`order=${order}`)).map(({ id }: { id: string }) => id)
      expect(all.toSorted()).toEqual(ids.toSorted())
      const seen: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await held.owner.call(
          'GET',
          `/orgs/{org}/media?order=${order}&limit=2${cursor && `&cursor=${cursor}`}`,
        )
        seen.push(...body.items.map(({ id }: { id: string }) => id))
        cursor = body.nextCursor
      }
      expect(seen).toEqual(all)
      if (order === 'expiry') expect(all.slice(0, 3)).toEqual([ids[2], ids[1], ids[0]])
      if (order === 'name')
        expect(await names('order=name&limit=3')).toEqual(expect.arrayContaining(['A.png', 'a.png', 'b.png']))
      // A cursor of another order is no key of this one, or leads on in its own way; it never breaks.
      const { body } = await held.owner.call('GET', `/orgs/{org}/media?order=${order}&limit=2`)
      for (const other of ['newest', 'name', 'largest', 'expiry'])
        expect(
          (await held.owner.call('GET', `/orgs/{org}/media?order=${other}&cursor=${body.nextCursor}`)).status,
        ).toBeLessThan(500)
    },
  )

  test('knows rights on today’s day as the rule does', async () => {
    const days = [null, ...[-1, 0, 14, 15].map((days) => addDays(today(), days))]
    const made = new Map<string, string>()
    for (const basis of [null, 'licensed'])
      for (const expiresOn of days) {
        const { id } = await upload()
        await post('media/rights', { ids: [id], rights: { basis, expiresOn } })
        made.set(id, rightsOn({ basis, expiresOn }, today()))
      }
    for (const state of rightsStates) {
      const found = (await listed(`rights=${state}`)).map(({ id }: { id: string }) => id)
      expect(found.sort(), state).toEqual(
        [...made]
          .filter(([, each]) => each === state)
          .map(([id]) => id)
          .sort(),
      )
    }
  })

  test('counts posts that use a file, whatever way it came in and out of them', async () => {
    const [one, two] = [await upload({ name: 'one' }), await upload({ name: 'two' })]
    const made = await aPost(one.id)
    const uses = async () =>
      Object.fromEntries(
        (await listed()).map(({ fileName, uses }: { fileName: string; uses: number }) => [fileName, uses]),
      )
    expect(await uses()).toEqual({ one: 1, two: 0 })
    expect([await names('used=yes'), await names('used=no')]).toEqual([['one'], ['two']])
    const saved = await held.owner.call('PATCH', `/orgs/{org}/posts/${made.id}`, {
      revision: made.revision,
      content: draftWith(two.id),
    })
    expect(saved.status).toBe(200)
    expect(await uses()).toEqual({ one: 0, two: 1 })
    await held.owner.call('DELETE', `/orgs/{org}/posts/${made.id}`)
    expect(await uses()).toEqual({ one: 0, two: 0 })
    await post(`posts/${made.id}/restore`, {})
    expect(await uses()).toEqual({ one: 0, two: 1 })
  })
})
