// What is removed is hidden at once, comes back on demand, and is gone from the disk after its time; what a post needs never is.

import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { asSystem } from '../db/tx.ts'
import type { Services } from '../services.ts'
import { keepContent, mediaFolder, removeUnclaimed, sweepFiles } from './content.ts'
import { mountFiles } from './doors.ts'
import { nameFile, receiveUpload } from './files.ts'
import { forgetRemoved } from './removal.ts'
import { keptDays } from './rules.ts'
import { picture } from './testing/samples.ts'

const day = 86_400_000
let app: TestApp
let owner: TestSession
let ahead = 0

beforeAll(async () => {
  app = await testApp({
    clock: () => new Date(Date.now() + ahead),
    mount: (hono, doors) =>
      mountFiles(hono, doors, new Proxy({} as Services, { get: (_, name) => Reflect.get(app.services, name) })),
  })
  owner = await app.as('owner')
})
beforeEach(() => {
  ahead = 0
})
// Each test has its own files only.
afterEach(async () => {
  await asSystem(app.services.db, async (tx) => {
    await tx.deleteFrom('posts').execute()
    await tx.deleteFrom('media').execute()
  })
  await rm(mediaFolder(app.services.config), { recursive: true, force: true })
})
afterAll(() => app.close())

let seed = 0
const png = () => picture({ width: 40, height: 30, noise: ++seed }).png().toBuffer()

async function upload(content: Uint8Array, person = owner): Promise<{ id: string; url: string; thumbnailUrl: string }> {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(content)], 'picture.png'))
  const answer = await person.call('POST', '/orgs/{org}/media', form)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}
const remove = (id: string) => owner.call('DELETE', `/orgs/{org}/media/${id}`)
const restore = (id: string) => owner.call('POST', `/orgs/{org}/media/${id}/restore`)
async function statusOf(path: string, person = owner): Promise<number> {
  const answer = await app.request(path, { headers: { authorization: `Bearer ${person.token}` } })
  await answer.body?.cancel()
  return answer.status
}
const listed = async () => (await owner.call('GET', '/orgs/{org}/media')).body.items.map(({ id }: { id: string }) => id)
/** Names of all files in the store, and of what is on its way into it. */
const onDisk = async () =>
  (await readdir(mediaFolder(app.services.config), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
const rows = () => asSystem(app.services.db, (tx) => tx.selectFrom('media').select('id').execute())

const segment = (id: string) => ({
  text: 'With a picture',
  media: [{ id, kind: 'image', type: 'image/png', bytes: 1, width: 40, height: 30, seconds: null, alt: '' }],
})
async function postWith(id: string): Promise<string> {
  const answer = await owner.call('POST', '/orgs/{org}/posts', { content: { segments: [segment(id)] }, variants: [] })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

describe('a removed file', () => {
  test('is hidden at once, and comes back as it was', async () => {
    const { id, url } = await upload(await png())
    expect((await remove(id)).status).toBe(200)
    expect([await statusOf(url), await listed()]).toEqual([404, []])
    const back = await restore(id)
    expect([back.status, back.body.id]).toEqual([200, id])
    expect([await statusOf(url), await listed()]).toEqual([200, [id]])
    expect((await restore(id)).status).toBe(200)
    const { body } = await owner.call('GET', `/orgs/{org}/events?subjectId=${id}`)
    const verbs = body.items.map(({ verb }: { verb: string }) => verb).sort()
    expect(verbs).toEqual(['media.removed', 'media.restored', 'media.uploaded'])
  })

  test(`leaves the disk after ${keptDays} days, with its thumbnail, and not before`, async () => {
    const { id, thumbnailUrl } = await upload(await png())
    expect(await statusOf(thumbnailUrl)).toBe(200)
    expect(await onDisk()).toHaveLength(2)
    await remove(id)
    ahead = keptDays * day - 60_000
    expect(await forgetRemoved(app.services)).toBe(0)
    expect(await onDisk()).toHaveLength(2)
    ahead = keptDays * day + 60_000
    expect(await forgetRemoved(app.services)).toBe(1)
    expect([await onDisk(), await rows()]).toEqual([[], []])
    expect((await restore(id)).status).toBe(404)
    const { body } = await owner.call('GET', `/orgs/{org}/events?subjectId=${id}`)
    expect(body.items.map(({ verb }: { verb: string }) => verb)).toContain('media.forgotten')
  })

  test('was in no post; that of a deleted post may go, and stays when the post comes back', async () => {
    const { id } = await upload(await png())
    const post = await postWith(id)
    expect((await remove(id)).body.data.code).toBe('media-in-use')
    await owner.call('DELETE', `/orgs/{org}/posts/${post}`)
    expect((await remove(id)).status).toBe(200)
    expect((await owner.call('POST', `/orgs/{org}/posts/${post}/restore`)).status).toBe(200)
    ahead = 2 * keptDays * day
    expect(await forgetRemoved(app.services)).toBe(0)
    expect(await onDisk()).toHaveLength(1)
    expect((await restore(id)).status).toBe(200)
  })

  test.each(['featured', 'imageId'])('is not one that a post names as %s', async (place) => {
    const { id } = await upload(await png())
    const link = { url: 'https://example.org', title: '', description: '', imageId: id }
    const content =
      place === 'featured'
        ? { segments: [{ text: 'x', media: [] }], featured: segment(id).media[0] }
        : { segments: [{ text: 'x', media: [], link }] }
    const answer = await owner.call('POST', '/orgs/{org}/posts', { content, variants: [] })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect((await remove(id)).body.data.code).toBe('media-in-use')
  })

  test('stays on the disk while another row has the same content, in whatever organisation', async () => {
    const stranger = await app.as('owner', app.theirs)
    const content = await png()
    const [mine, again, theirs] = [await upload(content), await upload(content), await upload(content, stranger)]
    await remove(mine.id)
    ahead = keptDays * day + 60_000
    expect(await forgetRemoved(app.services)).toBe(1)
    expect([await statusOf(again.url), await statusOf(theirs.url, stranger)]).toEqual([200, 200])
    await remove(again.id)
    ahead *= 3
    expect(await forgetRemoved(app.services)).toBe(1)
    expect(await statusOf(theirs.url, stranger)).toBe(200)
  })

  test('is forgotten once, by whichever of two workers', async () => {
    for (let count = 0; count < 12; count++) await remove((await upload(await png())).id)
    ahead = keptDays * day + 60_000
    const counts = await Promise.all([forgetRemoved(app.services), forgetRemoved(app.services)])
    expect(counts[0]! + counts[1]!).toBe(12)
    expect([await onDisk(), await rows()]).toEqual([[], []])
  })

  test('whose content is uploaded at that very moment stays for the new one', async () => {
    for (let round = 0; round < 25; round++) {
      ahead = 0
      const content = await png()
      await remove((await upload(content)).id)
      ahead = (keptDays + 2) * day
      const [fresh] = await Promise.all([upload(content), forgetRemoved(app.services), sweepFiles(app.services)])
      expect(await statusOf(fresh.url)).toBe(200)
    }
  })
})

describe('after a kill', () => {
  test('between rows and files, the files are swept, and only those', async () => {
    const kept = await upload(await png())
    await remove((await upload(await png())).id)
    // The rows go; the files are looked for where they are not.
    const elsewhere = await mkdtemp(join(tmpdir(), 'longrun-elsewhere-'))
    ahead = keptDays * day + 60_000
    await forgetRemoved({ ...app.services, config: { ...app.services.config, dataDir: elsewhere } })
    expect([(await rows()).length, (await onDisk()).length]).toEqual([1, 2])
    const counts = await Promise.all([sweepFiles(app.services), sweepFiles(app.services)])
    expect(counts[0]! + counts[1]!).toBe(1)
    expect([await statusOf(kept.url), (await onDisk()).length]).toEqual([200, 1])
    await rm(elsewhere, { recursive: true, force: true })
  })

  test('of two that clear away one file, one says that it did', async () => {
    const dir = mediaFolder(app.services.config)
    const received = await receiveUpload(new Blob([await png()]).stream(), { dir, maxBytes: 1_000_000 })
    await nameFile(dir, received)
    const both = [removeUnclaimed(app.services, received.sha256), removeUnclaimed(app.services, received.sha256)]
    expect((await Promise.all(both)).sort()).toEqual([false, true])
  })

  test('between file and row, the file is swept when it is a day old', async () => {
    const dir = mediaFolder(app.services.config)
    await nameFile(dir, await receiveUpload(new Blob([await png()]).stream(), { dir, maxBytes: 1_000_000 }))
    expect(await sweepFiles(app.services)).toBe(0)
    ahead = day - 60_000
    expect(await sweepFiles(app.services)).toBe(0)
    ahead = day + 60_000
    expect(await sweepFiles(app.services)).toBe(1)
    expect(await onDisk()).toEqual([])
  })

  test('or a failure in the middle of an upload, nothing is left in the end', async () => {
    const dir = mediaFolder(app.services.config)
    const received = await receiveUpload(new Blob([await png()]).stream(), { dir, maxBytes: 1_000_000 })
    const failing = keepContent(app.services, owner.orgId, received, () => Promise.reject(new Error('no connection')))
    await expect(failing).rejects.toThrow('no connection')
    ahead = day + 60_000
    expect(await sweepFiles(app.services)).toBe(1)
    expect(await onDisk()).toEqual([])
  })
})

test('files from before this database began belong to another one, and are not touched', async () => {
  const dir = mediaFolder(app.services.config)
  const path = await nameFile(dir, await receiveUpload(new Blob([await png()]).stream(), { dir, maxBytes: 1_000_000 }))
  await utimes(path, new Date('2020-01-01'), new Date('2020-01-01'))
  ahead = 100 * day
  expect(await sweepFiles(app.services)).toBe(0)
  expect(await onDisk()).toHaveLength(1)
})
