// The load curve: what was done week by week, what is planned with its lighter weeks, and the most that people give; the same numbers as a table for
// those who cannot see it. Import it only from pages that are loaded lazily: it brings the chart library.

import { Table, VisuallyHidden } from '@mantine/core'
import { Bar, Cell, ComposedChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { ChartLegend, type Mark } from '../../../kit/chart-legend.tsx'
import { dayText } from '../../../kit/time.ts'
import { numberText } from '../programme-words.ts'
import { lookOf, phaseWords, type WeekLook, weekLooks } from './phase-words.ts'
import type { Outlook } from './plan-page.tsx'

const weeksShown = 38

interface Drawn {
  x: string
  minutes: number
  look: WeekLook
  says: string
  /** Of a week that is planned: what was done of it so far. */
  done: number | null
}

/** Weeks that are over as they were; the one that goes on and those ahead as they are planned. */
function drawnOf({ weeks, done }: Outlook): Drawn[] {
  const planned = new Map(weeks.map((week) => [week.monday, week]))
  const was = new Map(done.map(({ monday, minutes }) => [monday, minutes]))
  const mondays = [...new Set([...was.keys(), ...planned.keys()])].sort().slice(-weeksShown)
  return mondays.map((monday): Drawn => {
    const week = planned.get(monday)
    const sum = was.get(monday)
    const x = dayText(monday, 'short')
    if (!week) return { x, minutes: Math.round(sum!), look: 'done', says: 'Done', done: null }
    const rest = { look: lookOf[week.phase], says: phaseWords[week.phase] }
    return { x, minutes: Math.round(week.minutes), ...rest, done: sum === undefined ? null : Math.round(sum) }
  })
}

export function LoadCurve({ outlook }: { outlook: Outlook }) {
  const { ceiling, weeks } = outlook
  const drawn = drawnOf(outlook)
  const now = weeks[0] && drawn.some(({ look }) => look === 'done') ? dayText(weeks[0].monday, 'short') : null
  const label = 'Minutes in each week'
  return (
    <figure className="lr-chart" aria-label={label}>
      <div aria-hidden>
        <ResponsiveContainer width="100%" height={240}>
          <ComposedChart
            data={drawn}
            accessibilityLayer={false}
            barCategoryGap="15%"
            margin={{ top: 20, right: 8, bottom: 0, left: 0 }}
          >
            <XAxis dataKey="x" stroke="var(--mantine-color-dimmed)" fontSize={12} minTickGap={24} />
            <YAxis width={44} stroke="var(--mantine-color-dimmed)" fontSize={12} />
            <Tooltip
              cursor={{ fill: 'var(--lr-raised)' }}
              formatter={(value, _name, { payload }) => [
                `${numberText(Number(value))} minutes`,
                (payload as Drawn | undefined)?.says ?? '',
              ]}
              contentStyle={{ background: 'var(--lr-surface)', border: '1px solid var(--lr-line)', borderRadius: 8 }}
            />
            <Bar dataKey="minutes" radius={[2, 2, 0, 0]} isAnimationActive={false}>
              {drawn.map(({ x, look }) => (
                <Cell key={x} fill={weekLooks[look].color} />
              ))}
            </Bar>
            {now && (
              <ReferenceLine
                x={now}
                stroke="var(--mantine-color-dimmed)"
                strokeDasharray="2 2"
                label={{ value: 'This week', position: 'top', fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
              />
            )}
            {ceiling !== null && (
              <ReferenceLine
                y={ceiling}
                stroke="var(--mantine-color-text)"
                strokeDasharray="6 3"
                ifOverflow="extendDomain"
              />
            )}
          </ComposedChart>
        </ResponsiveContainer>
        <ChartLegend marks={marksOf(drawn, ceiling)} />
      </div>
      <VisuallyHidden>
        <WeeksTable drawn={drawn} ceiling={ceiling} label={label} />
      </VisuallyHidden>
    </figure>
  )
}

/** Of what is there alone. */
const marksOf = (drawn: readonly Drawn[], ceiling: number | null): Mark[] => [
  ...(['done', 'usual', 'lighter', 'event'] as const)
    .filter((look) => drawn.some((week) => week.look === look))
    .map((look): Mark => ({ ...weekLooks[look], shape: 'bar' })),
  ...(ceiling === null
    ? []
    : [
        {
          ...{ label: `The most that you give: ${numberText(ceiling)}`, color: 'var(--mantine-color-text)' },
          shape: 'dashes' as const,
        },
      ]),
]

function WeeksTable({ drawn, ceiling, label }: { drawn: Drawn[]; ceiling: number | null; label: string }) {
  return (
    <Table>
      <Table.Caption>{ceiling === null ? label : `${label}, of at most ${numberText(ceiling)}`}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Week of</Table.Th>
          <Table.Th>Minutes</Table.Th>
          <Table.Th>What it is</Table.Th>
          <Table.Th>Done so far</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {drawn.map(({ x, minutes, says, done }) => (
          <Table.Tr key={x}>
            <Table.Td>{x}</Table.Td>
            <Table.Td>{minutes}</Table.Td>
            <Table.Td>{says}</Table.Td>
            <Table.Td>{done ?? 'none'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
