// The reference: a bare loop with the network's own client that makes the same writes with as many hands, and keeps no ledger.

import type { AccountRow } from '../../src/accounts/session.ts'
import { sessionFor } from '../../src/accounts/session.ts'
import { prepared } from '../../src/connectors/bluesky/wire.ts'
import { asSystem } from '../../src/db/tx.ts'
import { newId } from '../../src/lib/ids.ts'
import { partKey } from '../../src/publishing/keys.ts'
import { partOf } from '../../src/publishing/rules.ts'
import { aDraft, type PracticeServices } from '../../test/world/practice.ts'
import { usedBy } from '../processor-time.ts'
import { type Summary, summaryOf } from '../statistics.ts'
import type { AtpAgent, FakeProcess, Network, PdsNetwork } from './networks.ts'

export interface Loop {
  count: number
  tookMs: number
  /** Milliseconds from the start until the network's answer. */
  lateness: Summary
  processor: { worker: number; network: number }
}

interface Write {
  agent: AtpAgent
  input: object
}

/** The inputs are made before the clock runs, so the loop does nothing but write. */
export async function bareLoop(
  services: PracticeServices,
  network: PdsNetwork,
  { agents, texts, concurrency }: { agents: AtpAgent[]; texts: string[]; concurrency: number },
): Promise<Loop> {
  const writes = await writesOf(services, network, agents, texts)
  return drainBare(network, writes, concurrency, async ({ agent, input }) => {
    const { data } = await agent.com.atproto.repo.putRecord(input)
    if (!data.uri || !data.cid) throw new Error('The server gave no proof.')
  })
}

/** The same for the practice network: plain fetch, one request a post. */
export function bareFetch(
  network: FakeProcess,
  { texts, concurrency }: { texts: string[]; concurrency: number },
): Promise<Loop> {
  const writes = texts.map((text, index) => ({ text, token: network.tokens[index % network.tokens.length]! }))
  return drainBare(network, writes, concurrency, async ({ text, token }) => {
    const answer = await fetch(`${network.url}/api/posts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': newId() },
      body: JSON.stringify({ text }),
    })
    if (!((await answer.json()) as { id?: string }).id) throw new Error('The network gave no proof.')
  })
}

async function drainBare<Item>(
  network: Network,
  items: Item[],
  concurrency: number,
  write: (item: Item) => Promise<void>,
): Promise<Loop> {
  const queue = [...items]
  const lateness: number[] = []
  const used = () => [usedBy(process.pid), usedBy(network.pid)]
  const before = used()
  const start = performance.now()
  const hand = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await write(next)
      lateness.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, hand))
  const tookMs = performance.now() - start
  const [worked, answered] = used().map((each, at) => (each - before[at]!) / items.length)
  return {
    count: items.length,
    tookMs,
    lateness: summaryOf(lateness),
    processor: { worker: worked!, network: answered! },
  }
}

async function writesOf(
  services: PracticeServices,
  network: PdsNetwork,
  agents: AtpAgent[],
  texts: string[],
): Promise<Write[]> {
  const rows = await asSystem(services.db, (tx) => tx.selectFrom('accounts').selectAll().execute())
  const accounts = network.accountIds.map((id) => rows.find((row) => row.id === id)!)
  return Promise.all(
    texts.map(async (text, index) => {
      const at = index % accounts.length
      return { agent: agents[at]!, input: await inputOf(services, network, accounts[at]!, text) }
    }),
  )
}

/** The very input that Longrun would send for this text. */
async function inputOf(
  services: PracticeServices,
  network: PdsNetwork,
  account: AccountRow,
  text: string,
): Promise<object> {
  const session = sessionFor(services, account, { signal: AbortSignal.timeout(60_000) })
  const part = partOf(aDraft(text), 0, { published: [], dueAt: new Date() })
  const made = prepared.parse(await network.connector.publish!.prepare!(session, part, partKey(newId(), 1, 0)))
  return { repo: made.repo, ...made.writes[0], swapRecord: null }
}
