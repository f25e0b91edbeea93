// Compares what Longrun says with what truly lies on the networks, post by post, and the ledger with itself.

import { sql } from 'kysely'
import { asSystem } from '../../src/db/tx.ts'
import { verifyAllChains } from '../../src/events/verify.ts'
import type { Campaign } from './campaign.ts'
import { markPattern, partMarks } from './drafts.ts'
import type { Found } from './network.ts'
import type { NetworkName, Run } from './plan.ts'
import type { Item } from './schedule.ts'
import type { Stage } from './stage.ts'

export type Kind = 'double' | 'lost' | 'unexplained' | 'wrong'

export interface Violation {
  kind: Kind
  /** Index of the run; null: it concerns the whole. */
  run: number | null
  what: string
}

export interface Judgement {
  violations: Violation[]
  /** Unpublished drafts of ours that stayed behind on the networks that have drafts. */
  leftDrafts: number
  attempts: number
  events: number
}

export async function judge(stage: Stage, campaign: Campaign): Promise<Judgement> {
  const violations: Violation[] = []
  let leftDrafts = 0
  for (const network of stage.networks.values()) {
    const found = await network.list()
    const visible = found.filter((each) => each.visible)
    const items = campaign.items.filter(({ run }) => run.network === network.name)
    const known = new Set(items.map(({ run }) => run.mark))
    leftDrafts += found.filter((each) => !each.visible && known.has(markPattern.exec(each.text)?.[0] ?? '')).length
    for (const item of items) violations.push(...judgeItem(item, visible, campaign))
    violations.push(...strangers(network.name, visible, items))
  }
  for (const { run, variantId } of campaign.items) {
    const sample = campaign.observer.afterMinute.get(variantId)
    // Without a sample the campaign was over before the minute was: then all had settled.
    if (sample?.explanation === null)
      violations.push({ kind: 'unexplained', run: run.index, what: `a minute after its time: ${inWords(sample.row)}` })
    const understated = campaign.observer.understated.get(variantId)
    if (understated)
      violations.push({
        kind: 'wrong',
        run: run.index,
        what: `was shown as ${understated.state} with a write in doubt`,
      })
  }
  const { endedBadly } = campaign.crew.counts
  if (endedBadly > 0) violations.push({ kind: 'wrong', run: null, what: `${endedBadly} workers ended by themselves` })
  const ledger = await judgeLedger(stage, campaign)
  return { ...ledger, violations: [...violations, ...ledger.violations], leftDrafts }
}

const inWords = (row: object): string => JSON.stringify(row)

/**
 * Without a key, and with a list that may not show everything, some questions only a person can answer. So it is where the worker of
 * one write was killed, as may happen to any run, and the next was refused: the refusal says nothing of the first, which may be the
 * very reason for it (a picture that is attached already).
 */
const asksRightly = ({ network, faults }: Run): boolean =>
  network === 'gotosocial' || faults.some(({ kind }) => kind === 'refused')

function judgeItem(item: Item, visible: Found[], campaign: Campaign): Violation[] {
  const { run, variantId } = item
  const row = campaign.standings.get(variantId)
  const of = (kind: Kind, what: string): Violation => ({ kind, run: run.index, what })
  if (!row) return [of('lost', 'has vanished from the calendar')]
  const marks = partMarks(run)
  const copies = marks.map((mark) => visible.filter(({ text }) => new RegExp(`${mark}(?!\\d)`).test(text)))
  const doubled = copies.flatMap((found, at) =>
    found.length > 1
      ? [of('double', `part ${at} is there ${found.length} times: ${found.map(({ id }) => id).join(', ')}`)]
      : [],
  )
  if (doubled.length > 0) return doubled
  const there = copies.filter((found) => found.length === 1).length
  if (row.state === 'published') {
    if (there < marks.length) return [of('lost', `published, yet ${there} of ${marks.length} parts are there`)]
    return [
      ...judgeChain(
        item,
        copies.map((found) => found[0]!),
      ),
      ...(run.gated && !copies[0]![0]!.gated ? [of('wrong', 'published for everybody to answer')] : []),
      ...(row.remote_id === copies[0]![0]!.id ? [] : [of('wrong', `its proof names ${row.remote_id}`)]),
    ]
  }
  if (row.state === 'rejected') {
    if (there > 0) return [of('wrong', `rejected, yet ${there} parts are there: ${inWords(row)}`)]
    return run.faults.some(({ kind }) => kind === 'refused')
      ? []
      : [of('lost', `rejected, which nobody asked for: ${inWords(row)}`)]
  }
  if (row.state === 'unconfirmed') {
    if (!row.reason?.code) return [of('unexplained', 'unconfirmed without a reason')]
    return asksRightly(run) ? [] : [of('wrong', `a person is asked needlessly: ${inWords(row)}`)]
  }
  return [of('lost', `never settled: ${inWords(row)}`)]
}

/** A thread goes on from its last part, a first comment answers the post; pictures came along. */
function judgeChain({ run }: Item, parts: Found[]): Violation[] {
  const wrong = (what: string): Violation => ({ kind: 'wrong', run: run.index, what })
  const broken = parts.slice(1).flatMap((part, at) => {
    const parent = run.shape === 'comment' ? parts[0]! : parts[at]!
    return part.replyTo === parent.id ? [] : [wrong(`part ${at + 1} answers ${part.replyTo}`)]
  })
  const images = parts[0]!.images
  return images === null || images === (run.shape === 'image' ? 1 : 0)
    ? broken
    : [...broken, wrong(`it has ${images} images`)]
}

/** Nothing is there that Longrun does not know. */
function strangers(network: NetworkName, visible: Found[], items: Item[]): Violation[] {
  const marks = new Set(items.flatMap(({ run }) => partMarks(run)))
  return visible
    .filter(({ text }) => markPattern.test(text) && !marks.has(/mk\d+x\d+zp\d+/.exec(text)?.[0] ?? ''))
    .map(({ id }) => ({ kind: 'wrong', run: null, what: `${network} has ${id}, which nobody scheduled` }))
}

async function judgeLedger(stage: Stage, { items }: Campaign): Promise<Omit<Judgement, 'leftDrafts'>> {
  const violations: Violation[] = []
  const runOf = new Map(items.map(({ run, variantId }) => [variantId, run.index]))
  const { rows } = await asSystem(stage.database.db, (tx) =>
    sql<{
      id: string
      state: string
      post_state: string
      open: number
      attempts: number
      told: number
      unproven: number
    }>`
      select v.id, v.state, p.state as post_state,
        (select count(*) from attempts a where a.org_id = v.org_id and a.variant_id = v.id and a.ended_at is null) as open,
        (select count(*) from attempts a where a.org_id = v.org_id and a.variant_id = v.id) as attempts,
        (select count(*) from events e where e.org_id = v.org_id and e.verb = 'post.published' and e.facts->>'variantId' = v.id::text) as told,
        (select count(*) from parts r where r.org_id = v.org_id and r.variant_id = v.id and r.remote_id is null) as unproven
      from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id`.execute(tx),
  )
  for (const row of rows) {
    const run = runOf.get(row.id) ?? null
    const wrong = (what: string) => violations.push({ kind: 'wrong', run, what })
    if (row.open > 0) wrong(`${row.open} attempts have no end`)
    if (row.state !== row.post_state) wrong(`the post says ${row.post_state}, its only variant ${row.state}`)
    if (row.told !== (row.state === 'published' ? 1 : 0))
      wrong(`it is ${row.state}, and told as published ${row.told} times`)
    if (row.state === 'published' && row.unproven > 0) wrong(`${row.unproven} parts are published without proof`)
  }
  let events = 0
  for await (const chain of verifyAllChains(stage.database.db)) {
    events += chain.count
    if (!chain.ok) violations.push({ kind: 'wrong', run: null, what: `the event log is broken at ${chain.brokenAt}` })
  }
  return { violations, attempts: rows.reduce((sum, row) => sum + row.attempts, 0), events }
}
