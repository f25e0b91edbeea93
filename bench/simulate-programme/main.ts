// npm run simulate:programme -- --seed 7: a year of six organisations through the real verbs and jobs, beside what others would have made of the
// same minutes.

import { availableParallelism } from 'node:os'
import { hashJson } from '../../src/lib/hash.ts'
import { readArguments } from '../arguments.ts'
import { judge, printMachine, printTable, type Target } from '../report.ts'
import { baselineNames, valuesOf } from './baselines.ts'
import type { Lived } from './live.ts'
import { liveAll } from './lives.ts'
import { linesOf, lossesOf } from './losses.ts'
import { curveOf } from './plot.ts'
import { worlds } from './worlds.ts'

const given = readArguments({ seed: '7', seeds: '1', only: '', lines: 'no', beside: String(availableParallelism()) })
/** What comes before it is learning. */
const from = 12

const later = (values: readonly number[]): number => values.slice(from).reduce((sum, each) => sum + each, 0)

const all: { seed: number; lived: Lived; shares: number[] }[] = []
printMachine()
const seeds = Array.from({ length: Number(given.seeds) }, (_, index) => Number(given.seed) + index)
const asked = worlds.filter(({ name }) => name.includes(given.only))
const began = performance.now()
const lives = liveAll(
  seeds.flatMap((seed) => asked.map((world) => ({ world, seed }))),
  Number(given.beside),
)
for await (const { seed, lived, seconds } of lives) {
  const shares = baselineNames.map((name) => later(lived.value) / later(valuesOf(name, lived)))
  all.push({ seed, lived, shares })
  tell(lived, shares)
  // The same twice for the same seed, whatever else the machine does.
  const { plannerSeconds, ...lasting } = lived
  console.log(
    `  seed ${seed}, lived in ${seconds.toFixed(1)} s, ${plannerSeconds.toFixed(1)} of them the planner’s · fingerprint ${hashJson(lasting).slice(0, 12)}`,
  )
}
console.log(
  `\n${all.length} years in ${((performance.now() - began) / 1000).toFixed(1)} s, ${given.beside} beside each other`,
)

function tell(lived: Lived, shares: readonly number[]): void {
  const { world, minutes, choices, broken, realigned, levels, reviewed, stops, ladder } = lived
  console.log(`\n${world.name}: ${world.people.length} people, ${world.lines.length} lines of work`)
  console.log(
    `  minutes a week  ${curveOf(minutes)}  ${Math.round(minutes[0]!)} to ${Math.round(Math.max(...minutes))}`,
  )
  const best = valuesOf('knows the truth', lived)
  const highest = Math.max(...lived.value, ...best)
  console.log(`  value a week    ${curveOf(lived.value, highest)}`)
  console.log(`  as the best of  ${curveOf(best, highest)}`)
  const states = Map.groupBy(choices, ({ state, isAdopted }) =>
    isAdopted ? 'put in force' : isAdopted === false ? 'not worth a change' : state,
  )
  console.log(
    `  the planner, asked ${choices.length} times: ${[...states].map(([state, some]) => `${some.length} ${state}`).join(', ')}`,
  )
  console.log(`  went on with less: ${realigned} times · broken rules: ${broken.length}`)
  console.log(`  of what could be had from the same minutes: ${lossesOf(lived, from)}`)
  if (given.lines === 'yes') for (const line of linesOf(lived, from)) console.log(`    ${line}`)
  console.log(
    `  reviews: ${reviewed} lines, stopped ${stops.map(({ week, channel, isRight }) => `${channel} in week ${week + 1} (${isRight ? 'right' : 'wrong'})`).join(', ') || 'nothing'}`,
  )
  console.log(`  gates: ${ladderOf(ladder)}`)
  console.log(
    `  guards: ${levels.map(({ week, level, reasons }) => `week ${week + 1} ${level}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`).join(', ')}`,
  )
  for (const each of broken.slice(0, 5)) console.log(`    ${each}`)
  console.log(
    `  value after week ${from} against ${baselineNames.map((name, at) => `${name} ${shares[at]!.toFixed(2)}`).join(', ')}`,
  )
}

function ladderOf({ passed, learning }: Lived['ladder']): string {
  const gone = passed.map(({ name, week }) => `${name} passed in week ${week + 1}`)
  const now = learning && `${learning.name}: ${learning.open} of ${learning.of} open`
  const shut = learning && learning.shut.length > 0 ? ` (shut: ${learning.shut.join(', ')})` : ''
  return [...gone, ...(now ? [`${now}${shut}`] : [])].join(' · ')
}

printTable(
  `Value after week ${from}, as a share of what others make of the same minutes, over ${given.seeds} seeds`,
  ['organisation', ...baselineNames],
  worlds.flatMap(({ name }) => {
    const own = all.filter(({ lived }) => lived.world.name === name)
    return own.length === 0 ? [] : [[name, ...baselineNames.map((_, at) => mean(own.map(({ shares }) => shares[at]!)))]]
  }),
)
printMachine()
const isSprint = ({ world }: Lived) => world.sprint !== undefined
const years = all.map(({ lived }) => lived)
const flags = (some: readonly Lived[], isLooked: (week: number) => boolean): number[] =>
  some.flatMap(({ levels }) =>
    levels.filter(({ week }) => isLooked(week)).map(({ level }) => Number(level === 'intervene')),
  )
/** Gates are looked at each fourth week: after 16 of them it is week 17. */
const isPastListening = ({ ladder }: Lived): number => Number((ladder.passed[0]?.week ?? Infinity) <= 16)
const reviewed = years.reduce((sum, each) => sum + each.reviewed, 0)
const wrong = years.flatMap(({ stops }) => stops.filter(({ isRight }) => !isRight))
const targets: Target[] = [
  {
    what: 'sprinters flagged by day 14',
    value: mean(flags(years.filter(isSprint), (week) => week === 1)),
    least: 0.95,
  },
  {
    what: 'looks at steady ones that flagged them',
    value: mean(
      flags(
        years.filter((each) => !isSprint(each)),
        () => true,
      ),
    ),
    most: 0.02,
  },
  {
    what: 'good lines stopped, of all that were reviewed',
    value: reviewed > 0 ? wrong.length / reviewed : 0,
    most: 0.01,
  },
  {
    what: 'steady and diligent ones that listen well enough to go on by week 17',
    value: mean(years.filter((each) => !isSprint(each) && each.world.diligence >= 0.9).map(isPastListening)),
    least: 0.9,
  },
  { what: 'broken rules', value: all.reduce((sum, { lived }) => sum + lived.broken.length, 0), most: 0 },
  ...baselineNames.map((name, at): Target => {
    const value = mean(all.map(({ shares }) => shares[at]!))
    return { what: `value after week ${from} against ${name}`, value, least: name === 'knows the truth' ? 0.9 : 1 }
  }),
]
// With `--only` there may be nobody of a kind.
judge(targets.filter(({ value }) => Number.isFinite(value)))

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}
