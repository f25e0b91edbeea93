// Connecting to a real Ghost, and what it does with a post besides publishing it.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { articleOf, connectBy, sessionFor } from '../article.testing.ts'
import type { Draft, Json } from '../contract.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import * as faults from '../testing/faults.ts'
import { createTestSession, sampleImage } from '../testing/session.ts'
import { type Blog, startBlog } from './blog.testing.ts'
import { ghost } from './index.ts'

const publish = ghost.publish!
let blog: Blog

async function prepared(key: string, title = key) {
  return (await publish.prepare!(blog.session(), articleOf('x', { title }), key)) as { [key: string]: Json; id: string }
}

function find(part: Json) {
  return publish.find!(blog.session(), part, '', new Date())
}

async function change(id: string, changes: { [key: string]: Json }) {
  const { updated_at } = await blog.readPost(id)
  await blog.ask(`posts/${id}/`, { posts: [{ ...changes, updated_at }] }, 'PUT')
}

function connect(values: { site?: string; key?: string }) {
  return connectBy(ghost, sessionFor([blog.front.host]), { site: blog.front.url, key: blog.site.adminKey, ...values })
}

describeServer('ghost', () => {
  beforeAll(async () => {
    blog = await startBlog()
  })
  beforeEach(() => blog.front.reset())
  afterAll(() => blog?.stop())

  test.each([
    ['plain', (url: string) => url],
    ['of the administration', (url: string) => ` ${url}/ghost/#/settings/integrations `],
    ['of an article', (url: string) => `${url}/coming-soon/?ref=x`],
  ])('connects by an address %s', async (_, address) => {
    const connection = await connect({ site: address(blog.front.url) })
    expect(connection).toMatchObject({
      expiresAt: null,
      profile: {
        ...{ displayName: 'Longrun test blog', url: blog.site.url, server: blog.front.url },
        handle: new URL(blog.site.url).host,
        instance: { base: blog.front.url, title: 'Longrun test blog', version: expect.stringMatching(/^\d+\.\d/) },
      },
    })
  })

  test.each([
    ['a malformed key', { key: 'abc' }, 'rejected', 'malformed-key', 'key'],
    ['the key that only reads', { key: '0123456789abcdef0123456789' }, 'rejected', 'content-api-key', 'key'],
    ['an unknown key', { key: `${'a'.repeat(24)}:${'b'.repeat(64)}` }, 'auth-revoked', 'UNKNOWN_ADMIN_API_KEY', 'key'],
    ['no address', { site: '' }, 'rejected', 'wrong-address', 'site'],
  ])('says what is wrong: %s', async (_, values, kind, code, field) => {
    await expect(connect(values)).rejects.toMatchObject({ kind, code, field })
  })

  test('says that the secret is wrong', async () => {
    const key = `${blog.site.adminKey.split(':')[0]}:${'b'.repeat(64)}`
    await expect(connect({ key })).rejects.toMatchObject({ kind: 'auth-revoked', code: 'INVALID_JWT', field: 'key' })
  })

  test('says that our clock is wrong rather than the key', async () => {
    const now = () => new Date(Date.now() - 600_000)
    const session = createTestSession({ allowPrivate: [blog.front.host], ...blog.connection, now })
    await expect(ghost.identify(session)).rejects.toMatchObject({ kind: 'unavailable', code: 'clock-differs' })
  })

  test('says that a site is no Ghost, and shows it no key', async () => {
    const shop = await startFaultServer((_, response) => void response.end('<h1>A shop</h1>'))
    const values = { site: shop.url, key: blog.site.adminKey }
    await expect(connectBy(ghost, sessionFor([shop.host]), values)).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'not-this-network', field: 'site' },
    })
    expect(shop.requests.some(({ headers }) => headers.authorization)).toBe(false)
    await shop.stop()
  })

  test('two posts of one title live side by side, each found as itself', async () => {
    const parts = [await prepared('first', 'Twins'), await prepared('second', 'Twins')]
    const refs = []
    for (const part of parts) refs.push(await publish.submit(blog.session(), part, ''))
    expect(refs).toMatchObject([{ url: `${blog.site.url}/twins/` }, { url: `${blog.site.url}/twins-2/` }])
    for (const [at, part] of parts.entries()) expect(await find(part)).toEqual(refs[at])
  })

  test('submitting again keeps the address', async () => {
    const part = await prepared('again')
    const ref = await publish.submit(blog.session(), part, '')
    expect(await publish.submit(blog.session(), part, '')).toEqual(ref)
    expect(ref).toMatchObject({ url: `${blog.site.url}/again/` })
  })

  test('the options of an article arrive, and a draft stays one', async () => {
    const options = { visibility: 'members', featured: true, status: 'draft' }
    const ref = await blog.send('options', 'x', { title: 'options', slug: 'my-own', options })
    const changed = { visibility: 'members', featured: true, status: 'draft', slug: 'my-own' }
    expect(await blog.readPost(ref.id)).toMatchObject(changed)
    expect(ref.url).toBe(`${blog.front.url}/ghost/#/editor/post/${ref.id}`)
  })

  test('what was approved appears, even if somebody edits the draft at that moment', async () => {
    const part = await prepared('edited')
    const submitting = blog.session()
    let edits = 0
    const http: typeof submitting.http = async (request) => {
      // The editor saves between our look and our write, a second later, as Ghost's times are no finer.
      if (request.method === 'PUT' && edits++ === 0) {
        const before = (await blog.readPost(part.id)).updated_at
        await expect.poll(() => Date.now()).toBeGreaterThan(Date.parse(before) + 1000)
        await change(part.id, { title: 'Something else' })
      }
      return submitting.http(request)
    }
    await publish.submit({ ...submitting, http }, part, '')
    expect(edits).toBe(2)
    expect(await blog.readPost(part.id)).toMatchObject({ title: 'edited', html: '<p>x</p>', status: 'published' })
  })

  test.each([
    ['renamed', (id: string) => change(id, { slug: 'mine' }), 'unsure'],
    ['published', (id: string) => change(id, { status: 'published' }), 'unsure'],
    ['deleted', (id: string) => blog.ask(`posts/${id}/`, undefined, 'DELETE'), 'absent'],
  ])('a draft that a person has %s is reported as %s', async (what, act, state) => {
    const part = await prepared(`person ${what}`)
    await act(part.id)
    expect(await find(part)).toEqual({ state })
  })

  test('a deleted draft cannot be published', async () => {
    const part = await prepared('deleted draft')
    await blog.ask(`posts/${part.id}/`, undefined, 'DELETE')
    await expect(publish.submit(blog.session(), part, '')).rejects.toMatchObject({ kind: 'gone' })
  })

  test('comments and answers to them are counted, and null where there are none to be had', async () => {
    const [busy, quiet] = [await blog.send('busy', 'x'), await blog.send('quiet', 'x')]
    const member = { members: [{ email: 'reader@example.org' }] }
    const [{ id }] = ((await blog.ask('members/', member)) as { members: [{ id: string }] }).members
    const comment = (more: { [key: string]: Json }) =>
      blog.ask('comments/', { comments: [{ post_id: busy.id, member_id: id, html: '<p>x</p>', ...more }] })
    const [first] = ((await comment({})) as { comments: [{ id: string }] }).comments
    await comment({ parent_id: first.id })
    const none = { likes: null, reposts: null, quotes: null, views: null }
    const ids = [busy.id, quiet.id, 'a'.repeat(24), 'nonsense']
    expect(await ghost.metrics!.posts(blog.session(), ids)).toEqual(
      new Map([
        [busy.id, { ...none, replies: 2 }],
        [quiet.id, { ...none, replies: 0 }],
      ]),
    )
    blog.front.inject(faults.status(404), { match: ({ path }) => path.includes('/comments/') })
    expect((await ghost.metrics!.posts(blog.session(), [busy.id])).get(busy.id)?.replies).toBeNull()
  })

  test.each<[string, Partial<Draft> & { text?: string }, string, string]>([
    ['no title', { title: ' ' }, 'title.required', 'title'],
    ['a title that is too long', { title: 'x'.repeat(256) }, 'ValidationError', 'title'],
    ['an excerpt that is too long', { excerpt: 'x'.repeat(301) }, 'ValidationError', 'excerpt'],
    ['a tag that is too long', { tags: ['x'.repeat(192)] }, 'ValidationError', 'tags'],
    ['an option that does not exist', { options: { sticky: true } }, 'options.invalid', 'options'],
    ['a text of 25 million bytes', { text: 'x'.repeat(25_000_000) }, 'text.too-many-bytes', 'segments.0.text'],
  ])('%s is refused with its field, and leaves no post', async (name, { text = 'x', ...changes }, code, field) => {
    const before = (await blog.posts('')).length
    await expect(blog.send(name, text, changes)).rejects.toMatchObject({ kind: 'rejected', code, field })
    expect((await blog.posts('')).length).toBe(before)
  })

  test('a file that is no picture is refused with its field', async () => {
    const image = await sampleImage('page', 'A page')
    const bytes = new TextEncoder().encode('no picture')
    const file = { ...image.file, bytes: bytes.length, open: () => new Blob([bytes]).stream() }
    const files = [{ media: image.media, file }]
    await expect(blog.send('broken', 'x', { files })).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'BadRequestError', field: 'segments.0.media.0' },
    })
  })
})
