// Six organisations as they might be: who works there, where they speak, and what the truth about their work is, which the programme never sees.

import type { ContentKind } from '../../src/connectors/contract.ts'

export interface Truth {
  channel: string
  kind: ContentKind
  /** Reactions to the first item in a week, in the beginning. */
  value: number
  /** Each further item of the same week is worth so much of the one before it. */
  decay: number
  /** What one really takes these people, in minutes. */
  minutes: number
}

export interface World {
  name: string
  ambition: 'presence' | 'maintain' | 'succeed'
  /** The most that each gives in a week, in minutes. */
  people: number[]
  lines: Truth[]
  /** Share of planned sessions that are really done. */
  diligence: number
  /** Weeks (from 0) in which everything brings half and a third of the sessions is not done; and in which everything brings more. */
  crisis: number
  launch: number
  /** Minutes a day beside the plan in the first weeks, on accounts that were opened for it; after them hardly anything is done for a while. */
  sprint?: number[]
}

const activityMinutes: Record<ContentKind, number> = { post: 8, article: 228, video: 120 }

/** `factor`: how good a channel is; `slow`: how much longer these people need than others. */
const channel = (
  name: string,
  kinds: Partial<Record<ContentKind, [value: number, decay: number]>>,
  slow = 1,
): Truth[] =>
  Object.entries(kinds).map(([kind, [value, decay]]) => ({
    ...{ channel: name, kind: kind as ContentKind, value, decay },
    minutes: activityMinutes[kind as ContentKind] * slow,
  }))

export const worlds: World[] = [
  {
    ...{ name: 'Novice pair', ambition: 'presence', people: [90, 90], diligence: 0.93, crisis: 30, launch: 40 },
    lines: [
      ...channel('Square', { post: [40, 0.9] }),
      ...channel('Lakeside', { post: [14, 0.93] }),
      ...channel('Old board', { post: [5, 0.95] }),
    ],
  },
  {
    ...{ name: 'B2B team', ambition: 'succeed', people: [240, 180, 150], diligence: 0.95, crisis: 22, launch: 34 },
    lines: [
      ...channel('Blog', { article: [420, 0.7] }, 0.9),
      ...channel('Trade network', { post: [60, 0.85] }, 1.6),
      ...channel('Short talk', { post: [16, 0.93] }),
      ...channel('Film', { video: [150, 0.7] }, 1.3),
    ],
  },
  {
    ...{ name: 'Agency of four clients', ambition: 'succeed', people: [300, 300, 240, 240], diligence: 0.95 },
    ...{ crisis: 26, launch: 18 },
    lines: ['Bakery', 'Museum', 'Cycling club', 'Law firm'].flatMap((client, index) => [
      ...channel(`${client}, talk`, { post: [[55, 22, 70, 9][index]!, 0.9] }),
      ...channel(
        `${client}, pictures`,
        { post: [[30, 48, 12, 6][index]!, 0.88], video: [[220, 500, 160, 90][index]!, 0.7] },
        1.2,
      ),
    ]),
  },
  {
    ...{ name: 'Over-keen sprinter', ambition: 'succeed', people: [120], diligence: 0.9, crisis: 28, launch: 36 },
    sprint: [40, 90, 60, 30],
    lines: [
      ...channel('Talk', { post: [25, 0.9] }),
      ...channel('Pictures', { post: [18, 0.9] }),
      ...channel('Film', { video: [140, 0.7] }),
    ],
  },
  {
    ...{ name: 'Understaffed shop', ambition: 'maintain', people: [60], diligence: 0.85, crisis: 33, launch: 24 },
    lines: [
      ...channel('Neighbourhood', { post: [30, 0.92] }, 1.2),
      ...channel('Shop window', { post: [10, 0.9] }, 1.1),
    ],
  },
  {
    ...{ name: 'Forty in seven departments', ambition: 'succeed', diligence: 0.94, crisis: 20, launch: 44 },
    people: Array.from({ length: 40 }, (_, index) => 60 + 15 * (index % 5)),
    lines: Array.from({ length: 12 }, (_, index) => index).flatMap((index) => [
      ...channel(
        `Channel ${index + 1}`,
        { post: [8 + 9 * ((index * 7) % 12), 0.86 + 0.01 * (index % 10)] },
        1 + 0.05 * (index % 7),
      ),
      ...(index % 4 === 0 ? channel(`Channel ${index + 1}`, { article: [180 + 60 * index, 0.75] }) : []),
      ...(index % 4 === 2 ? channel(`Channel ${index + 1}`, { video: [90 + 50 * index, 0.7] }) : []),
    ]),
  },
]
