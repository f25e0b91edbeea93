// Pure decisions of listening briefs: which week, when to remind, what its mail says.

import { addDays, mondayOf } from '../../lib/days.ts'
import type { BriefFigures, BriefWords } from './types.ts'

/** Readers who said nothing are reminded after so long, once. */
export const remindAfterMs = 3 * 86_400_000

/** The last week that is over on `today`, by its Monday. */
export const weekToBrief = (today: string): string => addDays(mondayOf(today), -7)

const range = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** “16 – 22 November 2026”. The narrow spaces of typesetters look odd in mails. */
export const weekText = (week: string): string =>
  range
    .formatRange(new Date(`${week}T00:00Z`), new Date(`${addDays(week, 6)}T00:00Z`))
    .replaceAll(/[\u2009\u202f\u00a0]/g, ' ')

export interface SharedText {
  text: string
  author: string | null
  url: string | null
  shares: number
}

interface Letter {
  organisation: string
  week: string
  words: Pick<BriefWords, 'heard' | 'learnt' | 'next'>
  figures: BriefFigures
  figuresAt: string
  shared: SharedText[]
  /** Where it is read in full, and where reading it is confirmed. */
  readUrl: string
  confirmUrl: string
}

/** The brief as a mail: plain text, which reads well everywhere. */
export function letterText(letter: Letter): string {
  const { words, figures, figuresAt, shared } = letter
  const parts = [
    `${letter.organisation}: what was heard, ${weekText(letter.week)}`,
    section('What was heard', words.heard),
    section('What it means', words.learnt),
    section('What follows', words.next),
    section(`Figures, made ${figuresAt}`, figures.topics.map(topicLine).join('\n')),
    section('Shared most', shared.map(sharedLine).join('\n\n')),
    section('Alerts', figures.alerts.map(alertLine).join('\n')),
    section('What is known to be missing', gapLines(figures).join('\n')),
    `I have read it:\n${letter.confirmUrl}\n\nRead it in Longrun:\n${letter.readUrl}`,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const section = (title: string, text: string): string => (text === '' ? '' : `${title.toUpperCase()}\n${text}`)

const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`

function topicLine({ name, total, before, share, negative, judged }: BriefFigures['topics'][number]): string {
  const shareWords = share === null ? '' : `, ${percent(share, 1)} share of voice`
  const mood = judged === 0 ? '' : `, ${percent(negative, judged)} of ${judged} judged negative`
  return `- ${name}: ${total} (${before} in the week before)${shareWords}${mood}`
}

const sharedLine = ({ text, author, url, shares }: SharedText): string =>
  [`- ${author ?? 'Somebody'} (shared ${shares} times): ${text}`, url].filter(Boolean).join('\n  ')

const answerWords: Record<string, string> = { real: 'it was real', false: 'it was false', planned: 'it was planned' }

const alertLine = ({ topic, sentence, answer, note }: BriefFigures['alerts'][number]): string =>
  `- ${topic}: ${sentence} ${answer ? `Answer: ${answerWords[answer]}.` : 'Nobody has answered.'}${note ? ` ${note}` : ''}`

const gapLines = ({ gaps, silent }: BriefFigures): string[] => [
  ...gaps.map(({ source, from, to }) => `- ${source}: ${shortTime(from)} to ${shortTime(to)}`),
  ...silent.map((source) => `- ${source}: silent`),
]

const shortTime = (at: string | null): string => (at === null ? 'unknown' : `${at.slice(0, 16).replace('T', ' ')} UTC`)

export function reminderText(letter: Pick<Letter, 'organisation' | 'week' | 'readUrl' | 'confirmUrl'>): string {
  return `The listening brief of ${letter.organisation} for ${weekText(letter.week)} waits for you.\n\nRead it in Longrun:\n${letter.readUrl}\n\nI have read it:\n${letter.confirmUrl}\n\nThis is the only reminder.\n`
}
