// Takes the pictures of the README from the running product: docs/pictures/*.png. `node scripts/pictures/main.ts`, when a page changes.

import { join } from 'node:path'
import sharp from 'sharp'
import { embeddedDatabase } from '../../bench/database.ts'
import { launchBrowser, screens, settled, signIn, visit } from '../../test/e2e/browser.ts'
import { type Account, addressOf, connectPractice, type Example, startExample } from '../../test/e2e/example.ts'
import { addColleague } from '../../test/e2e/people.ts'
import { dayAhead, type ExamplePost, schedule, untilState, write } from '../../test/e2e/posts.ts'
import { addProgramme } from '../../test/e2e/programme.ts'
import { fillInbox } from './inbox.ts'
import { fillListening } from './listening.ts'

const folder = 'docs/pictures'

const everyDay = [
  'New trail map for the autumn season: twelve loops, all signposted, from 4 to 26 km.',
  'How do you dry boots after a wet run? Three things that work, and one that ruins them.',
  'Questions about returns? We answer here on weekdays from 9 to 17.',
  'The repair workshop is open this Saturday. Bring what you would otherwise throw away.',
  'Size guide, second edition: now with wide feet in mind.',
  'Behind the scenes: how a rucksack is tested for ten years of use in six weeks.',
]
const ofTheCampaign = [
  'Which jacket for which wind? Come and try three of them.',
  'The same wind, a thousand metres higher: what our guides wear.',
  'Saturday at the harbour: tea, a rain machine, and every winter jacket we have.',
]

async function main(): Promise<void> {
  const database = await embeddedDatabase()
  const example = await startExample({ env: { DATABASE_URL: addressOf(database.connection) } })
  const browser = await launchBrowser()
  const heard = await fillListening(example)
  try {
    const shown = await fill(example)
    const conversation = await fillInbox(example)
    await addProgramme({ example, database }, shown.programme)
    const { page } = await visit(browser, example.address, screens.wide)
    await signIn(page, example.owner)
    const base = `/o/${example.org.slug}`
    const pages = {
      today: '/today',
      calendar: `/calendar?date=${dayAhead(10)}`,
      composer: `/compose?post=${shown.draft}`,
      both: '/campaigns/both',
      stock: '/stock',
      post: `/posts/${shown.published}`,
      accounts: '/accounts',
      inbox: `/inbox/${conversation}`,
      mentions: '/listen',
      topic: `/listen/topics/${heard.topic}/dashboard`,
      plan: '/programme/plan',
      ladder: '/programme/ladder',
      choosing: '/programme/choosing',
    }
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${base}${path}`)
      await page.setViewportSize(screens.wide)
      await settled(page)
      // A window as high as the page, so that what stands beside it is complete too.
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({
        width: screens.wide.width,
        height: Math.min(1400, Math.max(screens.wide.height, height)),
      })
      await settled(page)
      await page.screenshot({ path: join(folder, `${name}.png`) })
    }
  } finally {
    await heard.stop()
    await browser.close()
    await example.stop()
    await database.close()
  }
}

interface Shown {
  draft: string
  published: string
  programme: Parameters<typeof addProgramme>[1]
}

async function fill(example: Example): Promise<Shown> {
  const { call, org } = example
  const accounts = [await connectPractice(example, 'harbour'), await connectPractice(example, 'harbour-help')]
  const [harbour, help] = accounts as [Account, Account]
  const club = await connectPractice(example, 'alpine-club')
  const slots = [1, 2, 3, 4, 5].map((day) => ({ day, time: '09:30' }))
  await call('PATCH', `/orgs/${org.id}/accounts/${harbour.id}`, { name: 'Harbour Outdoor', slots })
  await call('PATCH', `/orgs/${org.id}/accounts/${help.id}`, { name: 'Harbour help' })
  await call('PUT', `/orgs/${org.id}/holiday-places`, { places: [{ country: 'DE', state: 'HH' }] })
  await call('PATCH', `/orgs/${org.id}/accounts/${club.id}`, { name: 'Alpine club' })
  await addColleague(example, 'approver', 'editor')
  const approver = await addColleague(example, 'admin')
  for (const role of ['manager', 'contributor']) await addColleague(example, role)
  const campaign = await aCampaign(example)
  const media = await aPicture(example)
  const both = accounts.map(({ id }) => id)
  const published = await write(example, both, { segments: [{ text: everyDay[0]!, media: [media] }] })
  await schedule(example, published, { kind: 'now' })
  await untilState(example, published.id, 'published')
  for (let days = 1; days <= 24; days++)
    await plan(example, days % 4 === 0 ? both : [harbour.id], everyDay[days % everyDay.length]!, days)
  for (const [at, text] of ofTheCampaign.entries()) await plan(example, [harbour.id], text, at * 3 + 1, campaign)
  await call('POST', `/orgs/${org.id}/briefs`, {
    ...{ title: 'Wash a rain jacket without harm', kind: 'idea', use: 'guide-with-photos', dueOn: dayAhead(9) },
  })
  const draft = await write(example, both, { segments: [{ text: everyDay[1]!, media: [media] }] })
  const channels = [
    { id: harbour.id, name: 'Harbour Outdoor' },
    { id: help.id, name: 'Harbour help' },
    { id: club.id, name: 'Alpine club' },
  ] as const
  return { draft: draft.id, published: published.id, programme: { channels, approver, campaign } }
}

/** With three phases, and a lane: somebody else looks at what it says. */
async function aCampaign({ call, org }: Example): Promise<string> {
  const { id } = await call<{ id: string }>('POST', `/orgs/${org.id}/campaigns`, {
    name: 'Winter begins at the harbour',
    kind: 'promotion',
    goal: 'Three hundred people try a winter jacket in the shop by Christmas. We see it in the till and in the answers under our posts.',
    audience: 'People who walk by the sea all year, and those who wish they did.',
    beginsOn: dayAhead(-4),
    endsOn: dayAhead(16),
    phases: [
      { name: 'Teaser', beginsOn: dayAhead(-4), endsOn: dayAhead(0) },
      { name: 'Launch', beginsOn: dayAhead(1), endsOn: dayAhead(6) },
      { name: 'In the shop', beginsOn: dayAhead(4), endsOn: dayAhead(16) },
    ],
    budget: { amount: 1_250_000, currency: 'EUR' },
    links: [{ label: 'The jackets', url: 'https://example.org/winter' }],
  })
  const step = { approvers: [{ kind: 'role', role: 'approver' }], needed: 1 }
  await call('POST', `/orgs/${org.id}/lanes`, {
    ...{ name: 'Winter campaign', steps: [step], scopes: [{ scope: 'campaign', id }] },
  })
  return id
}

const clocks = ['09:30', '12:00', '16:45']

async function plan(example: Example, accountIds: string[], text: string, days: number, campaignId?: string) {
  const { call, org } = example
  const post = await call<ExamplePost>('POST', `/orgs/${org.id}/posts`, {
    content: { segments: [{ text, media: [] }] },
    variants: accountIds.map((accountId) => ({ accountId })),
    belonging: campaignId ? { campaignId } : {},
  })
  const clock = campaignId ? '14:15' : clocks[days % clocks.length]
  await schedule(example, post, { kind: 'at', wall: `${dayAhead(days)}T${clock}`, zone: 'Europe/Berlin' })
}

/** A picture made here: hills at dusk, in three shades. */
async function aPicture({ call, org }: Example): Promise<ExamplePost['content']['segments'][number]['media'][number]> {
  const hill = (y: number, colour: string) =>
    `<path d="M0 ${y} C 300 ${y - 160}, 500 ${y + 90}, 800 ${y - 60} S 1200 ${y + 40}, 1200 ${y} V 800 H 0 Z" fill="${colour}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#f2c9a1"/><circle cx="900" cy="260" r="90" fill="#f7e3c8"/>${hill(420, '#c9785a')}${hill(540, '#7d5a50')}${hill(660, '#2f4a3f')}</svg>`
  const form = new FormData()
  form.set(
    'file',
    new File([new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer())], 'hills.png', { type: 'image/png' }),
  )
  form.set('alt', 'Hills at dusk')
  const media = await call<ExamplePost['content']['segments'][number]['media'][number]>(
    'POST',
    `/orgs/${org.id}/media`,
    form,
  )
  const { id, kind, type, bytes, width, height, seconds, alt } = media
  return { id, kind, type, bytes, width, height, seconds, alt }
}

await main()
