// Files that rows name by address, against a real server: fetched once, held to the limits, and told per row where they do not come.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { picture as drawn } from '../../media/testing/samples.ts'
import { type ImportGround, importGround } from './ground.testing.ts'

let ground: ImportGround
let picture: Buffer
const asked: string[] = []
const server = createServer(async (request, response) => {
  asked.push(request.url!)
  if (request.url!.startsWith('/hills')) return void response.writeHead(200).end(picture)
  if (request.url === '/page.jpg')
    return void response.writeHead(200).end('<!doctype html><html><body>Sign in</body></html>')
  if (request.url === '/home.jpg')
    return void response.writeHead(302, { location: `http://127.0.0.1:${secret()}/` }).end()
  if (request.url === '/large.jpg') {
    response.writeHead(200)
    const piece = Buffer.alloc(1_000_000, 1)
    response.setMaxListeners(200)
    for (let at = 0; at < 120 && !response.destroyed; at++)
      if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
    return void response.end()
  }
  response.writeHead(404).end()
})
/** In the same private network, and not allowed. */
const inner = createServer((request, response) => {
  asked.push(`inner ${request.url}`)
  response.end(picture)
})
const listening = (one: typeof server) => new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
const portOf = (one: typeof server) => (one.address() as AddressInfo).port
const secret = () => portOf(inner)
const host = () => `127.0.0.1:${portOf(server)}`

beforeAll(async () => {
  await Promise.all([listening(server), listening(inner)])
  picture = await drawn({ width: 640, height: 480 }).png().toBuffer()
  ground = await importGround({ allow: [host()] })
})
afterAll(async () => {
  await ground.world.close()
  for (const each of [server, inner]) {
    each.closeAllConnections()
    each.close()
  }
})

const library = () =>
  asSystem(ground.world.app.services.db, (tx) =>
    tx.selectFrom('media').selectAll().where('org_id', '=', ground.owner.orgId).orderBy('id').execute(),
  )
const mediaIn = (post: { content: unknown }) =>
  (post.content as { segments: { media: { id: string; alt: string; width: number }[] }[] }).segments[0]!.media

async function imported(rows: string[], as = 'scheduled') {
  const { owner, account, open, change, check, ran, postsOf } = ground
  asked.splice(0)
  const lines = rows.map((row, at) => `Words ${crypto.randomUUID()},2031-0${at + 1}-01 10:00,${account.handle},${row}`)
  const { body } = await open(owner, `Text,Posting Time,Accounts,Image URL,Alt text\n${lines.join('\n')}`)
  expect(body.format).toBe('buffer')
  await change(owner, body.id, { as })
  const dry = await check(owner, body.id)
  expect(asked, 'a dry run asks nobody').toEqual([])
  const done = await ran(owner, body.id)
  return { dry, done, posts: await postsOf(body.id) }
}

test('come into the library once, and into the posts with what they show', async () => {
  const address = `http://${host()}/hills.png`
  const { dry, done, posts } = await imported([`${address},Hills`, `${address},The same hills`, ',,'])
  expect(dry).toMatchObject({ good: 3, bad: 0, pictures: 1 })
  expect(done).toMatchObject({ imported: 3, problems: [] })
  expect(asked).toEqual(['/hills.png'])
  expect(posts.map(({ state }) => state)).toEqual(['scheduled', 'scheduled', 'scheduled'])
  const [file, ...others] = await library()
  expect(others).toEqual([])
  expect(file).toMatchObject({ file_name: 'hills.png', alt: 'Hills', width: 640 })
  expect(posts.map(mediaIn)).toMatchObject([
    ...[[{ id: file!.id, alt: 'Hills', width: 640 }], [{ id: file!.id, alt: 'The same hills' }], []],
  ])
  // The same picture from another address is the same file.
  await imported([`${`${address}?size=2`},Hills`])
  expect(await library()).toHaveLength(1)
})

test('that do not come leave a draft, and say which column and why', async () => {
  const at = (path: string) => `http://${host()}/${path},`
  const rows = ['gone.jpg', 'page.jpg', 'home.jpg', 'large.jpg'].map(at)
  const before = (await library()).length
  const { done, posts } = await imported([...rows, `http://127.0.0.1:${secret()}/own.png,`, '/relative.png,'])
  expect(done.imported).toBe(6)
  expect(
    done.problems.map(({ row, level, field, code, params }: Record<string, unknown>) => [
      ...[
        row,
        level,
        field,
        code,
        (params as Record<string, string>).column,
        (params as Record<string, string>).because,
      ],
    ]),
  ).toEqual([
    [2, 'error', 'media', 'media-not-fetched', 'Image URL', 'file-not-there'],
    [3, 'error', 'media', 'media-not-fetched', 'Image URL', 'media.html'],
    [4, 'error', 'media', 'media-not-fetched', 'Image URL', 'address-refused'],
    [5, 'error', 'media', 'media-not-fetched', 'Image URL', 'answer-too-large'],
    [6, 'error', 'media', 'media-not-fetched', 'Image URL', 'address-refused'],
  ])
  expect(posts.map(({ state }) => state)).toEqual(['draft', 'draft', 'draft', 'draft', 'draft', 'scheduled'])
  expect(asked.filter((each) => each.startsWith('inner'))).toEqual([])
  expect((await library()).length).toBe(before)
})

test('of a server that does not answer are not waited for row by row', async () => {
  const closed = createServer()
  await listening(closed)
  const port = portOf(closed)
  closed.close()
  const rows = Array.from({ length: 8 }, (_, at) => `http://127.0.0.1:${port}/${at}.png,`)
  const { done } = await imported(rows, 'draft')
  const because = done.problems.map((each: { params: { because: string } }) => each.params.because)
  expect(because).toHaveLength(8)
  expect(because).toContain('host-not-answering')
})
