// How triage, routing and their reasons are said on pages.

import type { client, Output } from '../../../kit/api.ts'
import { plainCode } from '../../../kit/words.ts'
import { type SpeakerState, stateWords } from '../../../listening/ui/people/people-words.ts'
import { type Priority, priorities } from '../../promises/types.ts'
import type { Consideration, PostKind, TriageQuestion, Verdict, Way } from '../../triage/types.ts'

export type Considered = Output<typeof client.considered.read>
export type Rules = Output<typeof client.routing.read>
export type NamedRule = Rules['rules'][number]
export type Question = Output<typeof client.questions.list>[number]
export type Work = Output<typeof client.work.list>[number]
export type Absence = Output<typeof client.absences.list>['items'][number]

export const priorityWords: Record<Priority, string> = { urgent: 'Urgent', high: 'High', normal: 'Normal', low: 'Low' }
export const priorityChoices = priorities.map((value) => ({ value, label: priorityWords[value] }))

/** Codes as choices of a field. */
export const choicesOf = (codes: readonly string[]) =>
  codes.map((value) => ({ value, label: plainCode(value).replace(/^./, (first) => first.toUpperCase()) }))

export const verdictWords: Record<Verdict, string> = {
  answer: 'Answer it',
  'do-not-answer': 'Leave it unanswered',
  decide: 'Please decide',
}

export const wayWords: Record<Way, string> = {
  'share-success': 'Thank, and ask whether it may be shown',
  concur: 'Agree and thank',
  reply: 'Say what was asked for',
  'fix-facts': 'Say what is true, with its source',
  restore: 'Put right what went wrong',
  'let-stand': 'Nothing is to be added',
  monitor: 'Watch it, and tell whoever must know',
  moderate: 'Hide or report it',
  raise: 'Those of the protocol decide first',
}

export const kindWords: Record<PostKind, string> = {
  praise: 'Praise',
  question: 'A question',
  remark: 'A remark',
  'unhappy-customer': 'An unhappy customer',
  misguided: 'Somebody who has facts wrong',
  rager: 'A rant',
  troll: 'A troll',
  spam: 'Spam',
  automatic: 'Written by a program',
  danger: 'People may be hurt or in need',
}

export const considerationWords: Record<Consideration, string> = {
  transparency: 'Say who you are and for whom you speak',
  sourcing: 'Name where it can be read',
  timeliness: 'Take time to get it right, and answer soon',
  tone: 'Write with respect',
  influence: 'Many read what this person writes',
}

export const questionWords: Record<TriageQuestion, string> = {
  positive: 'It speaks well of us',
  question: 'It asks for something',
  badExperience: 'Something went wrong for them',
  wrongFacts: 'It states what is not true',
  rages: 'It is a rant or ridicule',
  provokes: 'It wants to provoke, here and elsewhere',
  spam: 'It is spam',
  danger: 'People are hurt or in need',
}

export const byWords: Record<NonNullable<Considered['triage']>['by'], string> = {
  person: 'A person said so',
  network: 'Its network says so',
  machine: 'A guess from its words',
}

const share = (value: number | null): string =>
  value === null ? '' : `${Math.round(value * 100)} % of their work with it`

/** Why this owner, or why nobody. */
export function choiceLine({ code, skills, of, loadAfter, dropped }: NonNullable<Considered['choice']>): string {
  const beside = [share(loadAfter), dropped.length > 0 ? `without ${dropped.join(', ')}` : '']
    .filter(Boolean)
    .join(', ')
  const more = beside && ` (${beside})`
  const named = skills.join(', ')
  const lines: Record<string, string> = {
    sticky: `They had it before${more}`,
    'only-one': `The only one who can take it now${more}`,
    'least-loaded': `Has least in hand of ${of} who can${more}`,
    'longest-idle': `Got nothing for longest of ${of} who can${more}`,
    'keeps-others-free': `So that others stay free for ${named}${more}`,
    'nobody-in-department': 'Nobody is in this department',
    'nobody-with-skills': `Nobody there knows ${named}`,
    'all-declined': 'Everybody who could gave it back',
    'all-away': 'Everybody who could is away',
    'all-full': 'Everybody who could has enough in hand',
    'nobody-with-additional-skills': `Nobody who knows ${named} is free yet`,
    'waits-for-owner': 'Waits for whoever had it: they are back soon',
  }
  return lines[code] ?? code
}

const conditionWords: Record<string, string> = {
  account: 'account',
  kind: 'came as',
  intent: 'intent',
  sentiment: 'mood',
  language: 'language',
  topic: 'topic',
  author: 'author is',
  campaign: 'campaign',
  words: 'says',
}

/** `words: refund` → `says “refund”`; ids have names. */
export function heldLine(held: readonly string[], nameOf: (id: string) => string): string {
  return held
    .map((each) => {
      const [condition = '', value = ''] = each.split(': ')
      const said = condition === 'author' ? (stateWords[value as SpeakerState]?.label ?? value) : nameOf(value)
      return `${conditionWords[condition] ?? condition} “${said}”`
    })
    .join(', ')
}
