// Contract cases: what is published arrives as it was written, and can be found and taken away.

import { expect } from 'vitest'
import type { Draft, Limits, RemoteRef } from '../contract.ts'
import { measureText } from '../text.ts'
import type { Case } from './contract-suite.ts'
import { sampleImage } from './session.ts'
import {
  draftOf,
  findUntil,
  limitsOf,
  mark,
  partOf,
  prepare,
  publishedWith,
  publishOf,
  publishPart,
  type Stage,
  sessionOf,
  submit,
} from './world.ts'

export function publishCases(stage: Stage, when: Case): void {
  const { publish } = stage.connector
  const publishes = publish !== undefined

  when('the largest draft is accepted, and one step more is refused', publishes, () => largestDraft(stage))
  when('a published post is found', publish?.find !== undefined, () => findsPublished(stage))
  when('a published post has an address', publishes, async () => {
    const ref = await publishPart(stage, partOf(draftOf(stage, `${mark()} address`)))
    expect(ref.id).not.toBe('')
    expect(URL.canParse(ref.url)).toBe(true)
  })
  when('images arrive with their alternative text', publishes, () => imagesArrive(stage))
  when('a thread hangs together, and the first comment answers the post', publishes, () => threadArrives(stage))
  when('the same key twice gives one post', publish?.keyLifetime !== undefined, async () => {
    const word = mark()
    const prepared = await prepare(stage, partOf(draftOf(stage, `${word} twice`)), word)
    const first = await submit(stage, prepared, word)
    const second = await submit(stage, prepared, word)
    expect(second.id).toBe(first.id)
    expect(await publishedWith(stage, word)).toHaveLength(1)
  })
  when('removing removes, also a second time', publish?.remove !== undefined, async () => {
    const word = mark()
    const ref = await publishPart(stage, partOf(draftOf(stage, `${word} remove`)))
    expect(await publishedWith(stage, word)).toHaveLength(1)
    await publish!.remove!(sessionOf(stage), ref)
    expect(await publishedWith(stage, word)).toEqual([])
    await publish!.remove!(sessionOf(stage), ref)
  })
}

/** Above this, filling a text to its limit tests the machine rather than the connector. */
const longestFilled = 200_000
const mostPictures = 10

async function largestDraft(stage: Stage): Promise<void> {
  const limits = limitsOf(stage)
  const word = mark()
  const fits = draftOf(stage, filled(word, limits, Math.min(limits.text.max, longestFilled)))
  const images = limits.images ? await picturesFor(limits, word) : []
  fits.segments[0]!.media = images.map(({ media }) => media)
  expect(errors(stage, fits)).toEqual([])
  await publishPart(stage, partOf(fits), images)
  expect(await publishedWith(stage, word)).toHaveLength(1)
  for (const draft of oneStepMore(fits, limits)) expect(errors(stage, draft)).toHaveLength(1)
}

function oneStepMore(fits: Draft, limits: Limits): Draft[] {
  const more: Draft[] = []
  const [first, ...rest] = fits.segments
  if (!first) return more
  const changed = (segment: Partial<typeof first>) => ({ ...fits, segments: [{ ...first, ...segment }, ...rest] })
  if (limits.text.max <= longestFilled) more.push(changed({ text: `${first.text}x` }))
  const image = first.media[0]
  if (image && limits.images) {
    if (first.media.length === limits.images.max) more.push(changed({ media: [...first.media, image] }))
    more.push(changed({ media: [{ ...image, alt: `${'a'.repeat(limits.images.altMax)}b` }] }))
    more.push(changed({ media: [{ ...image, bytes: limits.images.maxBytes + 1 }] }))
  }
  const segments = Array.from({ length: (limits.thread?.max ?? 1) + 1 }, () => ({ ...first, media: [] }))
  more.push({ ...fits, segments })
  return more
}

/** A text of exactly `length`, as the network counts it, of ordinary words. */
function filled(word: string, limits: Limits, length: number): string {
  const text = `${word} ${'marathon '.repeat(length / 9 + 1)}`
  const cut = `${text.slice(0, length - 1)}x`
  expect(measureText(cut, limits.text)).toBe(length)
  return cut
}

function picturesFor({ images }: Limits, word: string) {
  const type = images?.types.includes('image/jpeg') ? 'image/jpeg' : 'image/png'
  const alt = 'a'.repeat(Math.min(images?.altMax ?? 0, longestFilled))
  const count = Math.min(images?.max ?? 0, mostPictures)
  return Promise.all(Array.from({ length: count }, (_, index) => sampleImage(`${word}-${index}`, alt, type)))
}

function errors(stage: Stage, draft: Draft) {
  return publishOf(stage)
    .check(draft, limitsOf(stage))
    .filter(({ level }) => level === 'error')
}

async function findsPublished(stage: Stage): Promise<void> {
  const word = mark()
  const since = new Date()
  const prepared = await prepare(stage, partOf(draftOf(stage, `${word} find`)), word)
  const ref = await submit(stage, prepared, word)
  const found = await findUntil(stage, prepared, word, since, 'published')
  expect(found).toMatchObject({ id: ref.id })
  const other = mark()
  const never = await prepare(stage, partOf(draftOf(stage, `${other} never sent`)), other)
  await findUntil(stage, never, other, since, 'absent')
}

/** What is not offered must be said before scheduling. */
const complaintsOf = (stage: Stage, draft: Draft) =>
  stage.connector.publish!.check(draft, limitsOf(stage)).filter(({ level }) => level === 'error')

async function imagesArrive(stage: Stage): Promise<void> {
  const limits = limitsOf(stage)
  const word = mark()
  const alts = ['A path through "fog" & pines', 'Läufer im Ziel 🏁'].slice(0, limits.images?.max ?? 1)
  const files = await Promise.all(alts.map((alt, index) => sampleImage(`${index}-${word}`, alt)))
  const draft = draftOf(stage, `${word} images`)
  draft.segments[0]!.media = files.map(({ media }) => media)
  if (!limits.images) return expect(complaintsOf(stage, draft)).not.toEqual([])
  await publishPart(stage, partOf(draft), files)
  const [post] = await publishedWith(stage, word)
  expect(post?.alts ?? alts).toEqual(alts)
}

async function threadArrives(stage: Stage): Promise<void> {
  const limits = limitsOf(stage)
  const word = mark()
  const draft = draftOf(stage, `${word} one`)
  if (!limits.thread && !limits.firstComment) {
    draft.segments.push({ text: `${word} two`, media: [] })
    return expect(complaintsOf(stage, draft)).not.toEqual([])
  }
  if (limits.thread) draft.segments.push({ text: `${word} two`, media: [] }, { text: `${word} three`, media: [] })
  const refs: RemoteRef[] = []
  for (const position of draft.segments.keys()) {
    const place = {
      position,
      role: position === 0 ? 'post' : 'segment',
      root: refs[0] ?? null,
      previous: refs.at(-1) ?? null,
    } as const
    refs.push(await publishPart(stage, partOf(draft, place)))
  }
  if (limits.firstComment) {
    const segment = { text: `${word} comment`, media: [] }
    const place = {
      position: draft.segments.length,
      role: 'comment',
      segment,
      root: refs[0] ?? null,
      previous: refs.at(-1) ?? null,
    } as const
    refs.push(await publishPart(stage, { ...partOf(draft), ...place }))
  }
  const posts = await publishedWith(stage, word)
  expect(posts).toHaveLength(refs.length)
  for (const [position, ref] of refs.entries()) {
    const post = posts.find(({ id }) => id === ref.id)
    expect(post).toBeDefined()
    if (post?.replyTo === undefined) continue
    const parent = position === draft.segments.length ? refs[0] : refs[position - 1]
    expect(post.replyTo).toBe(parent?.id ?? null)
  }
}
