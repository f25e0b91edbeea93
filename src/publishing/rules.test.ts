// Pure decisions about posts, and that the database orders states as the rules do.

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../test/world/database.ts'
import type { Crop, Draft, DraftMedia } from '../connectors/contract.ts'
import {
  allows,
  type Change,
  cropTwiceAt,
  isDeletable,
  partOf,
  partRoles,
  postState,
  type Standing,
  shownAs,
  summaryOf,
  urgencyOrder,
} from './rules.ts'
import { type VariantState, variantStates } from './types.ts'

/** Milliseconds after which it counts as hanging. Speed is measured by benches; a busy machine must not fail a test. */
const hangs = 20_000

const draft = (...texts: string[]): Draft => ({ segments: texts.map((text) => ({ text, media: [] })) })

describe('the parts of a draft', () => {
  test.each<[string, Draft, string[]]>([
    ['one post', draft('a'), ['post a']],
    ['a thread', draft('a', 'b', 'c'), ['post a', 'segment b', 'segment c']],
    ['a first comment comes last', { ...draft('a', 'b'), firstComment: ' c ' }, ['post a', 'segment b', 'comment c']],
    ['a blank comment is none', { ...draft('a'), firstComment: ' \n' }, ['post a']],
  ])('%s', (_, given, expected) => {
    expect(partRoles(given).map(({ role, segment }) => `${role} ${segment.text}`)).toEqual(expected)
  })

  test('each answers the one before it, and the comment answers the post', () => {
    const given = { ...draft('a', 'b', 'c'), firstComment: 'd' }
    const published = ['1', '2', '3'].map((id) => ({ id, url: '' }))
    const links = [0, 1, 2, 3].map((position) => {
      const { root, previous } = partOf(given, position, { published, dueAt: new Date(0) })
      return [root?.id ?? null, previous?.id ?? null]
    })
    expect(links).toEqual([
      [null, null],
      ['1', '1'],
      ['1', '2'],
      ['1', '1'],
    ])
  })
})

describe('how a file is shown', () => {
  const crop: Crop = { x: 0, y: 0, width: 0.5, height: 1 }
  const file = (id: string, more: Partial<DraftMedia> = {}): DraftMedia => ({
    ...{ id, kind: 'image', type: 'image/png', bytes: 1, width: 100, height: 100, seconds: null, alt: `About ${id}` },
    ...more,
  })
  const draft = (segments: DraftMedia[][], featured?: DraftMedia): Draft => ({
    segments: segments.map((media) => ({ text: '', media })),
    featured,
  })

  test('is said by its part, and for the first part also by the feature image', () => {
    const words = draft([[file('a', { crop })], [file('a', { alt: 'Again' })]], file('b', { crop }))
    expect(shownAs(words, 0, 'a')).toEqual({ crop, alt: 'About a' })
    expect(shownAs(words, 1, 'a')).toEqual({ crop: undefined, alt: 'Again' })
    expect(shownAs(words, 0, 'b')).toEqual({ crop, alt: 'About b' })
    expect([shownAs(words, 1, 'b'), shownAs(words, 2, 'a'), shownAs(words, 0, 'card')]).toEqual([null, null, null])
  })

  test.each<[string, Draft, ReturnType<typeof cropTwiceAt>]>([
    ['in different parts may differ', draft([[file('a', { crop })], [file('a')]]), null],
    ['twice in a part may be equal', draft([[file('a', { crop }), file('a', { crop: { ...crop } })]]), null],
    ['twice in a part', draft([[], [file('a'), file('a', { crop })]]), ['segments', 1, 'media', 1, 'crop']],
    ['as feature image', draft([[file('a', { crop })]], file('a')), ['featured', 'crop']],
  ])('with another crop %s', (_, words, path) => expect(cropTwiceAt(words)).toEqual(path))
})

describe('a summary', () => {
  test.each<[string, Draft, string]>([
    ['the title', { ...draft('text'), title: ' Title ' }, 'Title'],
    ['the first words on one line', draft(' a\n\n b\tc '), 'a b c'],
    ['nothing', draft(''), ''],
  ])('is %s', (_, given, expected) => expect(summaryOf(given)).toBe(expected))

  test('has at most 140 characters as people count them and never half of one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const summary = summaryOf(draft(text))
        expect([...new Intl.Segmenter().segment(summary)].length).toBeLessThanOrEqual(140)
        expect(summary.isWellFormed()).toBe(true)
      }),
    )
  })

  test('of two million characters takes no time, and of long emoji is whole', () => {
    const start = performance.now()
    expect(summaryOf(draft('é'.repeat(2_000_000)))).toBe('é'.repeat(140))
    expect(summaryOf(draft('👨‍👩‍👧‍👦'.repeat(1000))).isWellFormed()).toBe(true)
    expect(performance.now() - start).toBeLessThan(hangs)
  })
})

describe('what may be done when', () => {
  const changes: Record<Change, VariantState[]> = {
    edit: ['draft', 'in-review', 'scheduled', 'held', 'parked', 'rejected', 'cancelled'],
    schedule: ['draft', 'in-review', 'scheduled', 'held', 'parked', 'rejected', 'cancelled'],
    unschedule: ['in-review', 'scheduled', 'held', 'parked', 'rejected', 'cancelled'],
    hold: ['scheduled', 'parked', 'sending'],
    release: ['held'],
    cancel: ['in-review', 'scheduled', 'held', 'parked', 'rejected'],
    resolve: ['unconfirmed'],
    withdraw: ['published'],
  }
  const allowed = (state: VariantState, more: Partial<Standing> = {}) =>
    Object.keys(changes).filter((change) => allows({ state, out: 0, doubt: false, ...more }, change as Change))

  test.each(Object.entries(changes))('%s', (change, states) => {
    expect(variantStates.filter((state) => allowed(state).includes(change)).sort()).toEqual([...states].sort())
  })

  test('nothing but looking moves what a worker has in hand, except that a hold takes what is not being written', () => {
    for (const state of ['sending', 'processing', 'looking-up'] as const)
      expect(allowed(state, { doubt: true })).toEqual([])
    expect(allowed('sending')).toEqual(['hold'])
  })

  test('what waits for its account in doubt is not free for changes', () => {
    expect(allowed('parked', { doubt: true })).toEqual(['resolve'])
  })

  test('of a thread that is partly out the rest goes on or ends, and nothing is rewritten', () => {
    expect(allowed('rejected', { out: 1 })).toEqual(['schedule', 'cancel', 'withdraw'])
    expect(allowed('held', { out: 1 })).toEqual(['schedule', 'release', 'cancel'])
  })

  test('nothing is deleted here of which something is there', () => {
    const deletable = (out: number) => variantStates.filter((state) => isDeletable({ state, out, doubt: false }))
    expect(deletable(0)).toEqual(['draft', 'rejected', 'cancelled'])
    expect(deletable(1)).toEqual([])
  })
})

describe('the state of a post', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database.close())

  test.each<[VariantState[], VariantState]>([
    [[], 'draft'],
    [['published', 'published'], 'published'],
    [['published', 'scheduled'], 'scheduled'],
    [['scheduled', 'sending'], 'sending'],
    [['held', 'unconfirmed', 'published'], 'unconfirmed'],
    [['cancelled', 'removed'], 'removed'],
    [['published', 'cancelled'], 'published'],
  ])('of %j is %s', (variants, state) => expect(postState(variants)).toBe(state))

  test('every state has its place, in the rules and in the database alike', async () => {
    expect([...urgencyOrder].sort()).toEqual([...variantStates].sort())
    const ordered = await sql<{ state: string; place: number | null }>`
      select state, variant_urgency(state) as place from unnest(${[...variantStates]}::text[]) state order by place`.execute(
      database.db,
    )
    expect(ordered.rows.map((row) => row.state)).toEqual(urgencyOrder)
    expect(ordered.rows.every((row) => row.place !== null)).toBe(true)
  })

  test('any mixture of variants has the same state in SQL as in the rules', async () => {
    const mixtures = fc.sample(fc.array(fc.constantFrom(...variantStates), { minLength: 1, maxLength: 8 }), {
      numRuns: 200,
      seed: 7,
    })
    const found = await sql<{ state: VariantState }>`
      select (select state from jsonb_array_elements_text(mixture) state order by variant_urgency(state) limit 1) as state
      from jsonb_array_elements(${JSON.stringify(mixtures)}::jsonb) with ordinality m(mixture, place) order by place`.execute(
      database.db,
    )
    expect(found.rows.map((row) => row.state)).toEqual(mixtures.map(postState))
  })
})
