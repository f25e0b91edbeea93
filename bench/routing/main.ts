// npm run bench:routing: gives the conversations of a week to forty people, checks each decision, and shows how even the work is spread.

import { readArguments } from '../arguments.ts'
import { judge, printMachine, printTable } from '../report.ts'
import { percentile } from '../statistics.ts'
import { live, type Outcome, type Way } from './simulate.ts'
import { makeWorld, names, type World } from './world.ts'

const given = readArguments({ conversations: '10000', people: '40', seed: '20261130' })
const seed = Number(given.seed)

/** 0: all the same; 1: one has everything. */
function gini(values: number[]): number {
  const inOrder = values.toSorted((a, b) => a - b)
  const sum = inOrder.reduce((total, each) => total + each, 0)
  if (sum === 0) return 0
  const weighted = inOrder.reduce((total, each, index) => total + (index + 1) * each, 0)
  return (2 * weighted) / (inOrder.length * sum) - (inOrder.length + 1) / inOrder.length
}

/** Share of their capacity that was in hand while at work, of people who can do the same. */
function groupsOf(world: World, { work }: Outcome): Map<string, number[]> {
  const groups = Map.groupBy(world.people, ({ departmentIds, skills }) =>
    [names[departmentIds[0]!]!, ...skills.filter((skill) => skill === 'es' || skill === 'fr')].join(' '),
  )
  return new Map(
    [...groups].map(([name, people]) => [
      name,
      people.flatMap(({ id, capacity }) => {
        const of = work.get(id)!
        return of.minutes > 0 ? [of.units / of.minutes / capacity] : []
      }),
    ]),
  )
}

const mean = (values: number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length

printMachine({ seed: given.seed })
const world = makeWorld({ seed, people: Number(given.people), conversations: Number(given.conversations) })
const ways: Way[] = ['ours', 'free-for-all', 'at-random']
const outcomes = new Map(ways.map((way) => [way, live(world, way, seed + 1)]))
const ours = outcomes.get('ours')!

const byWay = new Map(ways.map((way) => [way, groupsOf(world, outcomes.get(way)!)]))
printTable(
  'Share of their capacity in hand while at work, of people with the same department and languages',
  ['group', 'people', 'mean', 'most / mean', 'Gini', 'Gini, at random'],
  [...byWay.get('ours')!].map(([name, shares]) => [
    name,
    shares.length,
    mean(shares),
    Math.max(...shares) / mean(shares),
    gini(shares),
    gini(byWay.get('at-random')!.get(name)!),
  ]),
)
printTable(
  'Minutes until somebody had it, of what came between 9 and 15',
  ['way', 'given', 'language required: p50', 'p90', 'p99', 'others: p50', 'p90', 'p99'],
  ways.map((way) => {
    const { waits, given: count } = outcomes.get(way)!
    const of = (values: number[]) => [0.5, 0.9, 0.99].map((share) => percentile(values, share))
    return [way, count, ...of(waits.skilled), ...of(waits.others)]
  }),
)
printTable(
  'Why',
  ['reason', 'times'],
  [...ours.reasons].sort((a, b) => b[1] - a[1]).map(([reason, times]) => [reason, times]),
)

printTable('Without an owner when the week ends', ['reason', 'conversations'], [...ours.left])

const large = [...byWay.get('ours')!].filter(([, shares]) => shares.length >= 3)
judge([
  { what: 'conversations given', value: ours.given, least: Number(given.conversations) },
  { what: 'left to nobody though somebody could have had it', value: ours.overlooked, most: 0 },
  { what: 'left at the end without a reason', value: ours.left.get('') ?? 0, most: 0 },
  { what: 'required skills or departments dropped', value: ours.skillsDropped, most: 0 },
  { what: 'above capacity', value: ours.overCapacity, most: 0 },
  { what: 'given to somebody who is away', value: ours.givenToAway, most: 0 },
  { what: 'asked again who had declined', value: ours.askedAgain, most: 0 },
  { what: 'decisions without a reason', value: ours.unexplained, most: 0 },
  {
    what: 'Gini in the most uneven group of three and more',
    value: Math.max(...large.map(([, shares]) => gini(shares))),
    most: 0.15,
  },
])
