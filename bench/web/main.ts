// npm run bench:web: how soon the calendar with 5,000 posts and the list of 200,000 can be used in Chromium, and how large the first script is.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { request } from 'undici'
import { launchBrowser, screens, visit } from '../../test/e2e/browser.ts'
import { ensureBuilt } from '../../test/e2e/ensure-built.ts'
import { fill } from '../api/filling.ts'
import { readArguments } from '../arguments.ts'
import { owner as credentials, databaseIn, type Owner, type Product, setUp, startProduct } from '../product.ts'
import { judge, percentiles, printMachine, printTable, type Row, type Target } from '../report.ts'
import { type Summary, summaryOf } from '../statistics.ts'

const given = readArguments({ posts: '200000', runs: '9' })
const posts = Number(given.posts)

interface Place {
  name: string
  path: (slug: string) => string
  /** Runs in the page: what a person came for is there and nothing is being loaded. */
  usable: () => boolean
}

/** The page without data is the reference: what the app itself takes to start in this browser. */
const places: Place[] = [
  {
    name: 'reference: profile, a page without data',
    path: (slug) => `/o/${slug}/settings/profile`,
    usable: () => document.querySelectorAll('main input').length > 0,
  },
  {
    name: 'calendar, a month with 5,000 posts',
    path: (slug) => `/o/${slug}/calendar?date=2031-03-15`,
    usable: () =>
      document.querySelectorAll('.ca-post').length >= 100 &&
      document.querySelector('.ca-view[aria-busy=true]') === null,
  },
  {
    name: 'posts, 200,000 of them',
    path: (slug) => `/o/${slug}/posts`,
    usable: () => document.querySelectorAll('main a[href*="/posts/"]').length >= 50,
  },
]

interface Seen {
  place: Place
  usable: Summary
  /** Longest time for which the page did not react while it was made. */
  blocked: Summary
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

/** Once for all looks: Longrun slows down those who sign in again and again. */
async function signedIn(browser: Browser, address: string): Promise<Cookies> {
  const { context } = await visit(browser, address, screens.wide)
  const answer = await context.request.post('/api/auth/sign-in/email', {
    headers: { origin: address },
    data: { email: credentials.email, password: credentials.password },
  })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()}`)
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

async function look(
  browser: Browser,
  address: string,
  { owner, cookies }: { owner: Owner; cookies: Cookies },
  place: Place,
): Promise<{ usableMs: number; blockedMs: number }> {
  // A fresh visitor: nothing is in the browser's cache.
  const { context, page } = await visit(browser, address, screens.wide)
  await context.addCookies(cookies)
  await watchLongTasks(page)
  await page.goto(place.path(owner.slug), { waitUntil: 'commit' })
  await page.waitForFunction(place.usable, undefined, { polling: 'raf', timeout: 60_000 })
  const seen = await page.evaluate(
    () =>
      new Promise<{ usableMs: number; blockedMs: number }>((resolve) =>
        // After the frame in which it was found has been painted.
        requestAnimationFrame(() =>
          setTimeout(() => {
            const tasks = (globalThis as unknown as { longTasks: number[] }).longTasks
            resolve({ usableMs: performance.now(), blockedMs: Math.max(0, ...tasks) })
          }),
        ),
      ),
  )
  await context.close()
  return seen
}

const watchLongTasks = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const tasks: number[] = []
    Object.assign(globalThis, { longTasks: tasks })
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: 'longtask',
    })
  })

/** What the page itself names: its script and what it loads with it. */
async function firstScripts(product: Product): Promise<{ files: number; raw: number; sent: number }> {
  const page = await (await fetch(`${product.url}/sign-in`)).text()
  const paths = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!)
  let [raw, sent] = [0, 0]
  for (const path of paths) {
    const answer = await request(`${product.url}${path}`, { headers: { 'accept-encoding': 'gzip' } })
    const body = Buffer.from(await answer.body.arrayBuffer())
    sent += body.length
    raw += answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body).length : body.length
  }
  return { files: paths.length, raw, sent }
}

async function measure(product: Product, owner: Owner): Promise<Seen[]> {
  const browser = await launchBrowser()
  const seen = places.map((place) => ({ place, usable: [] as number[], blocked: [] as number[] }))
  try {
    const cookies = await signedIn(browser, product.url)
    // The first look warms the server; after that the pages take turns.
    for (let run = 0; run <= Number(given.runs); run++)
      for (const each of seen) {
        const { usableMs, blockedMs } = await look(browser, product.url, { owner, cookies }, each.place)
        if (run === 0) continue
        each.usable.push(usableMs)
        each.blocked.push(blockedMs)
      }
  } finally {
    await browser.close()
  }
  return seen.map(({ place, usable, blocked }) => ({ place, usable: summaryOf(usable), blocked: summaryOf(blocked) }))
}

function tell(seen: Seen[], scripts: Awaited<ReturnType<typeof firstScripts>>): Target[] {
  const floor = seen[0]!.usable.p50
  const rows: Row[] = seen.map(({ place, usable, blocked }) => [
    place.name,
    usable.n,
    ...percentiles(usable),
    blocked.p50,
    usable.p50 / floor,
  ])
  printTable(
    'Milliseconds from navigation until usable, Chromium, cold cache',
    ['page', 'runs', 'p50', 'p95', 'p99', 'longest block p50', 'ratio'],
    rows,
  )
  printTable(
    'First script',
    ['what', 'files', 'kB', 'kB as sent (gzip)', 'ratio'],
    [
      [
        'script and its preloads in index.html',
        scripts.files,
        scripts.raw / 1000,
        scripts.sent / 1000,
        scripts.sent / scripts.raw,
      ],
    ],
  )
  return [
    ...seen
      .slice(1)
      .map(({ place, usable }) => ({ what: `${place.name}: usable, p50`, value: usable.p50, most: 1500, unit: 'ms' })),
    { what: 'first script, compressed', value: scripts.sent / 1000, most: 300, unit: 'kB' },
  ]
}

printMachine()
await ensureBuilt()
const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
const product = await startProduct({ dataDir })
const client = new pg.Client(databaseIn(dataDir))
try {
  await client.connect()
  const owner = await setUp(product.url)
  console.log(`\nfilling ${posts} posts …`)
  await fill(client, { orgId: owner.orgId, posts, inMonth: 5000, accounts: 20 })
  const targets = tell(await measure(product, owner), await firstScripts(product))
  printMachine()
  judge(targets)
} finally {
  await client.end()
  await product.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
