// npm run bench:guards -- --years 200: how often the guards' score of a sprint steps in where nobody sprints, and whether it sees who does, over drawn years.

import { lookAtYears, seenSprints, steady } from '../../src/programme/guards/drawn-years.testing.ts'
import { loadSettings } from '../../src/programme/load/figures/settings.ts'
import { readArguments } from '../arguments.ts'
import { judge, printMachine, printTable } from '../report.ts'

const given = readArguments({ years: '200' })
const settings = loadSettings()
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

printMachine()
const looked = steady.map((kind) => {
  // Of many people each year takes long to look at, and there is less chance in it.
  const years = Math.ceil(Number(given.years) / Math.max(1, kind.people.length / 4))
  return { kind, years, ...lookAtYears(kind, years, settings) }
})
printTable(
  'Shares of looks, one a week, of organisations that go on steadily',
  ['organisation', 'years', 'step in', 'watch', ...looked[0]!.signs.map(([name]) => name)],
  looked.map(({ kind, years, intervene, watch, signs }) => [
    ...[kind.name, String(years), percent(intervene), percent(watch)],
    ...signs.map(([, share]) => percent(share)),
  ]),
)
const sprints = seenSprints(2 * Number(given.years), settings)
printMachine()
judge([
  { what: 'sprinters told to step in by day 14', value: sprints, least: 0.95 },
  ...looked.map(({ kind, intervene }) => ({ what: `${kind.name}: told to step in`, value: intervene, most: 0.02 })),
])
