// The past of an account at the double: several pages, what is no post of it, and an answer to somebody who is gone.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../contract.ts'
import type { HistoryItem } from '../history.ts'
import { createTestSession } from '../testing/session.ts'
import { type MastodonDouble, startMastodonDouble } from './double/server.ts'
import { write } from './double/statuses.ts'
import { mastodon } from './index.ts'

let double: MastodonDouble
beforeAll(async () => {
  double = await startMastodonDouble({ accounts: ['me', 'ben'] })
})
afterAll(() => double.stop())

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000)

/** As if it had been said so many days ago. */
function say(who: string, days: number, params: Record<string, unknown>): string {
  const status = write({ status: 'x', ...params }, double.account(who), { application: null, state: double.state })
  status.createdAt = daysAgo(days)
  return status.id
}

async function told(): Promise<HistoryItem[]> {
  const token = mastodon.auth.find(({ id }) => id === 'token')!
  if (token.kind !== 'fields') throw new Error('a token is a field')
  const allowPrivate = [double.host]
  const values = { server: double.url, accessToken: double.tokenFor('me') }
  const { credentials, profile } = await token.connect(createTestSession({ allowPrivate }), values)
  const session = createTestSession({ allowPrivate, credentials, profile })
  const items: HistoryItem[] = []
  let cursor: Json = null
  do {
    const page = await mastodon.history!.page(session, { since: daysAgo(91), cursor, limit: 100 })
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

test('posts and replies of twelve weeks are told, and nothing that is neither', async () => {
  const old = say('me', 95, {})
  const posts = Array.from({ length: 90 }, (_, index) => say('me', 90 - index, {}))
  const asked = say('ben', 1, {})
  const reply = say('me', 1, { in_reply_to_id: asked })
  const toGone = say('me', 1, { in_reply_to_id: say('ben', 1, {}) })
  double.state.statuses = double.state.statuses.filter(
    ({ id }) => id !== double.state.statuses.find((one) => one.id === toGone)!.replyTo,
  )
  const more = say('me', 1, { in_reply_to_id: posts.at(-1) })
  const direct = say('me', 1, { status: '@ben hush', visibility: 'direct' })
  const followers = say('me', 1, { visibility: 'private' })
  const original = double.state.statuses.find(({ id }) => id === asked)!
  const repost = say('me', 1, {})
  double.state.statuses.find(({ id }) => id === repost)!.reblogOf = original
  const items = await told()
  const ids = (kind: HistoryItem['kind']) => items.filter((item) => item.kind === kind).map(({ id }) => id)
  expect(ids('post').toSorted()).toEqual([...posts, followers].toSorted())
  expect(ids('reply').toSorted()).toEqual([reply, toGone].toSorted())
  for (const none of [old, more, direct, repost]) expect(items.some(({ id }) => id === none)).toBe(false)
  expect(items.every(({ by, url }) => by === null && url!.startsWith(double.url))).toBe(true)
  expect(double.violations ?? []).toEqual([])
})
