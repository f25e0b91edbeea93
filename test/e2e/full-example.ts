// The example organisation in full life: colleagues, accounts in several states, and posts in every state a person meets.

import { sql } from 'kysely'
import { rss, type Site, startSite } from '../../src/connectors/feeds/testing/site.ts'
import { type FaultServer, startFaultServer } from '../../src/connectors/testing/fault-server.ts'
import { closeAfter, status } from '../../src/connectors/testing/faults.ts'
import { asSystem } from '../../src/db/tx.ts'
import { addCampaigns, type ExampleCampaigns } from './campaigns.ts'
import { type Account, connectPractice, type Example } from './example.ts'
import { addTopics } from './listening.ts'
import { addPeople } from './people.ts'
import { addSeries } from './plans.ts'
import { dayAhead, type ExamplePost, schedule, untilState, upload, write } from './posts.ts'
import { addProgramme } from './programme.ts'
import { addReview, type ExampleReview } from './reviews.ts'
import { addShortLinks } from './short-links.ts'
import type { Stage } from './stage.ts'

export interface FullExample {
  accounts: { harbour: Account; mountain: Account; club: Account; feed: Account; newsletter: Account }
  posts: { published: ExamplePost; draft: ExamplePost; doubtful: ExamplePost; rejected: ExamplePost }
  /** One of an account that is active, and one of everything that has ended and left a post to decide about. */
  holds: { active: { id: string }; ended: { id: string } }
  withdrawal: { id: string }
  campaigns: ExampleCampaigns
  review: ExampleReview
  webhook: { id: string }
  series: { id: string }
  placement: { id: string }
  /** Followed for weeks. */
  link: { id: string }
  /** In the library, in posts, with a permission that ends. */
  file: { id: string }
  brief: { id: string }
  topic: { id: string }
  /** An invitation that nobody accepts. */
  invitation: string
  stop(): Promise<void>
}

/** Needs a mail server: `SMTP_URL` in the example's environment. */
export async function fillExample(stage: Stage): Promise<FullExample> {
  const { example } = stage
  const faults = await startFaultServer(example.network.url)
  const site = await startSite({ '/': { body: aFeed() } })
  const { invitation, admin } = await addPeople(example)
  const accounts = await addAccounts(example, faults, site)
  const { call, org } = example
  await call('POST', `/orgs/${org.id}/tokens`, { name: 'Newsletter script', scopes: ['posts:read', 'accounts:read'] })
  const webhook = await call<{ id: string }>('POST', `/orgs/${org.id}/webhooks`, { url: `${site.url}/hook`, verbs: [] })
  await call('POST', `/orgs/${org.id}/webhooks/${webhook.id}/test`)
  const brief = await addBriefs(example)
  const posts = await addPosts(stage, accounts, faults)
  const campaigns = await addCampaigns(example, accounts)
  const holds = await addHolds(example, accounts)
  const withdrawal = await addWithdrawal(example, accounts)
  const file = await addFiles(example, posts.draft)
  const channels = [
    { id: accounts.harbour.id, name: 'Harbour Outdoor' },
    { id: accounts.mountain.id, name: 'Mountain guides' },
    { id: accounts.club.id, name: 'Alpine club' },
  ] as const
  await addProgramme(stage, { channels, approver: admin, campaign: campaigns.running.id })
  example.network.revoke('alpine-club')
  await call('POST', `/orgs/${org.id}/accounts/${accounts.club.id}/check`).catch(() => {})
  return {
    accounts,
    posts,
    holds,
    withdrawal,
    campaigns,
    review: await addReview(example, accounts, campaigns.running),
    webhook,
    series: await addSeries(example, accounts.harbour),
    placement: await addPlacements(example),
    link: await addShortLinks(stage, accounts.harbour),
    file,
    brief,
    topic: await addTopics(example),
    invitation,
    async stop() {
      await faults.stop()
      await site[Symbol.asyncDispose]()
    },
  }
}

/** One that somebody works on, one without material, and a question of a visitor. */
async function addBriefs({ call, org, address }: Example): Promise<{ id: string }> {
  const brief = await call<{ id: string }>('POST', `/orgs/${org.id}/briefs`, {
    ...{ title: 'Wash a rain jacket without harm', kind: 'idea', use: 'guide-with-photos', dueOn: dayAhead(9) },
    material: 'Thirty degrees, no softener, warm air afterwards. The workshop has photos of each step.',
    links: ['https://example.org/care/rain-jackets'],
  })
  await call('POST', `/orgs/${org.id}/briefs/${brief.id}/begin`)
  const hut = { title: 'Opening of the winter hut', kind: 'campaign-need', dueOn: dayAhead(2) }
  await call('POST', `/orgs/${org.id}/briefs`, hut)
  await call('PUT', `/orgs/${org.id}/visitor-page`, {
    open: true,
    words: 'What would you like to know about our gear?',
  })
  await fetch(`${address}/api/v1/ask/${org.slug}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question: 'Can the old tent be repaired, and where?', name: 'A hiker' }),
  })
  return brief
}

async function addAccounts(example: Example, faults: FaultServer, site: Site): Promise<FullExample['accounts']> {
  const { call, org, network } = example
  const harbour = await connectPractice(
    { ...example, network: { ...network, url: faults.url } },
    'harbour-outdoor-official',
  )
  const mountain = await connectPractice(example, 'mountain-guides')
  const club = await connectPractice(example, 'alpine-club')
  const feed = await call<Account>('POST', `/orgs/${org.id}/accounts`, {
    connector: 'feed',
    method: 'address',
    values: { address: site.url },
  })
  await call('POST', `/orgs/${org.id}/accounts/${feed.id}/pull`)
  const slots = [1, 3, 5].flatMap((day) => ['08:30', '17:00'].map((time) => ({ day, time })))
  await call('PATCH', `/orgs/${org.id}/accounts/${harbour.id}`, { name: 'Harbour Outdoor', slots })
  await call('PATCH', `/orgs/${org.id}/accounts/${mountain.id}`, { name: 'Mountain guides', timeZone: 'Asia/Tokyo' })
  await call('PATCH', `/orgs/${org.id}/accounts/${club.id}`, { name: 'Alpine club' })
  return { harbour, mountain, club, feed, newsletter: await aNewsletter(example) }
}

async function addPlacements({ call, org }: Example): Promise<{ id: string }> {
  const add = (facts: object) =>
    call<{ id: string }>('POST', `/orgs/${org.id}/placements`, { ...facts, leadsTo: 'https://harbour.example/follow' })
  await add({ medium: 'television', name: 'Spot before the weather', beginsOn: '2030-04-01' })
  const box = await add({
    medium: 'packaging',
    name: 'Box of the wind jacket',
    place: 'Lid, inside',
    word: 'HARBOUR',
    cost: 48_000,
    currency: 'EUR',
  })
  await call('POST', `/orgs/${org.id}/placements/${box.id}/references`, { count: 12 })
  return box
}

async function aNewsletter({ call, org }: Example): Promise<Account> {
  const values = { name: 'News from the harbour', address: 'news@example.org', imprint: 'Harbour Outdoor, Quay 1' }
  const account = await call<Account>('POST', `/orgs/${org.id}/accounts`, {
    ...{ connector: 'newsletter', method: 'sender', values },
  })
  const people = ['one@reader.example', 'two@reader.example'].map((address) => ({ address, name: 'A reader' }))
  await call('POST', `/orgs/${org.id}/newsletters/${account.id}/subscribers`, {
    people,
    consent: 'Signed at the counter of the shop',
  })
  return account
}

/** A library with folders, tags, rights in every state, a double, and a file that posts use. */
async function addFiles(example: Example, { content }: ExamplePost): Promise<{ id: string }> {
  const { call, org } = example
  const post = <Answer = { id: string }>(path: string, body: unknown) =>
    call<Answer>('POST', `/orgs/${org.id}/${path}`, body)
  const press = await post('media-folders', { name: 'Press' })
  const tours = await post('media-folders', { name: 'Tours' })
  const winter = await post('media-folders', { name: 'Winter', parentId: tours.id })
  const used = content.segments[0]!.media[0]!
  const sent = []
  for (const [at, alt] of ['Hills', 'Hills in the evening', 'Hills before rain', 'Hills', ''].entries())
    sent.push(await upload(example, alt, at === 3 ? 60 : 60 + at * 40))
  const [evening, rain, old, double] = sent.slice(1).map(({ id }) => id)
  await post('media/arrange', { ids: [used.id, evening], folderId: winter.id, addTags: ['autumn', 'hills'] })
  await post('media/arrange', { ids: [old, double], folderId: press.id, addTags: ['press kit'] })
  const permission = { holder: 'The photographer of the hills', source: 'By mail', credit: 'Photo: Hills & Co' }
  const soon = { basis: 'permission', ...permission, expiresOn: dayAhead(5) }
  await post('media/rights', { ids: [used.id], rights: soon })
  await post('media/rights', { ids: [rain], rights: { basis: 'licensed', expiresOn: dayAhead(-3) } })
  await post('media/rights', { ids: [evening], rights: { basis: 'own' } })
  return used
}

async function addPosts(stage: Stage, accounts: FullExample['accounts'], faults: FaultServer) {
  const { example } = stage
  const { call, org } = example
  const { harbour, mountain, club } = accounts
  const picture = await upload(example, 'A path between green hills in the morning')
  const hike = { text: 'The coastal path is open again after the storm. Take a wind jacket.', media: [picture] }
  const more = { text: 'Twelve kilometres, two ferries, one very good bakery.', media: [] }
  const published = await write(example, [harbour.id, mountain.id], { segments: [hike, more] })
  await schedule(example, published, { kind: 'now' })
  for (const [days, time, text] of planned) {
    const post = await write(example, [days % 2 ? harbour.id : mountain.id], text)
    await schedule(example, post, { kind: 'at', wall: `${dayAhead(days)}T${time}`, zone: 'Europe/Berlin' })
  }
  const held = await write(example, [harbour.id, club.id], 'Members’ evening: slides of the glacier tour.')
  await schedule(example, held, { kind: 'at', wall: `${dayAhead(3)}T19:00`, zone: 'Europe/Berlin' })
  await call('POST', `/orgs/${org.id}/posts/${held.id}/hold`, { reason: 'The speaker is ill.' })
  const draft = await write(example, [harbour.id], { segments: [{ text: longDraft, media: [picture] }, more] })
  await write(example, [], 'An idea: what do our oldest boots look like?')
  // Before the network becomes stricter and breaks off.
  await addNumbers(stage, await untilState(example, published.id, 'published'))
  const rejected = await refuse(example, mountain.id)
  const doubtful = await doubt(example, harbour.id, faults)
  return { published, draft, doubtful, rejected }
}

async function addHolds({ call, org, ...example }: Example, { mountain }: FullExample['accounts']) {
  const hold = (body: object) => call<{ hold: { id: string } }>('POST', `/orgs/${org.id}/holds`, body)
  const { hold: ended } = await hold({ scope: 'everything', reason: 'The harbour is closed after an accident.' })
  const post = await write(
    { call, org, ...example },
    [mountain.id],
    'Fog in the valley, sun above two thousand metres.',
  )
  await schedule({ call, org, ...example }, post, { kind: 'now' })
  await call('POST', `/orgs/${org.id}/holds/${ended.id}/end`, {})
  const one = { scope: 'account', scopeId: mountain.id }
  const { hold: active } = await hold({ ...one, reason: 'Avalanche warning: no invitations to tours.' })
  return { active, ended }
}

/** Which the network then says it has carried out. */
async function addWithdrawal(example: Example, { harbour }: FullExample['accounts']): Promise<{ id: string }> {
  const { call, org } = example
  const post = await write(example, [harbour.id], 'Our new headlamp shines for two hundred hours.')
  await schedule(example, post, { kind: 'now' })
  await untilState(example, post.id, 'published')
  const asked = { selection: { postIds: [post.id] }, reason: 'The battery may get too hot: recall.', count: 1 }
  return call('POST', `/orgs/${org.id}/withdrawals`, asked)
}

const planned: [days: number, time: string, text: string][] = [
  [1, '08:30', 'Good morning from the harbour. The sea is flat and the coffee is strong.'],
  [1, '12:00', 'New: repair evenings. Bring your tent poles, zips and stoves.'],
  [1, '17:45', 'Question of the day: map or phone?'],
  [2, '09:00', 'Our guides recommend three tours for short days.'],
  [4, '18:30', 'How we test rain jackets: with a fire hose, and with patience.'],
  [5, '10:00', 'Photo contest: your best picture of bad weather.'],
  [8, '08:30', 'Winter hours from Monday on.'],
  [12, '16:00', 'Two places left on the avalanche course.'],
]

const longDraft =
  'Every autumn we ask what to carry and what to leave at home. Here is the list of our guides for a day by the sea: wind jacket, hat, water, a second pair of socks. Do you know our packing list? https://example.org/packing #outdoor'

/** The network has become stricter than what it said when the account was connected. */
async function refuse(example: Example, accountId: string): Promise<ExamplePost> {
  example.network.setLimits({ text: 40 })
  const post = await write(example, [accountId], 'A sentence that was short enough yesterday and is too long today.')
  await schedule(example, post, { kind: 'now' })
  const refused = await untilState(example, post.id, 'rejected')
  example.network.setLimits({ text: 300 })
  return refused
}

async function doubt(example: Example, accountId: string, faults: FaultServer): Promise<ExamplePost> {
  faults.inject(closeAfter, { match: ({ method, path }) => method === 'POST' && path === '/api/posts' })
  faults.inject(status(503, { headers: { 'retry-after': '0' } }), {
    match: ({ method, path }) => method === 'GET' && path.startsWith('/api/posts'),
    times: 100,
  })
  const post = await write(example, [accountId], 'Storm warning: the ferry does not run today.')
  await schedule(example, post, { kind: 'now' })
  const asked = await untilState(example, post.id, 'unconfirmed')
  faults.reset()
  return asked
}

/** Readings of two days, which nobody can wait for. */
async function addNumbers({ database, example }: Stage, { variants }: ExamplePost): Promise<void> {
  const ages = [15, 30, 60, 120, 240, 480, 1440, 2880]
  await asSystem(database.db, async (tx) => {
    for (const [which, { id }] of variants.entries()) {
      for (const age of ages) {
        const grown = (most: number) => Math.round((most * age) / (age + 240) / (which + 1))
        await sql`insert into snapshots (org_id, variant_id, age_minutes, taken_at, likes, replies, reposts)
          values (${example.org.id}, ${id}, ${age}, now(), ${grown(180)}, ${grown(24)}, ${grown(46)})`.execute(tx)
      }
    }
  })
}

function aFeed(): string {
  const items = [
    ['Ferry timetable for the winter', 'From Monday on, the last ferry leaves at 19:40.'],
    ['Huts closed for the season', 'Four huts close this weekend; the winter rooms stay open for members.'],
    ['Lighthouse tours are back', 'Groups of up to twelve people, every first Sunday of the month.'],
  ]
  return rss(
    items
      .map(
        ([title, text], index) =>
          `<item><title>${title}</title><link>/items/${index}</link><guid>n-${index}</guid><description>${text}</description><pubDate>Fri, 20 Nov 2026 0${index}:00:00 GMT</pubDate></item>`,
      )
      .join(''),
  )
}
