// People of a real network who answer an account of ours, answer themselves, and mention it.

import { setTimeout as sleep } from 'node:timers/promises'
import { recordKey } from '../../src/connectors/bluesky/record-key.ts'
import { newId } from '../../src/lib/ids.ts'
import type { Bluesky } from '../../test/servers/bluesky.ts'
import type { PdsAccount } from '../../test/servers/pds.ts'
import type { Random } from '../chaos/random.ts'

export interface Ref {
  uri: string
  cid: string
}

export interface Person extends PdsAccount {
  token: string
}

/** What somebody wrote to us. Those with the same `thread` are one conversation, in the order in which they stand here. */
export interface Written {
  uri: string
  text: string
  by: string
  thread: string
}

export async function call<T>(url: string, method: string, input: object, token = ''): Promise<T> {
  const response = await fetch(`${url}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(input),
  })
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

export async function enter(network: Bluesky, name: string): Promise<Person> {
  const account = await network.createAccount(name)
  const input = { identifier: account.handle, password: account.password }
  const session = await call<{ accessJwt: string }>(network.url, 'com.atproto.server.createSession', input)
  return { ...account, token: session.accessJwt }
}

/** Under a key of its own, so that it is written once although it is sent again when the line breaks: a network that stood still hangs up. */
export async function post(network: Bluesky, by: Person, text: string, more: object = {}): Promise<Ref> {
  const record = { $type: 'app.bsky.feed.post', text, createdAt: new Date().toISOString(), ...more }
  const input = { repo: by.did, collection: 'app.bsky.feed.post', rkey: recordKey(newId(), new Date()), record }
  for (let tries = 1; ; tries++) {
    try {
      return await call(network.url, 'com.atproto.repo.putRecord', input, by.token)
    } catch (error) {
      if (!(error instanceof TypeError) || tries === 5) throw error
      await sleep(500)
    }
  }
}

/** An AppView that learns of an answer before it knows what is answered tells nobody of it. */
export async function isKnown(network: Bluesky, { uri }: Ref): Promise<void> {
  const address = `${network.appViewUrl}/xrpc/app.bsky.feed.getPosts?uris=${encodeURIComponent(uri)}`
  for (let tries = 0; tries < 300; tries++) {
    const { posts } = (await (await fetch(address)).json()) as { posts: unknown[] }
    if (posts.length > 0) return
    await sleep(100)
  }
  throw new Error('The AppView does not learn of it.')
}

interface Scene {
  network: Bluesky
  us: Person
  /** Our post, which is talked about. */
  about: Ref
  people: Person[]
  /** How many each of them writes, and how long all of it takes. */
  each: number
  seconds: number
  random: Random
}

/** What somebody said last under our post. */
interface Mine {
  ref: Ref
  thread: string
  /** How far below it. */
  depth: number
}

/** The network tells nobody of what is said further below their post. */
const deepest = 4

/** Everybody speaks in their own time. Answers what was written, in the order of each writer. */
export async function speak({ network, us, about, people, each, seconds, random }: Scene): Promise<Written[]> {
  const written: Written[] = []
  await Promise.all(
    people.map(async (person, number) => {
      let mine: Mine | null = null as Mine | null
      for (let turn = 0; turn < each; turn++) {
        await sleep(random.next() * 2 * (seconds / each) * 1000)
        const text = `runner ${number} says ${turn}`
        const way = random.next()
        if (way < 0.2) {
          const name = `@${us.handle}`
          const index = { byteStart: 0, byteEnd: name.length }
          const features = [{ $type: 'app.bsky.richtext.facet#mention', did: us.did }]
          const ref = await post(network, person, `${name} ${text}`, { facets: [{ index, features }] })
          written.push({ uri: ref.uri, text: `${name} ${text}`, by: person.did, thread: ref.uri })
          continue
        }
        // Half of what is said goes on from what the same person said before under our post.
        const before = way < 0.6 && mine !== null && mine.depth < deepest ? mine : null
        const ref = await post(network, person, text, { reply: { root: about, parent: before?.ref ?? about } })
        mine = { ref, thread: before?.thread ?? ref.uri, depth: (before?.depth ?? 0) + 1 }
        written.push({ uri: ref.uri, text, by: person.did, thread: mine.thread })
      }
    }),
  )
  return written
}

/** Posts of an account, by their text. */
export async function postsOf(network: Bluesky, did: string): Promise<{ text: string; parent: string | null }[]> {
  const posts: { text: string; parent: string | null }[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const params = new URLSearchParams({ repo: did, collection: 'app.bsky.feed.post', limit: '100' })
    if (cursor) params.set('cursor', cursor)
    const answer = await fetch(`${network.url}/xrpc/com.atproto.repo.listRecords?${params}`)
    const page = (await answer.json()) as {
      records: { value: { text: string; reply?: { parent: Ref } } }[]
      cursor?: string
    }
    posts.push(...page.records.map(({ value }) => ({ text: value.text, parent: value.reply?.parent.uri ?? null })))
    cursor = page.records.length > 0 ? page.cursor : undefined
  }
  return posts
}
