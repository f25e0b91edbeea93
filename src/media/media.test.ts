// Media over HTTP: taken in, described, found, removed, and served whole or in parts, with the same rights as the API.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { asSystem } from '../db/tx.ts'
import { mediaFile } from './actions.ts'
import { mountFiles } from './doors.ts'
import { movingGif, picture } from './testing/samples.ts'

let app: TestApp
let owner: TestSession
let viewer: TestSession

beforeAll(async () => {
  app = await testApp({
    // The files are asked for long after the app stands.
    mount: (hono, doors) =>
      mountFiles(
        hono,
        doors,
        new Proxy({} as TestApp['services'], { get: (_, name) => Reflect.get(app.services, name) }),
      ),
  })
  owner = await app.as('owner')
  viewer = await app.as('viewer')
})
afterAll(() => app.close())

async function upload(content: Uint8Array, name = 'picture.png', alt?: string, person = owner) {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(content)], name, { type: 'application/octet-stream' }))
  if (alt !== undefined) form.append('alt', alt)
  return person.call('POST', '/orgs/{org}/media', form)
}
let seed = 0
const png = (width = 64, height = 48) => picture({ width, height, noise: ++seed }).png().toBuffer()
const get = (path: string, headers: Record<string, string> = {}, person = owner) =>
  app.request(path, { headers: { authorization: `Bearer ${person.token}`, ...headers } })

test('an upload is what its content says, with size, name and alternative text', async () => {
  const content = await png()
  const { status, body } = await upload(content, 'Läufer.jpg', 'A runner')
  expect(status).toBe(201)
  expect(body).toMatchObject({
    fileName: 'Läufer.jpg',
    kind: 'image',
    type: 'image/png',
    bytes: content.length,
    width: 64,
    height: 48,
    seconds: null,
    alt: 'A runner',
  })
  expect({ ...(await viewer.call('GET', `/orgs/{org}/media/${body.id}`)).body, known: false }).toEqual(body)
  const { body: events } = await owner.call('GET', `/orgs/{org}/events?subjectId=${body.id}`)
  expect(events.items).toMatchObject([{ verb: 'media.uploaded', facts: { type: 'image/png' } }])
})

test('the same content twice is two entries and one file; one can go and the other stays', async () => {
  const content = await png()
  const [one, two] = [(await upload(content)).body, (await upload(content)).body]
  expect(one.id).not.toBe(two.id)
  expect((await owner.call('DELETE', `/orgs/{org}/media/${one.id}`)).body).toEqual({ removed: true })
  expect((await get(one.url)).status).toBe(404)
  expect(Buffer.from(await (await get(two.url)).arrayBuffer()).equals(content)).toBe(true)
})

test('alternative text is changed by those who write, and the list finds it', async () => {
  const { body } = await upload(await png(), 'plain.png')
  const describeIt = (person: TestSession) =>
    person.call('PATCH', `/orgs/{org}/media/${body.id}`, { alt: '100% of_the\\way' })
  expect((await describeIt(viewer)).status).toBe(403)
  expect((await describeIt(owner)).body.alt).toBe('100% of_the\\way')
  const found = async (q: string) =>
    (await viewer.call('GET', `/orgs/{org}/media?q=${encodeURIComponent(q)}`)).body.items.map(
      ({ id }: { id: string }) => id,
    )
  for (const q of ['100%', 'OF_THE', 'the\\way', 'plain.png']) expect(await found(q)).toContain(body.id)
  for (const q of ['100_', 'ofXthe', '%_%nothing']) expect(await found(q)).not.toContain(body.id)
})

test('the list is paged, newest first, without gap or double', async () => {
  for (let count = 0; count < 7; count++) await upload(await png(8, 8), `page ${count}.png`)
  const seen: string[] = []
  for (let cursor = ''; ; ) {
    const { body } = await viewer.call('GET', `/orgs/{org}/media?q=page&limit=3${cursor}`)
    seen.push(...body.items.map(({ fileName }: { fileName: string }) => fileName))
    if (!body.nextCursor) break
    cursor = `&cursor=${body.nextCursor}`
  }
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((count) => `page ${count}.png`))
})

test('who may only read uploads and removes nothing', async () => {
  expect((await upload(await png(), 'a.png', '', viewer)).status).toBe(403)
  const { body } = await upload(await png())
  expect((await viewer.call('DELETE', `/orgs/{org}/media/${body.id}`)).status).toBe(403)
})

describe('a file', () => {
  test.each<[string | undefined, number, (all: Buffer) => Buffer, string | null]>([
    [undefined, 200, (all) => all, null],
    ['bytes=0-9', 206, (all) => all.subarray(0, 10), 'bytes 0-9/SIZE'],
    ['bytes=10-', 206, (all) => all.subarray(10), 'bytes 10-LAST/SIZE'],
    ['bytes=-5', 206, (all) => all.subarray(-5), null],
    ['bytes=-99999999', 206, (all) => all, 'bytes 0-LAST/SIZE'],
    ['bytes=0-99999999', 206, (all) => all, 'bytes 0-LAST/SIZE'],
    ['bytes=0-0', 206, (all) => all.subarray(0, 1), 'bytes 0-0/SIZE'],
    ['bytes=0-1,3-4', 200, (all) => all, null],
    ['lines=1-2', 200, (all) => all, null],
    ['bytes=-', 200, (all) => all, null],
    ['bytes=99999999-', 416, () => Buffer.alloc(0), 'bytes */SIZE'],
    ['bytes=-0', 416, () => Buffer.alloc(0), 'bytes */SIZE'],
  ])('asked for %s answers %i', async (range, status, part, contentRange) => {
    const content = await png()
    const { body } = await upload(content)
    const answer = await get(body.url, range ? { range } : {})
    expect(answer.status).toBe(status)
    expect(Buffer.from(await answer.arrayBuffer()).equals(part(content))).toBe(true)
    if (contentRange)
      expect(answer.headers.get('content-range')).toBe(
        contentRange.replace('SIZE', String(content.length)).replace('LAST', String(content.length - 1)),
      )
  })

  test('is not sent again to who has it', async () => {
    const { body } = await upload(await png())
    const first = await get(body.url)
    await first.body?.cancel()
    const again = await get(body.url, { 'if-none-match': first.headers.get('etag')! })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('says its name and type, may not be sniffed, and is kept by nobody in between', async () => {
    const { body } = await upload(await png(), 'a "quoted"; name.html')
    const answer = await get(body.url)
    await answer.body?.cancel()
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toContain('private')
    expect(answer.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''a%20%22quoted%22%3B%20name.html")
  })

  test('that is a document is taken away instead of opened under our address', async () => {
    const { body } = await upload(Buffer.from('%PDF-1.7\n%%EOF\n'), "captain's plan.pdf")
    const answer = await get(body.url)
    await answer.body?.cancel()
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''captain%27s%20plan.pdf")
  })

  test('is shown to members alone', async () => {
    const { body } = await upload(await png())
    const stranger = await app.as('owner', app.theirs)
    expect((await app.request(body.url)).status).toBe(401)
    expect((await get(body.url, {}, stranger)).status).toBe(404)
    const allowed = await get(body.url, {}, viewer)
    expect(allowed.status).toBe(200)
    await allowed.body?.cancel()
  })

  test('has a small still picture, made once', async () => {
    const { body } = await upload(await movingGif(600, 500, 3), 'a.gif')
    const [one, two] = await Promise.all([get(body.thumbnailUrl), get(body.thumbnailUrl)])
    expect(one.headers.get('content-type')).toBe('image/webp')
    expect(Number(one.headers.get('content-length'))).toBeLessThanOrEqual(120_000)
    expect(Buffer.from(await one.arrayBuffer()).equals(Buffer.from(await two.arrayBuffer()))).toBe(true)
  })

  test('of another address in the folder is not found', async () => {
    for (const path of [
      '/files/',
      '/files/x/y/original',
      `/files/${owner.orgId}/${owner.orgId}/original`,
      `/files/${owner.orgId}/..%2f..%2fsecret.key/original`,
    ])
      expect((await get(path)).status).toBe(404)
  })
})

describe('what delivery receives', () => {
  const limits = {
    text: { max: 1, unit: 'graphemes', format: 'plain' },
    images: { max: 1, types: ['image/jpeg'], maxBytes: 20_000, maxEdge: 100, altMax: 100 },
  } as const
  const mutable = { ...limits, images: { ...limits.images, types: [...limits.images.types] } }

  test('keeps the limits of the account and carries the alternative text', async () => {
    const { body } = await upload(await png(400, 300), 'large.png', 'Words')
    const file = await mediaFile(app.services, owner.orgId, body.id, { limits: mutable })
    expect(file).toMatchObject({ type: 'image/jpeg', width: 100, height: 75, alt: 'Words', fileName: 'large.png' })
    expect(file.bytes).toBeLessThanOrEqual(20_000)
    const sent = await new Response(file.open()).arrayBuffer()
    expect(sent.byteLength).toBe(file.bytes)
  })

  test('carries nothing of where and by whom a picture was taken', async () => {
    const jpeg = await picture({ width: 80, height: 60 })
      .withExif({ IFD0: { Artist: 'Somebody', Model: 'Camera' }, IFD3: { GPSLatitude: '51/1 0/1 0/1' } })
      .jpeg()
      .toBuffer()
    expect(jpeg.includes('Somebody')).toBe(true)
    const { body } = await upload(jpeg, 'a.jpg')
    const file = await mediaFile(app.services, owner.orgId, body.id, { limits: mutable })
    expect(Buffer.from(await new Response(file.open()).arrayBuffer()).includes('Somebody')).toBe(false)
  })

  test('of a removed, unknown or foreign file is a refusal to the author', async () => {
    const { body } = await upload(await png())
    await owner.call('DELETE', `/orgs/{org}/media/${body.id}`)
    for (const [org, id] of [
      [owner.orgId, body.id],
      [owner.orgId, crypto.randomUUID()],
      [app.theirs, body.id],
    ] as const)
      await expect(mediaFile(app.services, org, id, { limits: mutable })).rejects.toMatchObject({
        kind: 'rejected',
        field: 'media',
      })
  })

  test('is made again when its file was lost, and told as missing when the original was', async () => {
    const { body } = await upload(await png(300, 200))
    const first = await mediaFile(app.services, owner.orgId, body.id, { limits: mutable })
    const files = join(app.services.config.dataDir, 'media', 'files')
    const { sha256 } = await asSystem(app.services.db, (tx) =>
      tx.selectFrom('renditions').select('sha256').where('media_id', '=', body.id).executeTakeFirstOrThrow(),
    )
    await rm(join(files, sha256.slice(0, 2), sha256.slice(2, 4), sha256))
    expect((await mediaFile(app.services, owner.orgId, body.id, { limits: mutable })).bytes).toBe(first.bytes)
    await rm(files, { recursive: true })
    const missing = mediaFile(app.services, owner.orgId, body.id, { limits: mutable })
    await expect(missing).rejects.toMatchObject({ kind: 'rejected', code: 'media.missing' })
    expect((await get(body.url)).status).toBe(404)
  })
})
