// Pure: the plans to begin with, each to be changed. What each costs is told from what people are used to (R1-13).

import type { CadenceLines } from '../plan/types.ts'
import type { Ambition } from '../types.ts'

type Line = CadenceLines[number]
type Unit = Line['unit']

export const templateIds = ['novice', 'intermediate', 'maintain', 'b2b', 'agency'] as const
export type TemplateId = (typeof templateIds)[number]

export interface Template {
  id: TemplateId
  name: string
  forWhom: string
  /** What it asks for, in a sentence. */
  means: string
  ambition: Ambition
  lines: CadenceLines
}

const of = (id: string, activity: string, times: number, every: number, unit: Unit): Line => ({
  ...{ id, channel: null, every, unit },
  slots: Array.from({ length: times }, () => ({ anyOf: [{ activity }] })),
})

/** R1-15 and R1-16: a blog every other week, a short post each working day, two posts that differ in kind. */
const b2b: CadenceLines = [
  of('blog', 'blog-post', 1, 2, 'week'),
  of('short', 'short-post', 1, 1, 'working-day'),
  {
    ...{ id: 'two', channel: null, every: 1, unit: 'week', differ: true },
    slots: [
      {
        anyOf: [
          { activity: 'status-update', voice: 'company' },
          { activity: 'status-update', voice: 'person' },
        ],
      },
      { anyOf: [{ activity: 'group-reply' }, { activity: 'group-post' }] },
    ],
  },
]

export const templates: readonly Template[] = [
  {
    ...{ id: 'novice', name: 'First steps', ambition: 'presence' },
    forWhom: 'One or two people beside their other work, who have not done this before.',
    means: 'Two short posts a week, and answering whoever writes.',
    lines: [of('short', 'short-post', 2, 1, 'week')],
  },
  {
    ...{ id: 'intermediate', name: 'On the way', ambition: 'succeed' },
    forWhom: 'A small team that has kept up first steps for some months and wants to reach goals.',
    means:
      'A short post each working day, a status update and two replies in groups a week, a longer post every two weeks.',
    lines: [
      of('short', 'short-post', 1, 1, 'working-day'),
      of('status', 'status-update', 1, 1, 'week'),
      of('groups', 'group-reply', 2, 1, 'week'),
      of('blog', 'blog-post', 1, 2, 'week'),
    ],
  },
  {
    ...{ id: 'maintain', name: 'Keep it up', ambition: 'maintain' },
    forWhom: 'Whoever has what they want and means to keep it, with little time.',
    means: 'A short post each working day, a longer one every four weeks.',
    lines: [of('short', 'short-post', 1, 1, 'working-day'), of('blog', 'blog-post', 1, 4, 'week')],
  },
  {
    ...{ id: 'b2b', name: 'Business to business', ambition: 'succeed' },
    forWhom: 'Firms whose customers are firms, and who want them to come by themselves.',
    means: 'A blog post every other week, a short post each working day, two posts a week that differ in kind.',
    lines: b2b,
  },
  {
    ...{ id: 'agency', name: 'Agency, for one client', ambition: 'succeed' },
    forWhom:
      'Agencies. Give each client an organisation of its own, and this plan to each: nothing leaks from one to another, and each has its own accounts, people and ladder. You switch between them at the top of the page.',
    means: 'Three short posts and two replies in groups a week, a longer post every four weeks, for each client.',
    lines: [
      of('short', 'short-post', 3, 1, 'week'),
      of('groups', 'group-reply', 2, 1, 'week'),
      of('blog', 'blog-post', 1, 4, 'week'),
    ],
  },
]

/** Which weeks are told before somebody begins: the first, and the one after a quarter. */
export const toldWeeks = { first: 1, later: 12 } as const
