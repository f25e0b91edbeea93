// The steps of a post's way in plain words: what people did, every attempt, and how each ended.

import type { client, Output } from '../../kit/api.ts'
import { plainCode } from '../../kit/words.ts'
import { reasonWords } from './reason-words.ts'

export type Step = Output<typeof client.posts.way>[number]
type Told = Pick<Step, 'code' | 'by' | 'position' | 'reason'>

export interface StepContext {
  /** Name of the network, or “the network”. */
  network: string
  /** How many single writes the variant consists of. */
  parts: number
  /** Shows an instant. */
  until: (instant: string) => string
}

export type StepTone = 'quiet' | 'slate' | 'done' | 'amber' | 'crimson'

interface StepWords {
  what: string
  why?: string
  tone: StepTone
  known: boolean
}

interface Entry {
  tone: StepTone
  say: (step: Told, context: StepContext) => string
}

const who = ({ by }: Told): string => by ?? 'Somebody'
const part = ({ position }: Told, { parts }: StepContext): string =>
  parts > 1 && position !== null ? `part ${position + 1} of ${parts}` : 'it'

const entries: Record<string, Entry> = {
  'post.created': { tone: 'quiet', say: (step) => `${who(step)} began the post` },
  'post.saved': { tone: 'quiet', say: (step) => `${who(step)} edited it` },
  'post.scheduled': {
    tone: 'slate',
    say: (step, { until }) =>
      `${who(step)} scheduled it${step.reason?.until ? ` for ${until(step.reason.until)}` : ''}`,
  },
  'post.assigned': { tone: 'quiet', say: (step) => `${who(step)} changed what it belongs to` },
  'post.unscheduled': { tone: 'quiet', say: (step) => `${who(step)} took it off the schedule` },
  'post.held': { tone: 'amber', say: (step) => `${who(step)} held it` },
  'post.released': { tone: 'slate', say: (step) => `${who(step)} released it` },
  'post.cancelled': { tone: 'quiet', say: (step) => `${who(step)} cancelled it` },
  'post.deleted': { tone: 'quiet', say: (step) => `${who(step)} deleted it` },
  'post.restored': { tone: 'quiet', say: (step) => `${who(step)} restored it` },
  'post.resolved': { tone: 'slate', say: (step) => `${who(step)} decided: ${decided[step.reason?.code ?? ''] ?? ''}` },
  'post.parked': { tone: 'amber', say: (_, { network }) => `It waits until ${network} is connected again` },
  'post.resumed': {
    tone: 'slate',
    say: (_, { network }) => `${capital(network)} is connected again; the post goes on`,
  },
  'hold.stopped': { tone: 'amber', say: ({ by }) => `A hold${by ? ` of ${by}` : ''} stopped it` },
  'hold.under-way': { tone: 'amber', say: () => 'It was being sent when a hold began, which could not stop it' },
  'hold.went-on': { tone: 'slate', say: () => 'The hold ended; it goes on' },
  'hold.missed': { tone: 'amber', say: () => 'The hold ended; its time had passed, so a person decides' },
  'hold.another-hold': { tone: 'amber', say: () => 'The hold ended; another one binds it' },
  'approval.asked': {
    tone: 'amber',
    say: (step, { until }) =>
      `${step.by ?? 'Longrun'} asked for approval${step.reason?.until ? ` for ${until(step.reason.until)}` : ''}`,
  },
  'approval.given': { tone: 'done', say: (step) => `${who(step)} approved it` },
  'approval.granted': { tone: 'done', say: () => 'Everybody who was asked has agreed' },
  'approval.refused': { tone: 'crimson', say: (step) => `${who(step)} did not approve it` },
  'approval.voided': { tone: 'amber', say: () => 'Other words: the approval does not hold any more' },
  'approval.narrowed': { tone: 'amber', say: () => 'The approval does not hold any more for what was changed' },
  'approval.withdrawn': { tone: 'quiet', say: (step) => `${who(step)} took back the question` },
  'approval.reopened': { tone: 'amber', say: () => 'A lane was added: the approval that was there is not enough' },
  'approval.changed': { tone: 'amber', say: () => 'Other lanes apply to it now' },
  'approval.moved': {
    tone: 'slate',
    say: (step, { until }) => `${who(step)} moved it${step.reason?.until ? ` to ${until(step.reason.until)}` : ''}`,
  },
  'approval.let-go': { tone: 'slate', say: (step) => `${who(step)} let it go` },
  'approval.commented': { tone: 'quiet', say: (step) => `${who(step)} commented` },
  'approval.suggested': { tone: 'quiet', say: (step) => `${who(step)} suggested other words` },
  'approval.taken': { tone: 'quiet', say: (step) => `${who(step)} took a suggestion over` },
  'approval.climbed': { tone: 'amber', say: () => 'Nobody answered, so others were asked' },
  'approval.late': { tone: 'amber', say: () => 'Its time came without approval; nothing was sent' },
  'approval.box-over': { tone: 'amber', say: () => 'The time box of the fast lane ended without an answer' },
  'review-link.made': { tone: 'quiet', say: (step) => `${who(step)} asked somebody outside` },
  'review-link.opened': { tone: 'quiet', say: (step) => `${who(step)} looked at it by a link` },
  'review-link.revoked': { tone: 'quiet', say: (step) => `${who(step)} ended a link` },
  'post.published': { tone: 'done', say: (step) => `${who(step)} kept what is out; the rest is not sent` },
  'post.withdrawn': { tone: 'quiet', say: (step, { network }) => `${who(step)} deleted it at ${network}` },
  'attempt.send': { tone: 'slate', say: (_, { network }) => `Longrun began to send it to ${network}` },
  'attempt.look-up': { tone: 'amber', say: (_, { network }) => `Longrun looked it up at ${network}` },
  'attempt.poll': { tone: 'slate', say: (_, { network }) => `Longrun asked ${network} whether it is ready` },
  'attempt.sent': { tone: 'slate', say: (step, context) => `${capital(part(step, context))} was sent` },
  'part.accepted': { tone: 'done', say: (step, context) => `${capital(context.network)} has ${part(step, context)}` },
  'outcome.deferred': {
    tone: 'amber',
    say: ({ reason }, { until }) => `Not sent yet${reason?.until ? `; the next try is at ${until(reason.until)}` : ''}`,
  },
  'outcome.unknown': { tone: 'amber', say: () => 'No answer, so nobody knows yet whether it is there' },
  'outcome.rejected': { tone: 'crimson', say: (_, { network }) => `${capital(network)} refused it` },
  'outcome.absent': {
    tone: 'slate',
    say: (_, { network }) => `It is certainly not at ${network}; it may be sent again`,
  },
  'outcome.processing': { tone: 'slate', say: (_, { network }) => `${capital(network)} is still working on it` },
}

const decided: Record<string, string> = {
  published: 'it is there',
  send: 'it is not there, send it',
  forget: 'it no longer matters',
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Reasons that only repeat what the step already says. */
const said = new Set(['post.scheduled', 'post.resolved'])

/** Their text names lanes; that of others is what somebody said. */
const lanes = new Set(['approval.asked', 'approval.reopened', 'approval.changed', 'approval.climbed'])

export function stepWords(step: Told, context: StepContext): StepWords {
  const entry = entries[step.code]
  if (!entry) return { what: capital(plainCode(step.code)), tone: 'quiet', known: false }
  return { what: entry.say(step, context), why: whyOf(step), tone: entry.tone, known: true }
}

function whyOf({ code, reason }: Told): string | undefined {
  if (!reason || said.has(code)) return undefined
  if (lanes.has(code)) return reason.text
  if (/^(post|hold|approval|review-link)\./.test(code)) return reason.text ? `“${reason.text}”` : undefined
  return reasonWords(reason)
}
