// Lines of a cadence as they are edited and read.

import { expect, test } from 'vitest'
import { templates } from '../../templates/rules.ts'
import { channelFrom, type Line, lineText, rowOf, withRow } from './cadence-rows.ts'

type Choice = Line['slots'][number]['anyOf'][number]
const lineOf = (...choices: Choice[]): Line => ({
  ...{ id: 'one', channel: null, every: 1, unit: 'week' },
  slots: choices.map((choice) => ({ anyOf: [choice] })),
})
const company: Choice = { activity: 'short-post', voice: 'company' }
const person: Choice = { activity: 'short-post', voice: 'person' }

test('a line of one thing is so many of it, in its voice', () => {
  expect(rowOf(lineOf(company, company))).toMatchObject({ activity: 'short-post', voice: 'company', times: 2 })
})

test.each<[string, Line]>([
  ['differ in kind', lineOf({ activity: 'blog-post' }, { activity: 'short-post' })],
  ['differ in voice', lineOf(company, person)],
  ['have a voice or none', lineOf(company, { activity: 'short-post' })],
  ['leave a choice', { ...lineOf(), slots: [{ anyOf: [company, person] }] }],
  ['must differ', { ...lineOf(company, company), differ: true }],
])('lines whose parts %s are kept as they are', (_, line) => {
  expect(rowOf(line).activity).toBeNull()
})

test('more of it speaks in the voice it had', () => {
  expect(withRow(lineOf(person), { activity: 'short-post', times: 3 })).toEqual(lineOf(person, person, person))
  expect(withRow(lineOf(person), { activity: 'blog-post', times: 1 })).toEqual(
    lineOf({ activity: 'blog-post', voice: 'person' }),
  )
})

test('is read with its number, voice, period and place', () => {
  expect(lineText({ ...lineOf(company, company, company), channel: 'Blog' })).toBe(
    '3 × short post of the company a week (Blog)',
  )
  expect(lineText({ ...lineOf({ activity: 'blog-post' }), every: 2 })).toBe('blog post every 2 weeks')
  expect(lineText(templates.find(({ id }) => id === 'b2b')!.lines[2]!)).toBe(
    'status update of the company or status update of a person, and reply in a group or post in a group a week',
  )
})

test('a line that grows says from how many and for how long, and never begins with more than it has', () => {
  const grows = { first: 2, from: '2027-01-11', weeks: 12 }
  const line = { ...lineOf(company, company, company), grows }
  expect(lineText(line)).toBe('3 × short post of the company a week, growing from 2 over 12 weeks from 11 Jan 2027 on')
  expect(withRow(line, { activity: 'short-post', times: 2 }).grows).toEqual({ ...grows, first: 1 })
  expect(withRow(line, { activity: 'short-post', times: 1 })).not.toHaveProperty('grows')
})

test('spaces name no place', () => {
  expect([channelFrom('   '), channelFrom(''), channelFrom('My blog')]).toEqual([null, null, 'My blog'])
})
