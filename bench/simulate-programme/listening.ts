// What an organisation listens to in its simulated year: things are heard as readers of networks store them, and people do with them what the first
// rung of the ladder asks for, by the verbs of their pages, until it is passed. It takes of what no plan uses of their time; nobody writes it down.

import { asSystem, inOrg } from '../../src/db/tx.ts'
import { addDays } from '../../src/lib/days.ts'
import { type Draws, drawsFrom } from '../../src/lib/stats/draws.ts'
import { labelsOf, mentionOf } from '../../src/listening/mentions/test-mentions.ts'
import { keepMentions } from '../../src/listening/pipeline/keep-batch.ts'
import { insertSource } from '../../src/listening/sources/store.ts'
import type { TestSession } from '../../test/world/app.ts'
import { begin, type Live, must, path } from './live-world.ts'

export interface Listening {
  topic: { id: string; number: number }
  sourceId: string
  draws: Draws
  away: { memberId: string; from: string; to: string }[]
  /** Sets that were coded, and whether the newest shows that both hear the same. */
  sets: number
  isAgreed: boolean
}

const base = '/orgs/{org}/listening'
/** Heard in a week; of a few minutes' reading. */
const heardWeekly = 24
/** Weeks from one set of texts that two code to the next, how many texts, and how often each is mistaken: less in each further set. */
const [codedEvery, codedTexts, mistaken] = [4, 60, 0.16]
/** Of many people a few read the weekly brief. */
const mostReaders = 5
const moods = { '1': 'is wonderful', '0': 'stands by the door', '-1': 'is broken again' } as const
const values = Object.keys(moods) as (keyof typeof moods)[]

export async function beginListening(live: Live, seed: number): Promise<Listening> {
  const { app, people, world } = live
  const lead = people[0]!
  const { orgId, memberId } = lead
  const { id } = await must(
    lead.call('POST', '/orgs/{org}/topics', { name: world.name, kind: 'brand', query: 'lantern' }),
  )
  const number = await inOrg(app.services.db, orgId, async (tx) => {
    const row = await tx.selectFrom('topics').select('number').where('id', '=', id).executeTakeFirstOrThrow()
    return row.number
  })
  const sourceId = await asSystem(app.services.db, (tx) =>
    insertSource(tx, orgId, {
      ...{ name: 'The square', connector: 'practice', kind: 'search', settings: {}, accountId: null, readerId: null },
      ...{ keepsAll: false, costPerThousand: null, currency: null, at: new Date(`${begin}T05:00:00Z`), by: memberId },
    }),
  )
  if (people.length === 1) await leaveOutAgreement(lead)
  const { items } = await must(lead.call('GET', `/orgs/{org}/absences?from=${begin}T00:00:00Z&limit=100`))
  const away = items.map((each: { member: { id: string }; from: string; to: string }) => ({
    ...{ memberId: each.member.id, from: each.from, to: each.to },
  }))
  return { topic: { id, number }, sourceId, draws: drawsFrom(seed + 77), away, sets: 0, isAgreed: false }
}

/** Where only one person is, there is nobody to agree with: that the gate is gone, and why, is on record. */
async function leaveOutAgreement(lead: TestSession): Promise<void> {
  const { rungs } = await must(lead.call('GET', `${path}/ladder`))
  const { id, name, means, gates } = rungs[0]
  const left = gates.filter(({ measure }: { measure: string }) => measure !== 'coding-agreement')
  const reason = 'Nobody else is there who could code the same texts'
  await must(lead.call('PUT', `${path}/ladder/${id}`, { name, means, gates: left, reason }))
}

interface Week {
  week: number
  /** Share of what is to be done that is. */
  diligence: number
}

interface Present extends Week {
  there: TestSession[]
}

/** At the end of a week. */
export async function listenFor(live: Live, listening: Listening, { week, diligence }: Week): Promise<void> {
  const heard = await hear(live, listening, week)
  const there = live.people.filter(({ memberId }) => !isAway(listening, memberId, week))
  if (there.length === 0) return
  const present = { week, diligence, there }
  await handle(heard, listening, present)
  if (week > 0) await brief(live, listening, present)
  if (week > 0 && week % codedEvery === 0 && !listening.isAgreed) await code(live, listening, present)
}

/** For most of its working days. */
const isAway = ({ away }: Listening, memberId: string, week: number): boolean => {
  const midWeek = `${addDays(begin, 7 * week + 2)}T12:00:00.000Z`
  return away.some((each) => each.memberId === memberId && each.from <= midWeek && each.to > midWeek)
}

/** As a reader stores what it brings: ids of what is new. */
async function hear({ app, people }: Live, { topic, sourceId, draws }: Listening, week: number): Promise<string[]> {
  const { orgId } = people[0]!
  const heardAt = app.services.clock()
  const mentions = Array.from({ length: heardWeekly }, (_, index) => {
    const mood = values[Math.floor(draws.even() * values.length)]!
    const at = new Date(`${addDays(begin, 7 * week + (index % 7))}T0${index % 10}:30:00Z`)
    const said = { id: `${week} ${index}`, text: `The lantern ${moods[mood]}, seen at ${at.toISOString()}`, at }
    const labels = labelsOf({ sentiment: Number(mood) as -1 | 0 | 1, emotion: null, intent: null })
    const expiresAt = new Date(heardAt.getTime() + 730 * 86_400_000)
    return mentionOf(orgId, said, { sourceId, heardAt, topics: [topic.number], labels, expiresAt })
  })
  const stored = await asSystem(app.services.db, (tx) => keepMentions(tx, mentions, heardAt))
  return stored.map(({ id }) => id)
}

/** Most of it is looked at and kept with a tag, each by one of those who are there. */
async function handle(heard: string[], { draws }: Listening, { there, diligence }: Present): Promise<void> {
  const kept = heard.filter(() => draws.even() <= diligence)
  const by = (at: number) => there[at % there.length]!
  await Promise.all(
    kept.map((id, at) => must(by(at).call('PUT', `/orgs/{org}/saved-mentions/${id}`, { tags: ['seen'] }))),
  )
}

/** Of the week before: written by whoever leads, read by most of its readers. */
async function brief({ people }: Live, { draws }: Listening, { there, diligence }: Present): Promise<void> {
  const lead = people[0]!
  if (!there.includes(lead)) return
  const readers = people.slice(0, mostReaders)
  const { id, revision } = await must(lead.call('POST', `${base}/briefs`))
  const words = { heard: 'People speak of the lantern.', learnt: 'It breaks in the rain.', next: 'We ask the maker.' }
  const readerIds = readers.map(({ memberId }) => memberId)
  const written = await must(lead.call('PATCH', `${base}/briefs/${id}`, { revision, ...words, readerIds }))
  await must(lead.call('POST', `${base}/briefs/${id}/publish`, { revision: written.revision }))
  const reading = readers.filter((each) => there.includes(each) && draws.even() <= diligence)
  await Promise.all(reading.map(({ call }) => must(call('POST', `${base}/briefs/${id}/read`))))
}

/** Two who are there say apart from each other what each text means; what they learn of where they differ makes the next set better. */
async function code({ people }: Live, listening: Listening, { week, there }: Present): Promise<void> {
  const lead = people[0]!
  const coders = there.slice(0, 2)
  if (coders.length < 2 || !there.includes(lead)) return
  const [from, to] = [addDays(begin, 7 * (week - codedEvery)), addDays(begin, 7 * week)].map(
    (day) => `${day}T00:00:00Z`,
  )
  const set = await must(
    lead.call('POST', `${base}/coding-sets`, {
      ...{ name: `Until ${to}`, label: 'sentiment', topic: listening.topic.id, from, to, size: codedTexts },
      ...{ coders: coders.map(({ memberId }) => memberId), seed: week },
    }),
  )
  listening.sets += 1
  const texts = (await must(lead.call('GET', `${base}/coding-sets/${set.id}/texts`))) as {
    place: number
    text: string
  }[]
  const said = coders.map(({ call }) => ({ call, values: texts.map(({ text }) => saidOf(text, listening)) }))
  await Promise.all(
    said.map(async ({ call, values: own }) => {
      for (const [at, { place }] of texts.entries())
        await must(call('PUT', `${base}/coding-sets/${set.id}/texts/${place}/code`, { value: own[at]! }))
    }),
  )
  const { all } = await must(lead.call('GET', `${base}/coding-sets/${set.id}/agreement`))
  listening.isAgreed = (all.kappa ?? 0) >= 0.7
}

/** What it means, or by mistake something else. */
function saidOf(text: string, { draws, sets }: Listening): string {
  const meant = values.find((value) => text.includes(moods[value]))!
  const others = values.filter((value) => value !== meant)
  return draws.even() < mistaken / sets ? others[Math.floor(draws.even() * others.length)]! : meant
}
