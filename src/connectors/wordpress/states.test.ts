// What a real WordPress does with a post besides publishing it: other states, other people's edits, removal, refusals.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeServer } from '../../../test/servers/describe-server.ts'
import { articleOf, sessionFor, through } from '../article.testing.ts'
import type { Draft, Json } from '../contract.ts'
import * as faults from '../testing/faults.ts'
import { sampleImage } from '../testing/session.ts'
import { type Blog, startBlog } from './blog.testing.ts'
import { wordpress } from './index.ts'

const publish = wordpress.publish!
let blog: Blog

async function prepared(key: string, title = key) {
  return (await publish.prepare!(blog.session(), articleOf('x', { title }), key)) as { [key: string]: Json; id: number }
}

function find(part: Json) {
  return publish.find!(blog.session(), part, '', new Date())
}

describeServer('wordpress', () => {
  beforeAll(async () => {
    blog = await startBlog()
  })
  beforeEach(() => blog.front.reset())
  afterAll(() => blog?.stop())

  test('two posts of one title live side by side, each found as itself', async () => {
    const parts = [await prepared('first', 'Twins'), await prepared('second', 'Twins')]
    const refs = []
    for (const part of parts) refs.push(await publish.submit(blog.session(), part, ''))
    expect(refs).toMatchObject([{ url: `${blog.site.url}/twins/` }, { url: `${blog.site.url}/twins-2/` }])
    for (const [at, part] of parts.entries()) expect(await find(part)).toEqual(refs[at])
  })

  test('a slug of the author is used, and kept apart when it is taken', async () => {
    const [one, two] = [
      await blog.send('s1', 'x', { slug: 'Mein Läufer' }),
      await blog.send('s2', 'x', { slug: 'mein-laufer' }),
    ]
    expect(one.url).toBe(`${blog.site.url}/mein-laufer/`)
    expect(two.url).toBe(`${blog.site.url}/mein-laufer-2/`)
  })

  test.each([
    ['draft', (id: string) => `${blog.site.url}/wp-admin/post.php?post=${id}&action=edit`],
    ['pending', (id: string) => `${blog.site.url}/wp-admin/post.php?post=${id}&action=edit`],
    ['private', () => `${blog.site.url}/as-private/`],
  ])('a post can be left as %s', async (status, address) => {
    const title = `As ${status}`
    const part = (await publish.prepare!(blog.session(), articleOf('x', { title, options: { status } }), title)) as Json
    expect(await find(part)).toEqual({ state: 'absent' })
    const ref = await publish.submit(blog.session(), part, title)
    expect(await find(part)).toEqual(ref)
    expect(await blog.postsTitled(title)).toMatchObject([{ status }])
    expect(ref).toMatchObject({ url: address((ref as { id: string }).id) })
  })

  test('the options of an article arrive', async () => {
    const { id } = (await blog.ask('categories', { name: 'Läufe' })) as { id: number }
    const options = { categories: [id], commentStatus: 'closed', format: 'aside' }
    const ref = await blog.send('options', 'x', { options })
    expect(await blog.readPost(ref.id)).toMatchObject({ categories: [id], comment_status: 'closed', format: 'aside' })
  })

  test('what was approved appears, even if somebody edited the draft', async () => {
    const part = await prepared('edited')
    await blog.ask(`posts/${part.id}`, { title: 'Something else', content: 'Not approved' })
    await publish.submit(blog.session(), part, '')
    expect(await blog.readPost(part.id)).toMatchObject({ title: { raw: 'edited' }, content: { raw: '<p>x</p>' } })
  })

  test.each([
    ['trashed', async (id: number) => void (await blog.ask(`posts/${id}`, undefined, 'DELETE')), 'unsure'],
    ['made private', async (id: number) => void (await blog.ask(`posts/${id}`, { status: 'private' })), 'unsure'],
    ['renamed', async (id: number) => void (await blog.ask(`posts/${id}`, { slug: 'mine' })), 'unsure'],
    ['deleted', async (id: number) => void (await blog.ask(`posts/${id}?force=true`, undefined, 'DELETE')), 'absent'],
  ])('a draft that a person has %s is reported as %s', async (what, act, state) => {
    const part = await prepared(`person ${what}`)
    await act(part.id)
    expect(await find(part)).toEqual({ state })
  })

  test('a deleted draft cannot be published', async () => {
    const part = await prepared('deleted draft')
    await blog.ask(`posts/${part.id}?force=true`, undefined, 'DELETE')
    await expect(publish.submit(blog.session(), part, '')).rejects.toMatchObject({
      ...{ kind: 'gone', code: 'rest_post_invalid_id' },
    })
  })

  test('removing puts into the trash, and deletes where that is asked for', async () => {
    const kept = await blog.send('kept', 'x', { title: 'kept' })
    await publish.remove!(blog.session(), kept)
    await publish.remove!(blog.session(), kept)
    expect(await blog.postsTitled('kept')).toMatchObject([{ status: 'trash' }])
    await publish.remove!(blog.session(), { ...kept, proof: { force: true } })
    expect(await blog.postsTitled('kept')).toEqual([])
    await publish.remove!(blog.session(), kept)
  })

  test('comments are counted for posts that exist', async () => {
    const [busy, quiet] = [await blog.send('busy', 'x'), await blog.send('quiet', 'x')]
    for (const content of ['One', 'Two']) await blog.ask('comments', { post: Number(busy.id), content })
    const none = { likes: null, reposts: null, quotes: null, views: null }
    const ids = [busy.id, quiet.id, '999999', 'nonsense']
    expect(await wordpress.metrics!.posts(blog.session(), ids)).toEqual(
      new Map([
        [busy.id, { ...none, replies: 2 }],
        [quiet.id, { ...none, replies: 0 }],
      ]),
    )
    blog.front.inject(faults.status(403), { match: ({ path }) => path.includes('/comments') })
    expect((await wordpress.metrics!.posts(blog.session(), [busy.id])).get(busy.id)?.replies).toBeNull()
  })

  test('a site without /wp-json/ addresses takes articles too', async () => {
    const session = sessionFor([blog.front.host], through(blog.connection, { root: `${blog.front.url}/?rest_route=/` }))
    const part = await publish.prepare!(session, articleOf('x', { title: 'Plain', tags: ['plain'] }), 'plain')
    const ref = await publish.submit(session, part, 'plain')
    expect(ref).toMatchObject({ state: 'published', url: `${blog.site.url}/plain/` })
    expect(blog.front.requests.every(({ path }) => path.startsWith('/?rest_route='))).toBe(true)
  })

  test.each<[string, Partial<Draft> & { text?: string }, unknown, string]>([
    [
      'a category that does not exist',
      { options: { categories: [1, 4711] } },
      'category-unknown',
      'options.categories',
    ],
    ['an option that does not exist', { options: { sticky: true } }, 'options.invalid', 'options'],
    ['a text of 25 million bytes', { text: 'x'.repeat(25_000_000) }, 'text.too-many-bytes', 'segments.0.text'],
    ['a tag that is too long', { tags: ['x'.repeat(250)] }, expect.any(String), 'tags'],
  ])('%s is refused with its field, and leaves no post', async (name, { text = 'x', ...changes }, code, field) => {
    await expect(blog.send(name, text, { title: name, ...changes })).rejects.toMatchObject({
      kind: 'rejected',
      code,
      field,
    })
    expect(await blog.postsTitled(name)).toEqual([])
  })

  test('a file that the site does not take is refused with its field', async () => {
    const image = await sampleImage('page', 'A page')
    const bytes = new TextEncoder().encode('<?php echo 1;')
    const open = () => new Blob([bytes]).stream()
    const file = { media: image.media, file: { ...image.file, type: 'text/x-php', bytes: bytes.length, open } }
    await expect(blog.send('php', 'x', { title: 'php', files: [file] })).rejects.toMatchObject({
      ...{ kind: 'rejected', code: expect.stringMatching(/^rest_upload/), field: 'segments.0.media.0' },
    })
    expect(await blog.postsTitled('php')).toEqual([])
  })

  test('somebody who may write but not publish is told which right is missing', async () => {
    const user = {
      username: 'writer',
      email: 'writer@example.org',
      password: crypto.randomUUID(),
      roles: ['contributor'],
    }
    const { id } = (await blog.ask('users', user)) as { id: number }
    const { password } = (await blog.ask(`users/${id}/application-passwords`, { name: 'x' })) as { password: string }
    const credentials = { username: 'writer', password }
    const session = sessionFor([blog.front.host], { ...blog.connection, credentials })
    const part = await publish.prepare!(session, articleOf('x', { title: 'Mine' }), 'mine')
    await expect(publish.submit(session, part, 'mine')).rejects.toMatchObject({
      ...{ kind: 'forbidden', code: 'rest_cannot_publish', scope: 'publish_posts' },
    })
    const photo = await sampleImage('photo', 'x')
    const withFile = sessionFor([blog.front.host], { ...blog.connection, credentials }, [photo])
    await expect(publish.prepare!(withFile, articleOf('x', {}, [photo]), 'f')).rejects.toMatchObject({
      ...{ kind: 'forbidden', code: 'rest_cannot_create', scope: 'upload_files' },
    })
  })

  test('a revoked password is told apart from a missing right', async () => {
    const credentials = { username: blog.site.username, password: 'revoked' }
    const session = sessionFor([blog.front.host], { ...blog.connection, credentials })
    await expect(publish.prepare!(session, articleOf('x'), 'revoked')).rejects.toMatchObject({ kind: 'auth-revoked' })
    await expect(wordpress.identify(session)).rejects.toMatchObject({ kind: 'auth-revoked' })
  })
})
