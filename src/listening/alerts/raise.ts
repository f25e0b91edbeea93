// Makes alerts of what detectors tell: a row, an event for the log and webhooks, and a word to people as far as the budget goes.

import type { Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { newId } from '../../lib/ids.ts'
import { linkTo } from '../../lib/links.ts'
import { readWhoAnswers } from '../../people/directory.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { spendBudget } from '../spikes/budget.ts'
import { severityOf } from '../spikes/severity.ts'
import { kindWords, whySentence } from './rules.ts'
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

/** In the transaction that keeps the detector. Records last, as the log asks for. */
export async function raise(
  services: RaiseServices,
  tx: Tx,
  place: Place,
  signals: readonly DatedSignal[],
): Promise<void> {
  const events: NewEvent[] = []
  for (const signal of signals) {
    if (signal.what === 'raised') events.push(...(await begin(services, tx, place, signal)))
    else if (signal.what === 'grew') events.push(...(await grow(services, tx, place, signal)))
    else events.push(...(await end(tx, place, signal)))
  }
  await recordAll(tx, place.orgId, longrunItself, place.now, events)
}

async function begin(services: RaiseServices, tx: Tx, place: Place, signal: DatedSignal): Promise<NewEvent[]> {
  const { orgId, pair, now } = place
  const spike =
    signal.trigger === 'negative-share' ? await openAlert(tx, orgId, { ...pair, trigger: 'volume' }) : undefined
  // More anger in a spike that is open makes it a potential issue; it is not a second one.
  if (spike) return worsen(services, tx, place, spike, signal)
  const parts = severityOf({ signal, reach: null, novelty: null })
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
    severity: parts.severity,
    parts: JSON.stringify(parts),
    surprise: signal.surprise,
    why: JSON.stringify(signal.why),
    sentiment: JSON.stringify(signal.sentiment),
    at: new Date(signal.at),
    raised_at: now,
    late: signal.late,
    planned_event_id: signal.planned,
    told_at: tell ? now : null,
    told_to: people,
  })
  if (!made) return []
  if (tell) await tellPeople(services, tx, place, { id, people, signal, heldBack })
  return [eventOf('alert.raised', id, place, signal, { severity: parts.severity, planned: signal.planned !== null })]
}

async function worsen(
  services: RaiseServices,
  tx: Tx,
  place: Place,
  spike: AlertRow,
  signal: DatedSignal,
): Promise<NewEvent[]> {
  if (spike.kind === 'potential-issue') return []
  await updateAlert(tx, place.orgId, spike.id, {
    kind: 'potential-issue',
    grew_at: place.now,
    sentiment: JSON.stringify(signal.sentiment),
  })
  if (spike.told_at) await tellPeople(services, tx, place, { id: spike.id, people: spike.told_to, signal, heldBack: 0 })
  return [eventOf('alert.grew', spike.id, place, signal, {})]
}

async function grow(services: RaiseServices, tx: Tx, place: Place, signal: DatedSignal): Promise<NewEvent[]> {
  const alert = await openAlert(tx, place.orgId, { ...place.pair, trigger: signal.trigger })
  if (!alert) return []
  const parts = severityOf({ signal, reach: null, novelty: null })
  const worse = signal.kind === 'potential-issue' || alert.kind === 'unclear' ? signal.kind : alert.kind
  await updateAlert(tx, place.orgId, alert.id, {
    kind: worse,
    severity: parts.severity,
    parts: JSON.stringify(parts),
    surprise: signal.surprise,
    why: JSON.stringify(signal.why),
    sentiment: JSON.stringify(signal.sentiment),
    grew_at: place.now,
  })
  // Whoever answered it knows of it.
  if (alert.told_at && !alert.answer) {
    await tellPeople(services, tx, place, { id: alert.id, people: alert.told_to, signal, heldBack: 0 })
  }
  return [eventOf('alert.grew', alert.id, place, signal, { severity: parts.severity })]
}

async function end(tx: Tx, place: Place, signal: DatedSignal): Promise<NewEvent[]> {
  const alert = await openAlert(tx, place.orgId, { ...place.pair, trigger: signal.trigger })
  if (!alert) return []
  await updateAlert(tx, place.orgId, alert.id, { ended_at: place.now })
  return [eventOf('alert.ended', alert.id, place, signal, {})]
}

interface Spending {
  id: string
  people: string[]
  signal: DatedSignal
  parts: ReturnType<typeof severityOf>
}

async function spend(tx: Tx, { orgId, now }: Place, { id, people, signal, parts }: Spending) {
  const budget = (await lockBudget(tx, orgId)) ?? defaultDailyBudget
  const { told, heldBack } = await toldTo(tx, orgId, people, new Date(now.getTime() - dayMs))
  const candidate = {
    id,
    at: signal.at,
    severity: parts.severity,
    score: parts.score,
    planned: signal.planned !== null,
  }
  const spent = told.map((at) => ({ at: at.getTime() }))
  return { tell: spendBudget([candidate], spent, budget, now.getTime()).tell.length > 0, heldBack }
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
  { id, people, signal, heldBack }: { id: string; people: string[]; signal: DatedSignal; heldBack: number },
): Promise<void> {
  const sentence = whySentence(signal.why)
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
