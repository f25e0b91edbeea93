// What goes out is frozen when a post is scheduled: its links get their parameters and short codes, once and for good.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDraft, anOrganisation, aPracticeAccount } from '../../test/world/practice.ts'
import type { Draft } from '../connectors/contract.ts'
import { asSystem, inOrg } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import type { Caller } from '../people/types.ts'
import { assignPost } from './belonging.ts'
import { checkPost } from './check-post.ts'
import { type Ground, prepareGround } from './ground.testing.ts'
import { contentHash } from './keys.ts'
import { keepRules } from './links/store.ts'
import { defaultRules, type LinkRules } from './links/types.ts'
import { schedulePost, unschedulePost } from './schedule-post.ts'
import { createPost, savePost } from './write-post.ts'

let ground: Ground
let second: string

beforeAll(async () => {
  ground = await prepareGround()
  second = await aPracticeAccount(ground.services, ground.caller, ground.network)
})
afterAll(() => ground.close())

const useRules = (rules: Partial<LinkRules>, caller: Caller = ground.caller) =>
  inOrg(ground.services.db, caller.orgId, (tx) =>
    keepRules(tx, caller.orgId, { ...defaultRules, ...rules }, { by: caller.memberId, at: new Date() }),
  )

const aPost = (content: Draft, accountIds = [ground.account], caller = ground.caller) =>
  createPost(ground.services, caller, {
    content,
    variants: accountIds.map((accountId) => ({ accountId, content: null })),
  })
const schedule = (id: string, caller = ground.caller) =>
  schedulePost(ground.services, caller, { id, when: { kind: 'at', wall: '2099-01-01T10:00', zone: 'UTC' } })
const frozenOf = (post: Awaited<ReturnType<typeof schedule>>, at = 0) => post.variants[at]!.frozen!.segments[0]!.text
const linksIn = (text: string) => text.match(/https?:\S+/g) ?? []

describe('with UTM parameters', () => {
  test('the words stay as they were typed; what goes out, and what is approved, has the parameters', async () => {
    await useRules({})
    const post = await aPost(aDraft('Read https://example.org/a?x=1#top.'))
    const before = await ground.variantOf(post.id)
    expect(before.frozen).toBeNull()
    const scheduled = await schedule(post.id)
    const variant = await ground.variantOf(post.id)
    expect(scheduled.content).toEqual(post.content)
    expect(frozenOf(scheduled)).toBe(
      `Read https://example.org/a?x=1&utm_source=fake&utm_medium=social&utm_campaign=always-on&utm_content=${variant.id.slice(-8)}#top.`,
    )
    expect(variant.content_hash).toBe(contentHash(scheduled.variants[0]!.frozen!, ground.account))
  })

  test('they name the campaign to which the post belongs when it is scheduled', async () => {
    const campaignId = newId()
    await inOrg(ground.services.db, ground.caller.orgId, (tx) =>
      tx
        .insertInto('campaigns')
        .values({
          ...{ org_id: ground.caller.orgId, id: campaignId, name: 'Autumn Fair', kind: 'trade-show', time_zone: 'UTC' },
          ...{ begins_on: '2026-10-01', ends_on: '2026-10-05' },
          ...{ owner_id: ground.caller.memberId, created_by: ground.caller.memberId },
        })
        .execute(),
    )
    const post = await aPost(aDraft('https://example.org/'))
    await assignPost(ground.services, ground.caller, { id: post.id, campaignId })
    expect(frozenOf(await schedule(post.id))).toContain('utm_campaign=autumn-fair&')
    const [checked] = await checkPost(ground.services, ground.caller, {
      id: post.id,
      content: post.content,
      variants: [{ accountId: ground.account, content: null }],
    })
    expect(checked!.links[0]!.goesOut).toContain('utm_campaign=autumn-fair&')
  })

  test('the network receives them', async () => {
    const { remoteId } = await ground.published({ segments: [{ text: 'Out: https://example.org/out', media: [] }] })
    expect(ground.network.posts().find(({ id }) => id === remoteId)!.text).toMatch(
      /^Out: https:\/\/example\.org\/out\?utm_source=fake&/,
    )
    await ground.rest()
  })
})

describe('with short links', () => {
  test('each variant and each address has a code of its own, which stays when it is frozen again', async () => {
    await useRules({ short: true })
    const post = await aPost(aDraft('https://example.org/1 https://example.org/2 https://example.org/1'), [
      ground.account,
      second,
    ])
    const first = await schedule(post.id)
    const [one, other] = [linksIn(frozenOf(first)), linksIn(frozenOf(first, 1))]
    expect(one[0]).toMatch(/^http:\/\/localhost:4545\/l\/[2-9b-z]{8}$/)
    expect(one[2]).toBe(one[0])
    expect(new Set([...one, ...other]).size).toBe(4)
    await unschedulePost(ground.services, ground.caller, { id: post.id })
    const again = await schedule(post.id)
    expect(again.variants.map(({ frozen }) => frozen)).toEqual(first.variants.map(({ frozen }) => frozen))
  })

  test('an edit keeps the code of an address that stays', async () => {
    const post = await aPost(aDraft('https://example.org/stays and https://example.org/goes'))
    const [stays] = linksIn(frozenOf(await schedule(post.id)))
    const saved = await savePost(ground.services, ground.caller, {
      id: post.id,
      revision: post.revision,
      content: aDraft('Now https://example.org/new and https://example.org/stays'),
    })
    expect(saved.variants[0]!.frozen).toBeNull()
    expect(linksIn(frozenOf(await schedule(post.id)))[1]).toBe(stays)
  })

  test('the same address of another organisation leads through a code of theirs', async () => {
    const theirs = await anOrganisation(ground.services.db, 'Others')
    const account = await aPracticeAccount(ground.services, theirs, ground.network)
    await useRules({ short: true, utm: false }, theirs)
    const [ours, other] = [
      await aPost(aDraft('https://example.org/shared')),
      await aPost(aDraft('https://example.org/shared'), [account], theirs),
    ]
    const [a, b] = [frozenOf(await schedule(ours.id)), frozenOf(await schedule(other.id, theirs))]
    expect(a).not.toBe(b)
    const seen = await inOrg(ground.services.db, theirs.orgId, (tx) =>
      tx.selectFrom('links').select('target').execute(),
    )
    expect(seen).toEqual([{ target: 'https://example.org/shared' }])
  })

  test('before it is scheduled the check shows an address of the same length, and no code is written', async () => {
    const content = aDraft('https://example.org/only-checked')
    const [checked] = await checkPost(ground.services, ground.caller, {
      content,
      variants: [{ accountId: ground.account, content: null }],
    })
    const post = await aPost(content)
    const goesOut = checked!.links[0]!.goesOut
    const none = await asSystem(ground.services.db, (tx) =>
      tx.selectFrom('links').select('id').where('target', 'like', '%only-checked%').execute(),
    )
    expect(none).toEqual([])
    expect(frozenOf(await schedule(post.id)).length).toBe(goesOut.length)
  })

  test('a refused post leaves no short link behind', async () => {
    const post = await aPost(aDraft(`https://example.org/refused ${'x'.repeat(10_000)}`))
    await expect(schedule(post.id)).rejects.toMatchObject({ code: 'text.too-long' })
    const left = await asSystem(ground.services.db, (tx) =>
      tx.selectFrom('links').select('id').where('target', 'like', '%refused%').execute(),
    )
    expect(left).toEqual([])
  })
})

test('what fits as it is typed, and not with its links, is refused with that reason', async () => {
  await useRules({})
  const max = await longest()
  const link = 'https://example.org/long'
  const content = aDraft(`${'x'.repeat(max - link.length - 1)} ${link}`)
  const post = await aPost(content)
  await expect(schedule(post.id)).rejects.toMatchObject({
    code: 'text.too-long-with-links',
    field: 'segments.0.text',
    params: { max, count: expect.any(Number) },
  })
  const [checked] = await checkPost(ground.services, ground.caller, {
    content,
    variants: [{ accountId: ground.account, content: null }],
  })
  expect(checked!.issues.map(({ code }) => code)).toContain('text.too-long-with-links')
})

const longest = async (): Promise<number> => {
  const { id } = await aPost(aDraft('x'.repeat(100_000)))
  return schedule(id).then(
    () => Number.NaN,
    (refusal) => refusal.params.max,
  )
}
