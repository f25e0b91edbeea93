// Campaigns and crossing points in words: kinds, states, triggers, actions, refusals. Importing this file teaches the kit.

import type { Tone } from '../../../kit/state-badge.tsx'
import { count, learnWords, refusalWords } from '../../../kit/words.ts'
import type { CampaignKind, CampaignState } from '../../campaigns/types.ts'
import type { Standing } from '../../crossings/rules.ts'
import type { Action, Awaited, Condition, Outcome, TriggerVerb } from '../../crossings/types.ts'

export const kindWords: Record<CampaignKind, string> = {
  'trade-show': 'Trade show',
  advertisement: 'Advertisement',
  promotion: 'Promotion',
  event: 'Event',
  other: 'Other',
}

export const campaignStateLook: Record<CampaignState, { label: string; tone: Tone; means: string }> = {
  planned: { label: 'Planned', tone: 'quiet', means: 'Its first day lies ahead.' },
  running: { label: 'Running', tone: 'slate', means: 'It is between its first and its last day.' },
  over: { label: 'Over', tone: 'amber', means: 'Its last day has passed, and nobody has closed it.' },
  closed: { label: 'Closed', tone: 'done', means: 'Somebody closed it with a decision.' },
}

export const initiatorWords = {
  brand: { label: 'Brand', means: 'We began it' },
  customer: { label: 'Customer', means: 'A customer or visitor began it' },
  industry: { label: 'Industry', means: 'News of the field began it' },
} as const

export const triggerWords: Record<TriggerVerb, string> = {
  'campaign.created': 'a campaign is planned',
  'campaign.neared': 'a campaign comes near',
  'campaign.begun': 'a campaign begins',
  'campaign.over': 'a campaign is over and not closed',
  'campaign.closed': 'a campaign is closed',
  'campaign.reopened': 'a campaign is reopened',
  'campaign.handed-over': 'a campaign falls to its deputy',
  'post.published': 'a post is published',
  'post.replied': 'a post has new replies',
  'post.rejected': 'a network refuses a post',
  'post.unconfirmed': 'nobody knows whether a post went out',
  'post.parked': 'a post waits for its account',
  'account.lost': 'an account is lost',
  'trend.found': 'listening finds a trend',
  'incident.opened': 'a crisis is opened',
}

export const actionWords: Record<Action, string> = {
  tell: 'people are told',
  'hand-over': 'it is handed to always-on',
  'hold-campaign': 'the campaign is held',
  'hold-campaigns': 'all campaigns are held',
  report: 'its report is written',
  'make-brief': 'a brief is made',
  'quick-campaign': 'a quick campaign is begun',
  'use-listening': 'what listening heard goes into the brief',
}

const awaitedWords: Record<Awaited, string> = {
  listening: 'listening',
  inbox: 'the inbox',
  protocols: 'protocols',
  insights: 'insights',
}

/** One or two sentences on what a point does now. */
export function standingWords({ key, standing }: { key: string | null; standing: Standing }): {
  label: string
  tone: Tone
  text: string
} {
  const { state, waitsFor, moreWith } = standing
  const part = waitsFor ? awaitedWords[waitsFor] : ''
  if (state === 'waits')
    return {
      label: 'Waits',
      tone: 'amber',
      text: `It waits for ${part}, which this version of Longrun does not have yet.`,
    }
  if (state === 'by-hand') {
    const hand =
      key === 'trend-campaign'
        ? 'A person can begin a quick campaign from any item under Feeds meanwhile.'
        : 'A person can fire or rehearse it meanwhile.'
    return { label: 'By hand', tone: 'slate', text: `By itself it waits for ${part}. ${hand}` }
  }
  const more: Partial<Record<Awaited, string>> = {
    inbox: 'People are told; changing who is on duty waits for the inbox.',
    insights: 'The report is kept with the campaign; handing it on waits for insights.',
  }
  return { label: 'Works', tone: 'done', text: (moreWith && more[moreWith]) || 'It fires by itself.' }
}

export const conditionWords = ({ fact, is, value }: Condition): string =>
  ({
    present: fact === 'campaignId' ? 'the post belongs to a campaign' : `${fact} is there`,
    absent: fact === 'campaignId' ? 'the post belongs to always-on' : `${fact} is not there`,
    equal: `${fact} is “${value}”`,
    'not-equal': `${fact} is not “${value}”`,
    'at-least': `${fact} is at least ${value}`,
  })[is]

export function pointSentence(point: {
  trigger: TriggerVerb
  conditions: Condition[]
  action: Action
  options: { daysBefore?: number }
}): string {
  const { trigger, conditions, action, options } = point
  const when =
    trigger === 'campaign.neared'
      ? `a campaign begins in ${count(options.daysBefore ?? 0, 'day')}`
      : triggerWords[trigger]
  const only = conditions.length > 0 ? `, and ${conditions.map(conditionWords).join(' and ')}` : ''
  return `When ${when}${only}: ${actionWords[action]}.`
}

export function outcomeWords({ did, told, count: n }: Outcome): string {
  const people = told > 0 ? `; ${count(told, 'person', 'people')} told` : ''
  const sentences: Record<Outcome['did'], string> = {
    told: `${count(told, 'person', 'people')} told`,
    'handed-over': `${n === null ? 'Handed' : `${count(n, 'new reply', 'new replies')} handed`} to always-on${people}`,
    joined: `${n === null ? 'Added' : `${count(n, 'more reply', 'more replies')} added`} to what is handed over already`,
    held: `Held: ${count(n ?? 0, 'planned post')} stopped${people}`,
    'was-held': 'Held already',
    reported: `Report written${people}`,
    'brief-made': `A brief was made${people}`,
    begun: 'A quick campaign was begun',
    rehearsed: `Rehearsed${people}`,
  }
  return sentences[did]
}

const again = 'Load the page again, then repeat your change.'

learnWords({
  'campaign-changed-elsewhere': { what: 'Somebody else changed this campaign in the meantime.', next: again },
  'campaign-closed': { what: 'This campaign is closed.', next: 'Reopen it first.' },
  'campaign-not-closed': { what: 'This campaign is not closed.', next: 'Load the page again.' },
  'ends-before-begin': { what: 'The end lies before the beginning.', next: 'Choose a later day.' },
  'phase-outside': { what: 'A phase lies within its campaign.', next: 'Choose days of the campaign.' },
  'campaign-too-long': { what: 'A campaign lasts ten years at most.', next: 'Check the year.' },
  'deputy-is-owner': { what: 'The deputy is somebody else than the owner.', next: 'Choose another person.' },
  'not-in-organisation': { what: 'This is not there any more.', next: 'Choose another one.' },
  'crossing-changed-elsewhere': { what: 'Somebody else changed this crossing point in the meantime.', next: again },
  'crossing-waits': { what: 'It waits for {for}, which is not here yet.' },
  'begun-from-feed': { what: 'A quick campaign is begun from an item.', next: 'Open Feeds and choose one there.' },
  'campaign-needed': { what: 'It needs a campaign.', next: 'Choose one.' },
  'no-campaign-there': {
    what: 'What makes it fire has no campaign that could be held.',
    next: 'Choose another action.',
  },
  'nobody-to-tell': { what: 'Nobody would be told.', next: 'Choose a person, a role or a department.' },
  'crossing-is-shipped': { what: 'Every organisation has this point.', next: 'Switch it off instead.' },
  'crossing-has-fired': { what: 'What fired stays on record.', next: 'Switch it off instead.' },
  'firing-not-failed': { what: 'It has not failed, or was run again already.', next: 'Load the page again.' },
  'nothing-handed-over': { what: 'Nothing was handed over here.' },
  'taken-already': { what: 'Somebody else has taken it.', next: 'Load the page again.' },
})

/** Without a full stop: it stands within a line. */
export const failureWords = (code: string): string =>
  code === 'unexpected'
    ? 'Something went wrong at the server; its log says more'
    : refusalWords({ code, params: {} }).what.replace(/\.$/, '')
