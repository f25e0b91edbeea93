// Messages that arrive while a page is open: how long from their arrival until the page shows them, as the page asks for them.

import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { Agent } from 'undici'
import type { Said } from '../../src/connectors/converse.ts'
import { type Database, openAt } from '../../src/db/open.ts'
import { seenBy } from '../../src/db/tx.ts'
import { keepBatch } from '../../src/inbox/reading/keep-batch.ts'
import type { Reading } from '../../src/inbox/reading/leases.ts'
import { ask } from '../asking.ts'
import type { Owner, Product } from '../product.ts'
import { percentiles, printTable, type Target } from '../report.ts'
import { summaryOf } from '../statistics.ts'

/** As an open page does it: `src/inbox/ui/use-follow.ts`. */
const pageAsksEveryMs = 400
const shownAtOnce = 50

interface Arriving {
  product: Product
  owner: Owner
  connection: pg.ClientConfig
  /** Each is read by itself, as the product does it, and brings its share. */
  accounts: readonly string[]
  /** Of all accounts together. */
  perSecond: number
  seconds: number
}

export async function measureArrivals(arriving: Arriving): Promise<Target[]> {
  const database = await openAt(arriving.connection)
  const page = await openPage(arriving)
  const arrived = new Map<string, number>()
  try {
    const begun = performance.now()
    await Promise.all(arriving.accounts.map((_, index) => arriveAt(database, arriving, { index, begun, arrived })))
    const took = (performance.now() - begun) / 1000
    // The page shows older ones too.
    const isAllShown = () => arrived.keys().every((text) => page.shown.has(text))
    for (let tries = 0; tries < 50 && !isAllShown(); tries++) await sleep(100)
    return judged(arrived, page.shown, { took, perSecond: arriving.perSecond })
  } finally {
    await page.close()
    await database.close()
  }
}

interface Arrivals {
  /** Of the account. */
  index: number
  begun: number
  arrived: Map<string, number>
}

/** What arrives at one account, one after the other, each at its time. */
async function arriveAt(
  { db }: Pick<Database, 'db'>,
  { owner, accounts, perSecond, seconds }: Arriving,
  { index, begun, arrived }: Arrivals,
): Promise<void> {
  const reading: Reading = {
    ...{ orgId: owner.orgId, accountId: accounts[index]! },
    ...{ cursor: null, number: 0, failures: 0 },
  }
  // As the product's own workers: behind no wall.
  const everywhere = seenBy(db, 'all')
  for (let count = index; count < perSecond * seconds; count += accounts.length) {
    await sleep(Math.max(0, begun + (count * 1000) / perSecond - performance.now()))
    const said = saidOf(count)
    arrived.set(said.text, performance.now())
    const batch = {
      events: [{ type: 'said' as const, said }],
      cursor: count,
      gaps: [],
      unreadable: 0,
      cut: 0,
      more: false,
    }
    await keepBatch(everywhere, reading, batch, { network: 'fake', now: new Date(), label: () => null })
  }
}

interface Page {
  /** When the list first showed a conversation with these last words. */
  shown: Map<string, number>
  close(): Promise<void>
}

/** Follows the live channel, and asks for its list again as the page does. It is there once it hears and has shown its first list. */
async function openPage({ product, owner }: Arriving): Promise<Page> {
  const agent = new Agent({ connections: 1, pipelining: 1 })
  const shown = new Map<string, number>()
  const stop = new AbortController()
  let isDue = false
  const path = `/api/v1/orgs/${owner.orgId}/conversations?limit=${shownAtOnce}`
  const show = async () => {
    isDue = false
    const { items } = JSON.parse((await ask({ product, owner, agent }, path)).text) as { items: { preview: string }[] }
    for (const { preview } of items) if (!shown.has(preview)) shown.set(preview, performance.now())
  }
  const showOnAndOn = async () => {
    for (; !stop.signal.aborted; await sleep(pageAsksEveryMs)) if (isDue) await show()
  }
  const heard = await listen(product, owner, stop.signal)
  await show()
  shown.clear()
  const hear = async () => {
    for await (const chunk of heard) if (chunk.includes('data:')) isDue = true
  }
  const work = Promise.all([
    hear().catch((error) => {
      if (!stop.signal.aborted) throw error
    }),
    showOnAndOn(),
  ])
  return {
    shown,
    async close() {
      stop.abort()
      await work
      await agent.close()
    },
  }
}

function judged(
  arrived: ReadonlyMap<string, number>,
  shown: ReadonlyMap<string, number>,
  { took, perSecond }: { took: number; perSecond: number },
): Target[] {
  const waits = [...arrived].flatMap(([text, at]) => (shown.has(text) ? [shown.get(text)! - at] : []))
  const summary = summaryOf(waits)
  printTable(
    'milliseconds from arrival to an open page',
    ['messages', 'a second', 'p50', 'p95', 'p99'],
    [[summary.n, arrived.size / took, ...percentiles(summary)]],
  )
  return [
    { what: 'messages that the page showed', value: waits.length, least: arrived.size },
    { what: 'arrivals a second', value: arrived.size / took, least: perSecond * 0.98 },
    { what: 'arrival to screen, p95', value: summary.p95, most: 500, unit: 'ms' },
  ]
}

async function listen(product: Product, owner: Owner, signal: AbortSignal): Promise<AsyncIterable<string>> {
  const response = await fetch(`${product.url}/api/v1/orgs/${owner.orgId}/conversations/live`, {
    headers: { authorization: `Bearer ${owner.token}`, accept: 'text/event-stream' },
    signal,
  })
  return response.body!.pipeThrough(new TextDecoderStream())
}

/** Each begins a conversation. */
const saidOf = (count: number): Said => ({
  ...{ id: `arrives ${count}`, ref: { id: `arrives ${count}`, url: '' }, thread: `arrives ${count}`, root: null },
  ...{
    kind: 'message',
    isPrivate: true,
    isOurs: false,
    at: new Date(),
    subject: null,
    text: `Arrival ${count} is new here`,
  },
  ...{ quoted: null, media: [], languages: [], replyTo: null, rating: null, marks: [], about: null },
  author: {
    id: `newcomer ${count % 500}`,
    handle: `newcomer${count % 500}`,
    name: 'Newcomer',
    url: null,
    followers: null,
  },
})
