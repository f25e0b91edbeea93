// People of a real server who write so many posts a second, a part of them with a word that somebody listens for.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Pds, PdsAccount } from '../../test/servers/pds.ts'

export interface Said {
  text: string
  uri: string
  /** When the server had taken it. */
  at: number
}

export interface Speakers {
  /** Everything with the word, in the order in which it was written. */
  wanted: Said[]
  /** Everything at all. */
  count(): number
  stop(): Promise<void>
}

const word = 'kettle'
/** One of so many has the word. */
const every = 4
const turnMs = 250

export async function startSpeakers(pds: Pds, rate: number): Promise<Speakers> {
  const people = await Promise.all(
    ['ann', 'ben', 'cleo', 'dora'].map(async (name) => {
      const account = await pds.createAccount(name)
      return { account, token: await signIn(pds, account) }
    }),
  )
  const wanted: Said[] = []
  let count = 0
  let on = true
  const perTurn = Math.max(1, Math.round((rate * turnMs) / 1000))

  async function turn(index: number): Promise<void> {
    const { account, token } = people[index % people.length]!
    const texts = Array.from({ length: perTurn }, () => textOf(count++))
    const createdAt = new Date().toISOString()
    const { results } = await call<{ results: { uri: string }[] }>(pds, 'com.atproto.repo.applyWrites', token, {
      repo: account.did,
      writes: texts.map((text) => ({
        $type: 'com.atproto.repo.applyWrites#create',
        collection: 'app.bsky.feed.post',
        value: { $type: 'app.bsky.feed.post', text, createdAt },
      })),
    })
    const at = Date.now()
    for (const [place, text] of texts.entries())
      if (text.includes(word)) wanted.push({ text, uri: results[place]!.uri, at })
  }

  async function speak(): Promise<void> {
    const begun = performance.now()
    for (let index = 0; on; index++) {
      await turn(index)
      await sleep(Math.max(0, begun + (index + 1) * turnMs - performance.now()))
    }
  }

  const speaking = speak()
  return {
    wanted,
    count: () => count,
    async stop() {
      on = false
      await speaking
    },
  }
}

const textOf = (index: number): string =>
  index % every === 0
    ? `Post ${index}: my ${word} does not close any more`
    : `Post ${index}: nothing in particular today`

async function signIn(pds: Pds, { handle, password }: PdsAccount): Promise<string> {
  const input = { identifier: handle, password }
  return (await call<{ accessJwt: string }>(pds, 'com.atproto.server.createSession', '', input)).accessJwt
}

async function call<T>(pds: Pds, method: string, token: string, input: object): Promise<T> {
  const response = await fetch(`${pds.url}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(input),
  })
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
