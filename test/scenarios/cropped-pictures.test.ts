// A picture is cropped per account: what was saved, what is refused, and the pixels that reach the network.

import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Crop, DraftMedia } from '../../src/connectors/contract.ts'
import { asSystem } from '../../src/db/tx.ts'
import { movingGif, quarters } from '../../src/media/testing/samples.ts'
import {
  expectWell,
  newPost,
  type Person,
  type Running,
  refusal,
  startRunning,
  textOf,
  there,
  untilState,
} from './world.ts'

let running: Running
let owner: Person
let follower: Awaited<ReturnType<Running['connect']>>
let other: typeof follower
let picture: DraftMedia

const red: Crop = { x: 0, y: 0, width: 0.5, height: 0.5 }
const blue: Crop = { x: 0.5, y: 0.1, width: 0.5, height: 0.4 }

beforeAll(async () => {
  running = await startRunning()
  owner = await running.as('owner')
  follower = await running.connect(owner, running.faults.url)
  other = await running.connect(owner, running.faults.url)
  picture = await upload(await quarters(400, 200).png().toBuffer())
})
beforeEach(() => running.faults.reset())
afterEach(() => expectWell(running))
afterAll(() => running.close())

async function upload(content: Uint8Array): Promise<DraftMedia> {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(content)], 'picture'))
  const { body } = await owner.call('POST', '/orgs/{org}/media', form)
  const { id, kind, type, bytes, width, height, seconds } = body
  return { id, kind, type, bytes, width, height, seconds, alt: 'Fields of colour' }
}

const withCrop = (text: string, crop?: Crop, alt = picture.alt) =>
  textOf(text, [{ ...picture, alt, ...(crop ? { crop } : {}) }])

/** Size and middle colour of every picture that reached the network, in the order of arrival. */
const arrived = () =>
  Promise.all(
    running.faults.requests
      .filter(({ path }) => path === '/api/images')
      .map(async ({ body }) => {
        const { data, info } = await sharp(body).removeAlpha().raw().toBuffer({ resolveWithObject: true })
        const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels
        return { size: [info.width, info.height], colour: [...data.subarray(middle, middle + 3)] }
      }),
  )

test('each account gets its own crop and description; who has none of its own follows the post', async () => {
  const content = withCrop('Two crops', red)
  const variants = [
    { accountId: follower.id },
    { accountId: other.id, content: withCrop('Two crops', blue, 'The blue one') },
  ]
  const { body: post } = await owner.call('POST', '/orgs/{org}/posts', { content, variants })
  const { body: read } = await owner.call('GET', `/orgs/{org}/posts/${post.id}`)
  expect(read.content.segments[0].media[0].crop).toEqual(red)
  expect(read.variants.map((each: typeof read) => each.content?.segments[0].media[0].crop)).toEqual([undefined, blue])

  running.work()
  await owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: { kind: 'now' } })
  await untilState(owner, post.id, 'published')
  // The network numbers pictures as they arrive.
  const numberOf = (id = '') => Number(id.split('-')[1])
  const posts = there(running, 'Two crops').toSorted((a, b) => numberOf(a.images[0]?.id) - numberOf(b.images[0]?.id))
  const pictures = await arrived()
  const seen = posts.map(({ author, images }, at) => [author, { alt: images[0]?.alt, ...pictures[at] }])
  expect(Object.fromEntries(seen)).toEqual({
    [follower.handle]: { alt: 'Fields of colour', size: [200, 100], colour: [255, 0, 0] },
    [other.handle]: { alt: 'The blue one', size: [200, 80], colour: [0, 0, 255] },
  })
})

test('one file has a crop in each part of a thread, and none where it was not cropped', async () => {
  const [first, second] = [withCrop('Whole', undefined), withCrop('Then a part', blue)]
  const post = await newPost(owner, [follower.id], { segments: [...first.segments, ...second.segments] })
  running.work()
  await owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, { when: { kind: 'now' } })
  await untilState(owner, post.id, 'published')
  expect((await arrived()).map(({ size }) => size)).toEqual([
    [400, 200],
    [200, 80],
  ])
})

test('another crop is a change like any other: back to a draft, with another content hash', async () => {
  const hashOf = async (id: string) =>
    (
      await asSystem(running.app.services.db, (tx) =>
        tx.selectFrom('variants').select('content_hash').where('post_id', '=', id).executeTakeFirstOrThrow(),
      )
    ).content_hash
  const post = await newPost(owner, [follower.id], withCrop('Cropped later'))
  const schedule = () =>
    owner.call('POST', `/orgs/{org}/posts/${post.id}/schedule`, {
      when: { kind: 'at', wall: '2099-01-01T09:00', zone: 'UTC' },
    })
  const hashes = new Set<string | null>()
  let { revision } = (await schedule()).body
  hashes.add(await hashOf(post.id))
  for (const crop of [red, blue, undefined]) {
    const saving = { revision, content: withCrop('Cropped later', crop) }
    const { body: saved } = await owner.call('PATCH', `/orgs/{org}/posts/${post.id}`, saving)
    expect(saved).toMatchObject({ state: 'draft', revision: revision + 1 })
    expect(saved.content.segments[0].media[0].crop).toEqual(crop)
    revision = (await schedule()).body.revision
    hashes.add(await hashOf(post.id))
  }
  // The last one has no crop again, and is what it was.
  expect([hashes.size, hashes.has(null)]).toEqual([3, false])
})

test('the check looks at what is left of a picture', async () => {
  running.network.setLimits({ imageTypes: ['image/png'] })
  const variants = [{ accountId: follower.id }]
  const check = (content: object) => owner.call('POST', '/orgs/{org}/posts/check', { content, variants })
  // That nobody has said whose the picture is has nothing to do with its crop.
  const issues = [
    { level: 'warning', code: 'media.rights-unknown', field: 'segments.0.media.0', params: { file: 'picture' } },
  ]
  expect((await check(withCrop('Fine', red))).body).toEqual([{ accountId: follower.id, issues, links: [] }])
  const outside = withCrop('No', { ...red, x: 0.7 })
  expect(refusal(await check(outside))).toEqual([422, 'invalid-input', 'content.segments.0.media.0.crop'])
})

test.each<[string, Partial<Crop>, string]>([
  ['reaches out at the right', { x: 0.6 }, 'crop'],
  ['reaches out below', { y: 0.9 }, 'crop'],
  ['begins outside', { x: -0.1 }, 'crop.x'],
  ['is wider than the picture', { width: 1.5 }, 'crop.width'],
  ['has no height', { height: 0 }, 'crop'],
  ['leaves 31 of 400 pixels', { width: 31 / 400 }, 'crop'],
  ['is not a number', { y: 'top' as unknown as number }, 'crop.y'],
])('a crop that %s is refused, with its field', async (_, change, field) => {
  const content = withCrop('Refused', { ...red, ...change })
  const answer = await owner.call('POST', '/orgs/{org}/posts', { content, variants: [] })
  expect(refusal(answer)).toEqual([422, 'invalid-input', `content.segments.0.media.0.${field}`])
})

test('what moves is not cropped, and one article has one crop of a file', async () => {
  const gif = await upload(await movingGif(64, 48, 3))
  const moving = textOf('No', [{ ...gif, crop: red }])
  expect(refusal(await owner.call('POST', '/orgs/{org}/posts', { content: moving }))).toEqual([
    422,
    'invalid-input',
    'content.segments.0.media.0.crop',
  ])
  const twice = (crop: Crop) => ({ ...withCrop('Twice', red), featured: { ...picture, crop } })
  expect(refusal(await owner.call('POST', '/orgs/{org}/posts', { content: twice(blue) }))).toEqual([
    422,
    'invalid-input',
    'content.featured.crop',
  ])
  expect((await owner.call('POST', '/orgs/{org}/posts', { content: twice(red) })).status).toBe(201)
})
