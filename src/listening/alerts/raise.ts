// Makes alerts of what detectors tell: a row, an event for the log and webhooks, and a word to people as far as the budget goes.

import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { newId } from '../../lib/ids.ts'
import { linkTo } from '../../lib/links.ts'
import { readWhoAnswers } from '../../people/directory.ts'
import type { Services } from '../../services.ts'
import { joinIssue, worsenIssue } from '../issues/join.ts'
import { spendBudget } from '../spikes/budget.ts'
import { type SeverityParts, severityOf } from '../spikes/severity.ts'
import type { Why } from '../spikes/types.ts'
import { type Heard, readHeard } from './heard.ts'
import { plannedColumns } from './planned.ts'
import { heardSentence, isSilent, kindWords, whySentence } from './rules.ts'
import { type AlertRow, insertAlert, lockBudget, openAlert, toldTo, updateAlert, type WatchedPair } from './store.ts'
import { defaultDailyBudget } from './types.ts'
import type { DatedSignal } from './watch-spikes.ts'

export type RaiseServices = Pick<Services, 'queue' | 'mailer' | 'clock' | 'publicUrl'>

interface Place {
  orgId: string
  pair: WatchedPair
  now: Date
}

const dayMs = 86_400_000

/** In the transaction that keeps the detector. Answers what is to be recorded at its end. */
export async function raise(
  services: RaiseServices,
  tx: Tx,
  place: Place,
  signals: readonly DatedSignal[],
): Promise<NewEvent[]> {
  const events: NewEvent[] = []
  for (const signal of signals) {
    if (signal.what === 'raised') events.push(...(await begin(services, tx, place, signal)))
    else if (signal.what === 'grew') events.push(...(await grow(services, tx, place, signal)))
    else events.push(...(await end(tx, place, signal)))
  }
  return events
}

async function begin(services: RaiseServices, tx: Tx, place: Place, signal: DatedSignal): Promise<NewEvent[]> {
  const { orgId, pair, now } = place
  const spike =
    signal.trigger === 'negative-share' ? await openAlert(tx, orgId, { ...pair, trigger: 'volume' }) : undefined
  // More anger in a spike that is open makes it a potential issue; it is not a second one.
  if (spike) return worsen(services, tx, place, spike, signal)
  const { heard, parts } = await weigh(tx, place, signal)
  const id = newId()
  const people = await readWhoAnswers(tx, orgId, pair.owner_id)
  const { tell, heldBack } = await spend(tx, place, { id, people, signal, parts })
  const made = await insertAlert(tx, {
    org_id: orgId,
    id,
    topic: pair.topic,
    network: pair.network,
    trigger: signal.trigger,
    kind: signal.kind,
    at: new Date(signal.at),
    raised_at: now,
    late: signal.late,
    ...plannedColumns(signal.planned),
    told_at: tell ? now : null,
    told_to: people,
    ...figuresOf(signal, heard, parts),
  })
  if (!made) return []
  if (tell) await tellPeople(services, tx, place, { id, people, signal, heard, heldBack })
  const facts = { severity: parts.severity, planned: signal.planned !== null }
  const joined = await join(tx, place, { id, kind: signal.kind, trigger: signal.trigger, severity: parts.severity })
  return [eventOf('alert.raised', id, place, signal, facts), ...joined]
}

async function weigh(tx: Tx, { orgId, pair }: Place, signal: DatedSignal) {
  const heard = await readHeard(tx, orgId, pair, signal)
  return { heard, parts: severityOf({ signal, ...heard }) }
}

const figuresOf = (signal: DatedSignal, heard: Heard, parts: SeverityParts) => ({
  severity: parts.severity,
  parts: JSON.stringify(parts),
  surprise: signal.surprise,
  why: JSON.stringify(signal.why),
  heard: JSON.stringify(heard),
  sentiment: JSON.stringify(signal.sentiment),
})

/** A potential issue opens a record, or joins the one of its topic. */
async function join(
  tx: Tx,
  { orgId, pair, now }: Place,
  alert: Pick<AlertRow, 'id' | 'kind' | 'trigger' | 'severity'>,
): Promise<NewEvent[]> {
  if (alert.kind !== 'potential-issue') return []
  const [ownerId = null] = pair.owner_id === null ? [] : await readWhoAnswers(tx, orgId, pair.owner_id)
  const joining = {
    id: alert.id,
    topic: pair.topic,
    topicName: pair.topic_name,
    trigger: alert.trigger as DatedSignal['trigger'],
    kind: alert.kind as DatedSignal['kind'],
    severity: alert.severity as SeverityParts['severity'],
    ownerId,
  }
  return (await joinIssue(tx, orgId, joining, { at: now })).events
}

async function worsen(
  services: RaiseServices,
  tx: Tx,
  place: Place,
  spike: AlertRow,
  signal: DatedSignal,
): Promise<NewEvent[]> {
  if (spike.kind === 'potential-issue') return []
  // It stays the spike that it was; its anger is new.
  const { heard, parts } = await weigh(tx, place, { ...signal, surprise: Math.max(spike.surprise, signal.surprise) })
  const told = spike.told_at ?? (wasSilent(spike) ? place.now : null)
  await updateAlert(tx, place.orgId, spike.id, {
    kind: 'potential-issue',
    grew_at: place.now,
    severity: parts.severity,
    parts: JSON.stringify(parts),
    heard: JSON.stringify(heard),
    sentiment: JSON.stringify(signal.sentiment),
    told_at: told,
  })
  if (told) await tellPeople(services, tx, place, { id: spike.id, people: spike.told_to, signal, heard, heldBack: 0 })
  const joined = await join(tx, place, { ...spike, kind: 'potential-issue', severity: parts.severity })
  return [eventOf('alert.grew', spike.id, place, signal, { severity: parts.severity }), ...joined]
}

/** Nobody was called because it was planned, not because the day was full. */
const wasSilent = (alert: AlertRow): boolean =>
  alert.told_at === null &&
  [alert.planned_event_id, alert.planned_campaign_id, alert.planned_post_id].some((id) => id !== null)

async function grow(services: RaiseServices, tx: Tx, place: Place, signal: DatedSignal): Promise<NewEvent[]> {
  const alert = await openAlert(tx, place.orgId, { ...place.pair, trigger: signal.trigger })
  if (!alert) return []
  const { heard, parts } = await weigh(tx, place, signal)
  const kind =
    signal.kind === 'potential-issue' || alert.kind === 'unclear' ? signal.kind : (alert.kind as DatedSignal['kind'])
  const wakes = wasSilent(alert) && !isSilent({ planned: true, kind, severity: parts.severity })
  const told = alert.told_at ?? (wakes ? place.now : null)
  await updateAlert(tx, place.orgId, alert.id, {
    kind,
    grew_at: place.now,
    told_at: told,
    ...figuresOf(signal, heard, parts),
  })
  // Whoever answered it knows of it.
  if (told && !alert.answer) {
    await tellPeople(services, tx, place, { id: alert.id, people: alert.told_to, signal, heard, heldBack: 0 })
  }
  const joined = alert.issue_id === null ? await join(tx, place, { ...alert, kind, severity: parts.severity }) : []
  if (alert.issue_id !== null) await worsenIssue(tx, place.orgId, alert.issue_id, parts.severity, place.now)
  return [eventOf('alert.grew', alert.id, place, signal, { severity: parts.severity }), ...joined]
}

async function end(tx: Tx, place: Place, signal: DatedSignal): Promise<NewEvent[]> {
  const alert = await openAlert(tx, place.orgId, { ...place.pair, trigger: signal.trigger })
  if (!alert) return []
  const over = signal.why.code === 'slow-rise' ? signal.why.over : null
  const why = over ? { why: JSON.stringify({ ...(alert.why as unknown as Why), over }) } : {}
  await updateAlert(tx, place.orgId, alert.id, { ended_at: place.now, ...why })
  return [eventOf('alert.ended', alert.id, place, signal, {})]
}

interface Spending {
  id: string
  people: string[]
  signal: DatedSignal
  parts: SeverityParts
}

async function spend(tx: Tx, { orgId, now }: Place, { id, people, signal, parts }: Spending) {
  const budget = (await lockBudget(tx, orgId)) ?? defaultDailyBudget
  const { told, heldBack } = await toldTo(tx, orgId, people, new Date(now.getTime() - dayMs))
  const { severity, score } = parts
  const planned = isSilent({ planned: signal.planned !== null, kind: signal.kind, severity })
  const spent = told.map((at) => ({ at: at.getTime() }))
  const { tell } = spendBudget([{ id, at: signal.at, severity, score, planned }], spent, budget, now.getTime())
  return { tell: tell.length > 0, heldBack }
}

const eventOf = (
  verb: 'alert.raised' | 'alert.grew' | 'alert.ended',
  id: string,
  { pair }: Place,
  signal: DatedSignal,
  more: Record<string, unknown>,
): NewEvent => ({
  verb,
  subject: { kind: 'alert', id },
  facts: {
    topic: pair.topic_name,
    topicId: pair.topic_id,
    network: pair.network,
    trigger: signal.trigger,
    kind: signal.kind,
    why: signal.why,
    ...more,
  },
})

async function tellPeople(
  services: RaiseServices,
  tx: Tx,
  { orgId, pair }: Place,
  {
    id,
    people,
    signal,
    heard,
    heldBack,
  }: Pick<Spending, 'id' | 'people' | 'signal'> & { heard: Heard; heldBack: number },
): Promise<void> {
  const sentence = [whySentence(signal.why), heardSentence(heard)].filter(Boolean).join(' ')
  const grew = signal.what === 'grew'
  const held = heldBack > 0 ? `\n\nHeld back by the alert budget since the last message: ${heldBack}.` : ''
  await notify(tx, services, orgId, {
    memberIds: people,
    kind: grew ? 'alert-grew' : 'alert-raised',
    facts: { topic: pair.topic_name, network: pair.network, kind: signal.kind, sentence, heldBack },
    subject: { kind: 'alert', id },
    mail: {
      subject: `${pair.topic_name}: ${grew ? 'grows' : kindWords[signal.kind]}`,
      text: `${sentence}\n\nLook at it and answer whether it is real: ${linkTo(services.publicUrl, orgId, `listen/alerts/${id}`)}${held}\n`,
    },
  })
}
