// Files that are not what they say, and ranges, types and names that reach for more: refused by content, without a trace on disk.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { gifBomb, movingGif, picture, pngBomb, zipFile } from '../../src/media/testing/samples.ts'
import { answerOf } from '../world/app.ts'
import { countRows, expectWell, newPost, type Person, type Running, refusal, startRunning, textOf } from './world.ts'

let running: Running
let owner: Person
beforeAll(async () => {
  running = await startRunning()
  owner = await running.as('owner')
})
afterEach(() => expectWell(running))
afterAll(() => running.close())

function form(
  content: Uint8Array | string,
  name: string,
  type = 'image/png',
  more: Record<string, string> = {},
): FormData {
  const fields = new FormData()
  fields.append('file', new File([typeof content === 'string' ? content : new Uint8Array(content)], name, { type }))
  for (const [key, value] of Object.entries(more)) fields.append(key, value)
  return fields
}

const upload = (...given: Parameters<typeof form>) => owner.call('POST', '/orgs/{org}/media', form(...given))

async function filesOnDisk(): Promise<string[]> {
  const entries = await readdir(join(running.app.services.config.dataDir, 'media'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

/** Refused, and neither a row nor a file is left. */
async function refused(content: Uint8Array | string, name: string, expected: unknown[], type?: string): Promise<void> {
  const before = { rows: await countRows(running, 'media'), files: await filesOnDisk() }
  expect(refusal(await upload(content, name, type))).toEqual(expected)
  expect({ rows: await countRows(running, 'media'), files: await filesOnDisk() }).toEqual(before)
}

const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

describe('a file that lies', () => {
  test.each<[string, Uint8Array | string, string, string, string?]>([
    ['an archive named .png', zipFile(), 'holiday.png', 'media.archive'],
    ['an SVG with a script', svg, 'logo.svg', 'media.svg', 'image/svg+xml'],
    ['an SVG with a script named .png', svg, 'logo.png', 'media.svg'],
    ['a page named .jpg', '<!doctype html><script>alert(1)</script>', 'a.jpg', 'media.html', 'image/jpeg'],
    ['nothing', '', 'empty.png', 'media.empty'],
    ['plain words', 'hello', 'words.png', 'media.type-unknown'],
    ['a PNG bomb of 60,000 by 60,000', pngBomb(60_000, 60_000), 'bomb.png', 'media.too-many-pixels'],
    [
      'a GIF bomb of 5,000 large frames',
      gifBomb(8_000, 8_000, 5_000),
      'bomb.gif',
      'media.too-many-pixels',
      'image/gif',
    ],
    ['a PNG that breaks off in its header', pngBomb(10, 10).subarray(0, 20), 'short.png', 'media.broken'],
  ])('%s is refused by its content', (_, content, name, code, type) =>
    refused(content, name, [422, code, 'file'], type),
  )

  test('a picture with an archive behind it is two things at once', async () => {
    const png = await picture({ width: 8, height: 8 }).png().toBuffer()
    await refused(Buffer.concat([png, zipFile()]), 'both.png', [422, 'media.polyglot', 'file'])
  })

  test('the memory of many bombs does not add up', async () => {
    const before = process.memoryUsage.rss()
    const bombs = Array.from({ length: 8 }, (_, index) => upload(pngBomb(50_000 + index, 50_000), 'bomb.png'))
    for (const answer of await Promise.all(bombs)) expect(answer.body.data.code).toBe('media.too-many-pixels')
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
  })

  test('an image that only its decoding shows to be broken has no thumbnail, and its posts say so', async () => {
    const png = pngBomb(400, 400, 10)
    const { status, body } = await upload(png, 'half.png')
    expect(status).toBe(201)
    const thumbnail = await answerOf(await owner.fetch(body.thumbnailUrl))
    expect(refusal(thumbnail).slice(0, 2)).toEqual([422, 'media.broken'])
  })
})

describe('an upload that is none', () => {
  test('without a file, with words as the file, and as JSON', async () => {
    const empty = new FormData()
    empty.append('alt', 'x')
    const words = new FormData()
    words.append('file', 'words')
    for (const body of [empty, words, { file: 'words' }])
      expect(refusal(await owner.call('POST', '/orgs/{org}/media', body))).toEqual([422, 'invalid-input', 'file'])
  })

  test('with a broken multipart body', async () => {
    const answer = await answerOf(
      await owner.fetch(`/api/v1/orgs/${owner.orgId}/media`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nno end',
      }),
    )
    expect(answer.status).toBeOneOf([400, 422])
  })

  test('larger than 100 MB is cut off, and stays out of memory where nobody signed in', async () => {
    const path = `${running.url}/api/v1/orgs/${owner.orgId}/media`
    const large = new Uint8Array(101_000_000)
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    expect(
      (await owner.fetch(`/api/v1/orgs/${owner.orgId}/media`, { method: 'POST', headers, body: large })).status,
    ).toBe(413)
    // The server may hang up on what it does not want to read.
    const stranger = await fetch(path, { method: 'POST', headers, body: large }).then(
      (answer) => answer.status,
      () => 401,
    )
    expect(stranger).toBe(401)
  })

  test('with alternative text that cannot be stored', async () => {
    const png = await picture({ width: 8, height: 8 }).png().toBuffer()
    expect(refusal(await upload(png, 'a.png', 'image/png', { alt: 'a\0b' }))).toEqual([422, 'not-storable', 'alt'])
    expect(refusal(await upload(png, 'a.png', 'image/png', { alt: 'x'.repeat(5001) }))).toEqual([
      422,
      'invalid-input',
      'alt',
    ])
  })
})

describe('names', () => {
  test.each<[string, string, RegExp]>([
    ['a path', '../../etc/passwd', /^[^/\\]+$/],
    ['a new line and a header', 'a\r\nset-cookie: x=1.png', /^[^\r\n]+$/],
    ['right to left', '\u202Egnp.exe', /exe$/],
    ['300 emoji', `${'🙂'.repeat(300)}.png`, /^(🙂)+\ufffd?$/u],
    ['only dots and spaces', ' .. ', /./],
  ])('%s is harmless', async (_, name, expected) => {
    const png = await picture({ width: 9, height: 9 }).png().toBuffer()
    const { body } = await upload(png, name)
    expect(body.fileName).toMatch(expected)
    const served = await owner.fetch(body.url)
    expect(served.status).toBe(200)
    expect(served.headers.get('set-cookie')).toBeNull()
    expect(served.headers.get('content-type')).toBe('image/png')
    expect(served.headers.get('x-content-type-options')).toBe('nosniff')
    await served.body?.cancel()
  })
})

describe('a file that a post uses', () => {
  const png = () =>
    picture({ width: 40, height: 40, noise: Math.floor(Math.random() * 1e9) })
      .png()
      .toBuffer()

  async function uploaded() {
    const { body } = await upload(await png(), 'a.png')
    return {
      id: body.id,
      kind: 'image',
      type: body.type,
      bytes: body.bytes,
      width: 40,
      height: 40,
      seconds: null,
      alt: '',
    }
  }
  const remove = (id: string) => owner.call('DELETE', `/orgs/{org}/media/${id}`)

  test('cannot be removed, and can be once the post is gone', async () => {
    const media = await uploaded()
    const post = await newPost(owner, [], textOf('with a picture', [media]))
    expect(refusal(await remove(media.id)).slice(0, 2)).toEqual([409, 'media-in-use'])
    await owner.call('DELETE', `/orgs/{org}/posts/${post.id}`)
    expect((await remove(media.id)).status).toBe(200)
    expect(refusal(await remove(media.id)).slice(0, 2)).toEqual([404, 'not-found'])
  })

  test('and that went missing stops the scheduling, not the writing', async () => {
    const { id: account } = await running.connect(owner)
    const media = await uploaded()
    const post = await newPost(owner, [account], textOf('restored', [media]))
    await owner.call('DELETE', `/orgs/{org}/posts/${post.id}`)
    expect((await remove(media.id)).status).toBe(200)
    await owner.call('POST', `/orgs/{org}/posts/${post.id}/restore`)
    const now = { when: { kind: 'now' } }
    expect(refusal(await owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, now))).toEqual([
      422,
      'media-not-found',
      'segments.0.media.0.id',
    ])
    const words = { revision: post.revision, content: textOf('restored and edited', [media]) }
    expect((await owner.call('PATCH', `/orgs/{org}/posts/${post.id}`, words)).status).toBe(200)
    const again = { content: textOf('another', [media]), variants: [] }
    expect(refusal(await owner.call('POST', '/orgs/{org}/posts', again))).toEqual([
      422,
      'media-not-found',
      'content.segments.0.media.0.id',
    ])
  })

  test('is never both removed and used, whoever is first', async () => {
    for (let round = 0; round < 20; round++) {
      const media = await uploaded()
      const [post, removal] = await Promise.all([
        owner.call('POST', '/orgs/{org}/posts', { content: textOf('race', [media]), variants: [] }),
        remove(media.id),
      ])
      expect([post.status, removal.status]).toBeOneOf([
        [201, 409],
        [422, 200],
      ])
    }
  })
})

test('a moving picture is taken, and a still of it shown', async () => {
  const { body } = await upload(await movingGif(40, 30, 5), 'moving.gif', 'image/gif')
  expect(body).toMatchObject({ type: 'image/gif', width: 40, height: 30 })
  const thumbnail = await owner.fetch(body.thumbnailUrl)
  expect(thumbnail.headers.get('content-type')).toBe('image/webp')
  await thumbnail.body?.cancel()
})
