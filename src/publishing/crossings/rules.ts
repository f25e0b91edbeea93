// Pure decisions about crossing points: the six that every organisation has, what a point waits for, and which events make it fire.

import { firstOf } from '../../lib/storable.ts'
import type { BriefWords } from '../briefs/types.ts'
import type { Action, Awaited, Condition, Options, Tell, TriggerVerb } from './types.ts'

export interface PointPlan {
  name: string
  trigger: TriggerVerb
  conditions: Condition[]
  action: Action
  options: Options
  tell: Tell
}

const toOwner: Tell = { owner: true, memberIds: [], roles: [], departmentIds: [] }
const toLeads: Tell = { owner: true, memberIds: [], roles: ['owner', 'admin', 'manager'], departmentIds: [] }

/** The least set of crossing points (R2-15). */
export const defaults: Record<string, PointPlan> = {
  'brief-listening': {
    name: 'A campaign brief uses what listening heard',
    trigger: 'campaign.created',
    conditions: [],
    action: 'use-listening',
    options: {},
    tell: toOwner,
  },
  'launch-staffing': {
    name: 'A launch needs people who answer',
    trigger: 'campaign.neared',
    conditions: [],
    action: 'tell',
    options: { daysBefore: 7, text: 'Answers will be needed. Plan who is there on the first days.' },
    tell: toLeads,
  },
  'replies-to-always-on': {
    name: 'Replies to a campaign go to always-on',
    trigger: 'post.replied',
    conditions: [{ fact: 'campaignId', is: 'present', value: '' }],
    action: 'hand-over',
    options: {},
    tell: toLeads,
  },
  'trend-campaign': {
    name: 'A trend begins a quick campaign',
    trigger: 'trend.found',
    conditions: [],
    action: 'quick-campaign',
    options: {},
    tell: toOwner,
  },
  'crisis-pauses': {
    name: 'A crisis pauses campaigns',
    trigger: 'incident.opened',
    conditions: [],
    action: 'hold-campaigns',
    options: { text: 'A crisis is open. Campaigns pause until a person releases them; always-on goes on.' },
    tell: toLeads,
  },
  'close-to-insights': {
    name: 'Closing a campaign feeds insights',
    trigger: 'campaign.closed',
    conditions: [],
    action: 'report',
    options: {},
    tell: toOwner,
  },
}

const triggerWaits: Partial<Record<TriggerVerb, Awaited>> = {
  'trend.found': 'listening',
  'incident.opened': 'protocols',
}
const actionWaits: Partial<Record<Action, Awaited>> = { 'use-listening': 'listening' }
/** What works now and does more when the rest has come. */
const laterMore: Record<string, Awaited> = { 'launch-staffing': 'inbox', 'close-to-insights': 'insights' }

export interface Standing {
  /** `works`: fires by itself; `by-hand`: a person can fire it meanwhile; `waits`: an end of it is not here yet. */
  state: 'works' | 'by-hand' | 'waits'
  waitsFor: Awaited | null
  /** What it will do more, once this is here. */
  moreWith: Awaited | null
}

export function standingOf(point: { key: string | null; trigger: TriggerVerb; action: Action }): Standing {
  const action = actionWaits[point.action]
  const trigger = triggerWaits[point.trigger]
  return {
    state: action ? 'waits' : trigger ? 'by-hand' : 'works',
    waitsFor: action ?? trigger ?? null,
    moreWith: (point.key && laterMore[point.key]) || null,
  }
}

/** Which verbs of the log fire some of these points by themselves. */
export const liveTriggers = (points: { key: string | null; trigger: TriggerVerb; action: Action }[]): TriggerVerb[] => [
  ...new Set(points.filter((point) => standingOf(point).state === 'works').map(({ trigger }) => trigger)),
]

type Facts = Record<string, unknown>

/** Whether an event with these facts fires a point. */
export function fires(
  point: Pick<PointPlan, 'trigger' | 'conditions' | 'options'>,
  event: { verb: string; facts: Facts },
): boolean {
  if (event.verb !== point.trigger) return false
  // One event tells one number of days; points that ask for another one have their own.
  if (point.trigger === 'campaign.neared' && event.facts.days !== point.options.daysBefore) return false
  return point.conditions.every((each) => holds(each, event.facts))
}

export function holds({ fact, is, value }: Condition, facts: Facts): boolean {
  const found = Object.hasOwn(facts, fact) ? facts[fact] : undefined
  const there = found !== undefined && found !== null && found !== ''
  if (is === 'present') return there
  if (is === 'absent') return !there
  if (is === 'at-least') return there && value.trim() !== '' && Number(found) >= Number(value)
  const equal = there && String(found).toLowerCase() === value.trim().toLowerCase()
  return is === 'equal' ? equal : !equal
}

/** What a brief says that a point makes. A post or words of the point are its material; where there are neither, it lacks some. */
export function briefFor(
  { name, options }: Pick<PointPlan, 'name' | 'options'>,
  about: {
    campaign: { id: string; name: string; beginsOn: string } | undefined
    today: string | null
    summary: string | null
    url: string | null
  },
): Partial<BriefWords> & { title: string } {
  const { campaign, today, summary, url } = about
  const subject = campaign?.name || summary
  return {
    title: firstOf([name, ...(subject ? [subject] : [])].join(': '), 200).trim(),
    kind: campaign ? 'campaign-need' : 'idea',
    material: [options.text ?? '', summary ? `“${summary}”` : ''].filter((line) => line.trim() !== '').join('\n\n'),
    links: url && /^https?:/.test(url) ? [url] : [],
    campaignId: campaign?.id ?? null,
    // What a launch needs must be there on its first day; what has begun already names no day.
    dueOn: campaign && today !== null && campaign.beginsOn >= today ? campaign.beginsOn : null,
  }
}

export interface PlanFault {
  code: string
  field: string
}

/** What of a point does not fit; null when all does. */
export function planFault({ trigger, action, options, tell }: PointPlan): PlanFault | null {
  if (trigger === 'campaign.neared' && options.daysBefore === undefined)
    return { code: 'field-needed', field: 'options.daysBefore' }
  if (action === 'hold-campaign' && !/^(campaign|post)\./.test(trigger))
    return { code: 'no-campaign-there', field: 'action' }
  const nobody = !tell.owner && tell.memberIds.length + tell.roles.length + tell.departmentIds.length === 0
  return nobody && (action === 'tell' || action === 'hand-over') ? { code: 'nobody-to-tell', field: 'tell' } : null
}
