// Prints what a campaign came to: a line per network and fate, the boundaries at which workers died, and every violation.

import { printTable } from '../report.ts'
import { boundaries, placeOf } from './boundaries.ts'
import type { Campaign } from './campaign.ts'
import type { Judgement, Violation } from './judge.ts'
import type { Explanation } from './observe.ts'
import { fateOf, type Plan } from './plan.ts'
import type { Item } from './schedule.ts'
import type { Stage } from './stage.ts'

const columns = [
  'network',
  'what befell it',
  'runs',
  'published',
  'rejected',
  'unconfirmed',
  'doubles',
  'lost',
  'unexplained',
  'wrong',
]

export function printResults(plan: Plan, stage: Stage, campaign: Campaign, judgement: Judgement): void {
  const line = (network: string, fate: string, items: Item[]) => lineOf(network, fate, items, campaign, judgement)
  const byNetwork = Map.groupBy(campaign.items, ({ run }) => run.network)
  const rows = [...byNetwork].flatMap(([network, items]) => {
    const byFate = [...Map.groupBy(items, ({ run }) => fateOf(run))].sort(([a], [b]) => (a < b ? -1 : 1))
    return byFate.map(([fate, some]) => line(network, fate, some))
  })
  printTable('Posts by network and what befell them', columns, rows)
  printTable('By network', columns, [
    ...[...byNetwork].map(([network, items]) => line(network, 'all', items)),
    line('all', 'all', campaign.items),
  ])
  printDeaths(plan, stage, campaign)
  printMinute(campaign)
  console.log(
    `\nledger: ${judgement.attempts} attempts, every event log unbroken over ${judgement.events} events · accounts reconnected by a person: ${campaign.reconnected} · drafts left behind on blogs: ${judgement.leftDrafts}`,
  )
  printViolations(judgement.violations, campaign.items)
}

function lineOf(network: string, fate: string, items: Item[], { standings }: Campaign, { violations }: Judgement) {
  const runs = new Set(items.map(({ run }) => run.index))
  const inState = (state: string) => items.filter(({ variantId }) => standings.get(variantId)?.state === state).length
  const of = (kind: Violation['kind']) =>
    new Set(
      violations.filter((each) => each.kind === kind && each.run !== null && runs.has(each.run)).map(({ run }) => run),
    ).size
  return [
    ...[network, fate, items.length, inState('published'), inState('rejected'), inState('unconfirmed')],
    ...[of('double'), of('lost'), of('unexplained'), of('wrong')],
  ]
}

function printDeaths({ runs, kills }: Plan, { networks }: Stage, { crew, databaseRestarts }: Campaign): void {
  const { counts, deaths } = crew
  const planned = runs.filter(({ death }) => death).length
  const hit = new Set(deaths.map(({ place }) => place))
  const missing = boundaries.map(placeOf).filter((place) => !hit.has(place))
  const met = [...networks.values()].flatMap(({ faults }) =>
    faults.requests.filter(({ fault }) => fault !== null),
  ).length
  console.log(
    `\nworkers: ${counts.started} processes, ${deaths.filter(({ how }) => how === 'kill').length} killed at a planned place, ${counts.killedAnywhere} of ${kills.length} anywhere, ` +
      `${counts.frozen} frozen past their lease of which ${counts.woken} woke, the database was away ${counts.foundNoDatabase} times when one began, ${counts.endedBadly} ended with an error · planned deaths that came about: ${deaths.length} of ${planned}` +
      `\nfaults met: ${met} of ${runs.flatMap(({ faults }) => faults).length} planned · database taken away ${databaseRestarts} times` +
      `\nboundaries hit: ${boundaries.length - missing.length} of ${boundaries.length}${missing.length > 0 ? `; not hit: ${missing.join(', ')}` : ''}`,
  )
}

function printMinute({ observer }: Campaign): void {
  const counts = new Map<Explanation, number>()
  for (const { explanation } of observer.afterMinute.values())
    counts.set(explanation, (counts.get(explanation) ?? 0) + 1)
  const words = [...counts].map(([explanation, count]) => `${explanation ?? 'UNEXPLAINED'} ${count}`)
  const overdue = [...observer.afterMinute.values()].map((each) => each.overdueMs).filter((each) => each > 0)
  console.log(
    `a minute after its time: ${words.join(', ')} · the time that was told had passed for ${overdue.length}, by ${(Math.max(0, ...overdue) / 1000).toFixed(1)} s at most`,
  )
  const lengths = observer.absences.map(({ from, to }) => to - from)
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  console.log(
    `nobody at work (no database, or no worker up): ${lengths.length} times, ${seconds(lengths.reduce((sum, each) => sum + each, 0))} s in all, ${seconds(Math.max(0, ...lengths))} s at most`,
  )
}

function printViolations(violations: Violation[], items: Item[]): void {
  console.log(violations.length === 0 ? '\nno violation' : `\n${violations.length} VIOLATIONS`)
  for (const { kind, run, what } of violations.slice(0, 60)) {
    const item = items.find((each) => each.run.index === run)
    console.log(
      `${kind.toUpperCase()} ${item ? `run ${run} (${item.run.network}, ${item.run.shape}, ${describe(item)})` : ''}: ${what}`,
    )
  }
}

export function describe({ run: { death, faults } }: Pick<Item, 'run'>): string {
  const broken = faults.map(
    ({ kind, at, skip, seconds }) =>
      `${kind} at ${at}${skip ? ` after ${skip}` : ''}${kind === 'slow' || kind === '429' ? ` ${seconds} s` : ''}`,
  )
  const died = death ? [`${death.how} at ${placeOf(death)}${death.seconds ? ` for ${death.seconds} s` : ''}`] : []
  return [...died, ...broken].join(' + ') || 'nothing of its own'
}
