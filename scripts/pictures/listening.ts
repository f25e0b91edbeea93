// Four weeks in which people spoke of an outdoor shop, told by the feed of a forum on this machine.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { mulberry32 } from '../../src/lib/mulberry.ts'
import type { Example } from '../../test/e2e/example.ts'

const days = 28
const dayMs = 86_400_000

const topics = [
  { name: 'Harbour Outdoor', kind: 'brand', query: '"harbour outdoor" OR #harbouroutdoor' },
  { name: 'Wind jacket', kind: 'product', query: '"wind jacket" AND harbour' },
  { name: 'North Ridge', kind: 'competitor', query: '"north ridge"' },
  { name: 'Rain wear', kind: 'industry', query: '(jacket OR poncho) AND (rain OR wind OR dry)' },
]

/** What is said, and how often beside the others. */
const said: [text: string, weight: number][] = [
  ['The wind jacket from Harbour Outdoor kept me dry on the whole ridge. Love it!', 4],
  ['Harbour Outdoor, why does the zip of the wind jacket break after two weeks? So disappointed.', 3],
  ['Does Harbour Outdoor ship to Norway before Christmas?', 3],
  ['I wish Harbour Outdoor made the wind jacket in smaller sizes.', 2],
  ['La nueva chaqueta de Harbour Outdoor es muy bonita y abriga mucho', 2],
  ['Harbour Outdoor opens a shop in our street next week #harbouroutdoor', 2],
  ['Der Laden von Harbour Outdoor hat mir heute sehr geholfen, vielen Dank!', 2],
  ['Waited three days for an answer from Harbour Outdoor. Is anybody there?', 2],
  ['Repaired for free at Harbour Outdoor, ten years after I bought it. Great service.', 3],
  ['North Ridge has the warmer gloves, and they are cheaper too.', 3],
  ['My North Ridge rucksack is falling apart, what a shame.', 2],
  ['North Ridge or Harbour Outdoor for a first pair of boots? Any idea?', 2],
  ['Which jacket stays dry in a whole day of rain?', 3],
  ['A poncho over the rucksack is all you need when the wind is gentle.', 2],
  ['Harbour Outdoor is hiring a seamstress for its repair workshop.', 1],
]
const people = ['Ann', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fay', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim']
const ends = ['', '!', ' #outdoor', ' This morning.', ' On the way home.', ' Just saying.', ' Again.', ' Really.']

export interface Heard {
  topic: string
  stop(): Promise<void>
}

/** Resolves when everything is stored. The caller stops the forum. */
export async function fillListening({ call, org }: Example): Promise<Heard> {
  const { feed, last } = tellAll()
  const forum = createServer((_, answer) => answer.setHeader('content-type', 'application/rss+xml').end(feed))
  await new Promise<void>((resolve) => forum.listen(0, '127.0.0.1', resolve))
  const added: { id: string }[] = []
  for (const topic of topics) added.push(await call('POST', `/orgs/${org.id}/topics`, topic))
  await call('POST', `/orgs/${org.id}/listening/sources`, {
    ...{ name: 'The forum of those who walk', connector: 'feed', kind: 'feed' },
    values: { address: `http://127.0.0.1:${(forum.address() as AddressInfo).port}/` },
  })
  await until(async () => {
    const { items } = await call<{ items: unknown[] }>('GET', `/orgs/${org.id}/mentions?q=${last}`)
    return items.length > 0
  })
  return {
    topic: added[0]!.id,
    stop: () => new Promise((resolve) => forum.close(() => resolve())),
  }
}

/** More on some days than on others, as it is. `last`: a word of what is said last. */
function tellAll(): { feed: string; last: string } {
  const drawn = mulberry32(7)
  const below = (most: number) => drawn() % most
  const often = said.flatMap(([text, weight]) => Array.from({ length: weight }, () => text))
  const items: string[] = []
  for (let day = days; day >= 0; day--) {
    const today = 6 + below(6) + (day === 3 ? 14 : 0)
    for (let each = 0; each < today; each++) {
      const at = Date.now() - day * dayMs - below(dayMs / 2)
      items.push(itemOf(items.length, `${often[below(often.length)]}${ends[below(ends.length)]}`, at))
    }
  }
  items.push(itemOf(items.length, 'Is the workshop of Harbour Outdoor open at Whitsun?', Date.now()))
  const head = '<title>The forum</title><link>https://forum.example</link><description></description>'
  return {
    feed: `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${head}${items.reverse().join('')}</channel></rss>`,
    last: 'Whitsun',
  }
}

const itemOf = (number: number, text: string, at: number): string =>
  `<item><guid>https://forum.example/${number}</guid><link>https://forum.example/${number}</link><description>${text}</description>
    <dc:creator>${people[number % people.length]}</dc:creator><pubDate>${new Date(at).toUTCString()}</pubDate></item>`

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return
    await sleep(200)
  }
  throw new Error('It did not come to be within a minute.')
}
