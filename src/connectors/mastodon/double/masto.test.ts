// An independent client drives the double: masto.js, which is tested against a real Mastodon server.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleInPart, partDir, stampFile } from '../../../../test/servers/cache.ts'
import { type MastodonDouble, startMastodonDouble } from './server.ts'

/** As much of masto's types as is used; the package is no dependency of ours. */
interface Status {
  id: string
  content: string
  createdAt: string
  favouritesCount: number
  reblogsCount: number
  inReplyToId: string | null
  mediaAttachments: { id: string; description: string; url: string }[]
  poll: { id: string } | null
  reblog: Status | null
  text?: string
}
interface Poll {
  votesCount: number
  voted: boolean
  ownVotes: number[]
  options: { title: string; votesCount: number | null }[]
}
type Act<T> = (params?: unknown, meta?: unknown) => Promise<T>
interface Client {
  v1: {
    accounts: {
      verifyCredentials: Act<{ id: string; username: string; source: { privacy: string } }>
      lookup: Act<{ id: string }>
      $select(id: string): { statuses: { list(params?: unknown): AsyncIterable<Status[]> } }
    }
    apps: { create: Act<{ clientId: string; clientSecret: string }>; verifyCredentials: Act<{ name: string }> }
    statuses: {
      create: Act<Status>
      list: Act<Status[]>
      $select(id: string): {
        fetch: Act<Status>
        update: Act<Status>
        remove: Act<Status>
        favourite: Act<Status>
        unfavourite: Act<Status>
        reblog: Act<Status>
        unreblog: Act<Status>
        context: { fetch: Act<{ ancestors: Status[]; descendants: Status[] }> }
        source: { fetch: Act<{ text: string }> }
      }
    }
    polls: { $select(id: string): { fetch: Act<Poll>; votes: { create: Act<Poll> } } }
    notifications: { list(params?: unknown): AsyncIterable<{ type: string; status: Status }[]> }
    timelines: { home: { list(params?: unknown): AsyncIterable<Status[]> } }
  }
  v2: {
    instance: { fetch: Act<{ version: string; configuration: { statuses: { maxCharacters: number } } }> }
    media: { create: Act<{ id: string; url: string; description: string }> }
    search: { list(params: unknown): AsyncIterable<{ statuses: Status[]; accounts: { acct: string }[] }> }
  }
}
interface OAuthClient {
  token: { create: Act<{ accessToken: string; scope: string }> }
  revoke: Act<void>
}
interface Masto {
  createRestAPIClient(options: { url: string; accessToken?: string }): Client
  createOAuthAPIClient(options: { url: string }): OAuthClient
}

const lack = existsSync(join(partDir('tools'), stampFile)) ? null : 'masto missing; run bin/test-servers install'
if (lack) process.stderr.write(`\nSKIPPED, the double is not held to an independent client: ${lack}\n`)

describe.skipIf(lack !== null)(`masto.js at the double${lack ? ` (SKIPPED: ${lack})` : ''}`, () => {
  let double: MastodonDouble
  let masto: Masto
  let me: Client
  let you: Client

  beforeAll(async () => {
    masto = (await import(moduleInPart('tools', 'masto'))) as Masto
    double = await startMastodonDouble({ accounts: ['me', 'you'], autoApprove: true })
    const clientOf = (acct: string) =>
      masto.createRestAPIClient({ url: double.url, accessToken: double.tokenFor(acct) })
    me = clientOf('me')
    you = clientOf('you')
  })
  afterAll(async () => {
    await double.stop()
    expect(double.violations ?? []).toEqual([])
  })

  const first = async <T>(pages: AsyncIterable<T>): Promise<T> => {
    for await (const page of pages) return page
    throw new Error('no page')
  }

  test('registers, signs in with a code, and revokes its token', async () => {
    const redirectUri = 'https://client.example/back'
    const scope = 'read write'
    const anonymous = masto.createRestAPIClient({ url: double.url })
    const app = await anonymous.v1.apps.create({ clientName: 'masto', redirectUris: redirectUri, scopes: scope })
    const query = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
    })
    const answer = await fetch(`${double.url}/oauth/authorize?${query}`, { redirect: 'manual' })
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code')
    const oauth = masto.createOAuthAPIClient({ url: double.url })
    const { clientId, clientSecret } = app
    const grant = { grantType: 'authorization_code', clientId, clientSecret, redirectUri, code, scope }
    const token = await oauth.token.create(grant)
    expect(token.scope).toBe(scope)
    const client = masto.createRestAPIClient({ url: double.url, accessToken: token.accessToken })
    expect((await client.v1.accounts.verifyCredentials()).username).toBe('me')
    expect((await client.v1.apps.verifyCredentials()).name).toBe('masto')
    await oauth.revoke({ clientId, clientSecret, token: token.accessToken })
    await expect(client.v1.accounts.verifyCredentials()).rejects.toMatchObject({ statusCode: 401 })
  })

  test('reads the instance', async () => {
    const instance = await me.v2.instance.fetch()
    expect(instance.version).toBe('4.5.3')
    expect(instance.configuration.statuses.maxCharacters).toBe(500)
  })

  test('posts with media, replies, and reads the thread', async () => {
    double.settings.mediaProcessingMs = 200
    const file = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' })
    const media = await me.v2.media.create({ file, description: 'Three bytes' })
    double.settings.mediaProcessingMs = 0
    const root = await me.v1.statuses.create({ status: 'Look @you #tag', mediaIds: [media.id], visibility: 'public' })
    expect(root.mediaAttachments).toMatchObject([{ id: media.id, description: 'Three bytes' }])
    expect(new Uint8Array(await (await fetch(root.mediaAttachments[0]!.url)).arrayBuffer())).toEqual(
      new Uint8Array([1, 2, 3]),
    )
    const reply = await you.v1.statuses.create({ status: 'Nice', inReplyToId: root.id })
    const again = await me.v1.statuses.create({ status: 'Thanks', inReplyToId: reply.id })
    const context = await you.v1.statuses.$select(reply.id).context.fetch()
    expect(context.ancestors.map(({ id }) => id)).toEqual([root.id])
    expect(context.descendants.map(({ id }) => id)).toEqual([again.id])
    const [heard] = await first(you.v1.notifications.list({ types: ['mention'] }))
    expect(heard).toMatchObject({ type: 'mention', status: { id: root.id } })
    const found = await first(me.v2.search.list({ q: 'Nice', type: 'statuses' }))
    expect(found.statuses.map(({ id }) => id)).toEqual([reply.id])
  })

  test('favourites, boosts, and takes both back', async () => {
    const { id } = await me.v1.statuses.create({ status: 'Like me' })
    const theirs = you.v1.statuses.$select(id)
    expect((await theirs.favourite()).favouritesCount).toBe(1)
    const boost = await theirs.reblog()
    expect(boost).toMatchObject({ reblog: { id, reblogsCount: 1 } })
    expect((await theirs.reblog()).id).toBe(boost.id)
    expect(await theirs.unfavourite()).toMatchObject({ favouritesCount: 0 })
    expect(await theirs.unreblog()).toMatchObject({ id, reblogsCount: 0 })
    const types = (await first(me.v1.notifications.list())).slice(0, 2).map(({ type }) => type)
    expect(types).toEqual(['reblog', 'favourite'])
  })

  test('asks in a poll, and votes once', async () => {
    const poll = { options: ['Yes', 'No'], expiresIn: 3600, hideTotals: true }
    const status = await me.v1.statuses.create({ status: 'Well?', poll })
    const theirs = you.v1.polls.$select(status.poll!.id)
    const after = await theirs.votes.create({ choices: [1] })
    expect(after).toMatchObject({
      votesCount: 1,
      voted: true,
      ownVotes: [1],
      options: [{ votesCount: null }, { votesCount: null }],
    })
    await expect(theirs.votes.create({ choices: [0] })).rejects.toMatchObject({ statusCode: 422 })
    expect((await me.v1.polls.$select(status.poll!.id).fetch()).voted).toBe(false)
  })

  test('edits, and deletes with the source to write it anew', async () => {
    const { id } = await me.v1.statuses.create({ status: 'Frist' })
    const mine = me.v1.statuses.$select(id)
    expect((await mine.update({ status: 'First <3' })).content).toBe('<p>First &lt;3</p>')
    expect(await mine.source.fetch()).toMatchObject({ text: 'First <3' })
    expect(await mine.remove()).toMatchObject({ text: 'First <3' })
    await expect(mine.fetch()).rejects.toMatchObject({ statusCode: 404 })
    await expect(you.v1.statuses.$select(id).remove()).rejects.toMatchObject({ statusCode: 404 })
  })

  test('sends one post for one key', async () => {
    const once = () =>
      me.v1.statuses.create({ status: 'Once' }, { requestInit: { headers: { 'Idempotency-Key': 'k' } } })
    expect((await once()).id).toBe((await once()).id)
  })

  test('pages through an account by its links', async () => {
    double.settings.rateLimits = { requests: 10_000, uploads: 30, deletions: 30 }
    for (let i = 0; i < 45; i++) await you.v1.statuses.create({ status: `Number ${i}` })
    const { id } = await you.v1.accounts.lookup({ acct: 'you@example.social' })
    const seen: string[] = []
    for await (const page of you.v1.accounts.$select(id).statuses.list({ limit: 10, excludeReplies: true })) {
      expect(page.length).toBeLessThanOrEqual(10)
      seen.push(...page.map((status) => status.id))
    }
    expect(seen.length).toBeGreaterThanOrEqual(45)
    expect(new Set(seen).size).toBe(seen.length)
    const two = await you.v1.statuses.list({ id: seen.slice(0, 2) })
    expect(two.map((status) => status.id)).toEqual(seen.slice(0, 2))
    expect(await first(me.v1.timelines.home.list({ limit: 5 }))).toHaveLength(5)
  })
})
