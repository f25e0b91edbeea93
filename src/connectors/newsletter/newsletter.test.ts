// The newsletter connector: what it asks, what it renders, and that the same key is the same issue.

import { describe, expect, test } from 'vitest'
import type { Draft, DraftMedia, Session } from '../contract.ts'
import type { Letter, Letters } from '../letters.ts'
import { createTestSession } from '../testing/session.ts'
import { newsletter } from './index.ts'
import { check, limits } from './limits.ts'
import { plainText } from './plain-text.ts'

const fields = newsletter.auth[0]! as Extract<(typeof newsletter.auth)[number], { kind: 'fields' }>
const values = { name: 'News from the harbour', address: 'News@Example.org', imprint: 'Harbour Outdoor, Quay 1' }

/** Issues in memory; what the product keeps in its database is tested with it (publishing/letters). */
function lettersInMemory() {
  const issues = new Map<string, Letter>()
  const finished = new Set<string>()
  const of = (key: string) => ({
    url: `https://longrun.example/letters/issues/${key}`,
    recipients: 3,
    settled: finished.has(key) ? 3 : 1,
    finished: finished.has(key),
  })
  const letters: Letters = {
    base: (key) => of(key).url,
    begin: async (key, letter) => {
      if (!issues.has(key)) issues.set(key, letter)
      return of(key)
    },
    progress: async (key) => (issues.has(key) ? of(key) : null),
  }
  return { letters, issues, finished }
}

const session = (more: Partial<Session> = {}): Session => ({
  ...createTestSession({ allowPrivate: [] }),
  mails: true,
  ...more,
})

const picture: DraftMedia = {
  ...{ id: '0197f3a0-0000-7000-8000-000000000001', kind: 'image', type: 'image/png', bytes: 10, width: 10, height: 10 },
  ...{ seconds: null, alt: 'A "red" boat' },
}
const draft = (more: Partial<Draft> = {}): Draft => ({
  title: 'Spring',
  segments: [{ text: 'Hello **you**, see [the plan](https://example.org/plan).', media: [] }],
  ...more,
})
const partOf = (content: Draft) => ({
  ...{ draft: content, position: 0, role: 'post' as const, segment: content.segments[0]!, root: null, previous: null },
  dueAt: new Date(),
})

describe('setting up', () => {
  test('takes the sender and keeps the imprint', async () => {
    const { profile } = await fields.connect(session(), values)
    expect(profile).toMatchObject({
      handle: 'news@example.org',
      displayName: values.name,
      instance: { imprint: values.imprint },
    })
    const again = session({ account: { ...session().account, instance: profile.instance } })
    expect(await newsletter.identify(again)).toEqual(profile)
  })

  test('needs a mail server', async () => {
    await expect(fields.connect(session({ mails: false }), values)).rejects.toMatchObject({ code: 'no-mail-server' })
  })

  test.each([
    ['address', { ...values, address: 'nobody' }],
    ['imprint', { ...values, imprint: 'x' }],
  ])('refuses a wrong %s at its field', async (field, wrong) => {
    await expect(fields.connect(session(), wrong)).rejects.toMatchObject({ kind: 'rejected', field })
  })
})

describe('an issue', () => {
  test('is rendered with its pictures, its preview and its plain text', async () => {
    const { letters } = lettersInMemory()
    const content = draft({
      ...{ featured: picture, excerpt: 'What is new' },
      segments: [{ text: `Look:\n\n![](media:${picture.id})\n\n<script>alert(1)</script>`, media: [picture] }],
    })
    const prepared = (await newsletter.publish!.prepare!(
      session({ letters }),
      partOf(content),
      'k1',
    )) as unknown as Letter
    expect(prepared).toMatchObject({
      subject: 'Spring',
      preview: 'What is new',
      pictures: [{ id: picture.id, crop: null }],
    })
    expect(prepared.html).toContain(`https://longrun.example/letters/issues/k1/pictures/${picture.id}`)
    expect(prepared.html).toContain('alt="A &quot;red&quot; boat"')
    expect(prepared.html).not.toContain('<script')
    expect(prepared.text).toContain('Look:')
  })

  test('does not begin where the mail server was taken away', async () => {
    const without = session({ letters: lettersInMemory().letters, mails: false })
    await expect(newsletter.publish!.prepare!(without, partOf(draft()), 'k3')).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'no-mail-server',
    })
  })

  test('is handed over once by its key, goes on until every letter is settled, and is found again', async () => {
    const { letters, issues, finished } = lettersInMemory()
    const open = session({ letters })
    const prepared = await newsletter.publish!.prepare!(open, partOf(draft()), 'k2')
    expect(await newsletter.publish!.find!(open, prepared, 'k2', new Date())).toEqual({ state: 'absent' })
    expect(await newsletter.publish!.submit(open, prepared, 'k2')).toMatchObject({ state: 'processing', ref: 'k2' })
    expect(await newsletter.publish!.submit(open, prepared, 'k2')).toMatchObject({ state: 'processing', ref: 'k2' })
    expect(issues.size).toBe(1)
    expect(await newsletter.publish!.find!(open, prepared, 'k2', new Date())).toEqual({ state: 'unproven' })
    finished.add('k2')
    const done = { state: 'published', id: 'k2', url: 'https://longrun.example/letters/issues/k2' }
    expect(await newsletter.publish!.poll!(open, 'k2')).toEqual(done)
    expect(await newsletter.publish!.find!(open, prepared, 'k2', new Date())).toEqual(done)
  })
})

test.each([
  ['without a subject', draft({ title: ' ' }), 'title.required'],
  ['without words', draft({ segments: [{ text: '', media: [] }] }), 'post.empty'],
  [
    'in two parts',
    draft({
      segments: [
        { text: 'a', media: [] },
        { text: 'b', media: [] },
      ],
    }),
    'thread.not-offered',
  ],
  ['that mail programs cut', draft({ segments: [{ text: 'word '.repeat(20_000), media: [] }] }), 'letter.clipped'],
])('a letter %s is told', (_what, content, code) => {
  expect(check(content, limits()).map((issue) => issue.code)).toContain(code)
})

test.each([
  ['**bold** and *soft* words', 'bold and soft words'],
  ['[the plan](https://example.org/plan)', 'the plan (https://example.org/plan)'],
  ['https://example.org', 'https://example.org'],
  ['# Title\n\ntext', 'Title\n\ntext'],
  ['- one\n- two\n  - deep\n', '- one\n- two\n  - deep'],
  ['3. three\n4. four', '3. three\n4. four'],
  ['![A boat](media:x)', '[A boat]'],
  ['```\ncode\n```', 'code'],
  ['a  \nb', 'a\nb'],
  ['> said', 'said'],
])('as plain text %j reads %j', (markdown, text) => {
  expect(plainText(markdown, (id) => ({ url: `https://example.org/${id}`, alt: '' }))).toBe(text)
})
