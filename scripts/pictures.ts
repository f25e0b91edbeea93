// Takes the pictures of the README from the running product: docs/pictures/*.png. Run it when a page changes.

import sharp from 'sharp'
import { launchBrowser, picture, screens, settled, signIn, visit } from '../test/e2e/browser.ts'
import { connectPractice, type Example, startExample } from '../test/e2e/example.ts'

const folder = 'docs/pictures'
const day = 24 * 3600_000

const words = [
  'New trail map for the autumn season: twelve loops, all signposted, from 4 to 26 km.',
  'How do you dry boots after a wet run? Three things that work, and one that ruins them.',
  'Questions about returns? We answer here on weekdays from 9 to 17.',
  'The repair workshop is open this Saturday. Bring what you would otherwise throw away.',
  'Size guide, second edition: now with wide feet in mind.',
  'Behind the scenes: how a rucksack is tested for ten years of use in six weeks.',
]

async function main(): Promise<void> {
  const example = await startExample()
  const browser = await launchBrowser()
  try {
    const post = await fill(example)
    const { page } = await visit(browser, example.address, screens.wide)
    await signIn(page, example.owner)
    const base = `/o/${example.org.slug}`
    const pages = {
      today: '/today',
      calendar: '/calendar',
      composer: `/compose?post=${post.draft}`,
      post: `/posts/${post.published}`,
      accounts: '/accounts',
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
      await picture(page, name, folder)
    }
  } finally {
    await browser.close()
    await example.stop()
  }
}

async function fill(example: Example): Promise<{ draft: string; published: string }> {
  const { call, org } = example
  const accounts = [await connectPractice(example, 'harbour'), await connectPractice(example, 'harbour-help')]
  const media = await aPicture(example)
  const create = (text: string, pictures: object[] = []) =>
    call<{ id: string }>('POST', `/orgs/${org.id}/posts`, {
      content: { segments: [{ text, media: pictures }] },
      variants: accounts.map(({ id }) => ({ accountId: id })),
    })
  const schedule = (id: string, when: object) => call('POST', `/orgs/${org.id}/posts/${id}/schedule`, { when })
  const published = await create(words[0]!, [media])
  await schedule(published.id, { kind: 'now' })
  for (let days = 0; days < 24; days++) {
    const { id } = await create(words[days % words.length]!, days % 3 === 0 ? [media] : [])
    const wall =
      new Date(Date.now() + day * (days + 1)).toISOString().slice(0, 11) + ['09:30', '12:00', '16:45'][days % 3]
    await schedule(id, { kind: 'at', wall, zone: 'Europe/Berlin' })
  }
  const draft = await create(words[1]!, [media])
  for (let tries = 0; tries < 100; tries++) {
    const { state } = await call<{ state: string }>('GET', `/orgs/${org.id}/posts/${published.id}`)
    if (state === 'published') break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { draft: draft.id, published: published.id }
}

/** A picture made here: hills at dusk, in three shades. */
async function aPicture({ call, org }: Example): Promise<object> {
  const hill = (y: number, colour: string) =>
    `<path d="M0 ${y} C 300 ${y - 160}, 500 ${y + 90}, 800 ${y - 60} S 1200 ${y + 40}, 1200 ${y} V 800 H 0 Z" fill="${colour}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#f2c9a1"/><circle cx="900" cy="260" r="90" fill="#f7e3c8"/>${hill(420, '#c9785a')}${hill(540, '#7d5a50')}${hill(660, '#2f4a3f')}</svg>`
  const form = new FormData()
  form.set(
    'file',
    new File([new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer())], 'hills.png', { type: 'image/png' }),
  )
  form.set('alt', 'Hills at dusk')
  const { id, kind, type, bytes, width, height, seconds, alt } = await call<Record<string, unknown>>(
    'POST',
    `/orgs/${org.id}/media`,
    form,
  )
  return { id, kind, type, bytes, width, height, seconds, alt }
}

await main()
