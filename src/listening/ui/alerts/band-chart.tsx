// Counts over a day in front of the range in which four of five windows lie; the same numbers as a table for those who cannot see it.

import { Table, VisuallyHidden } from '@mantine/core'
import { Area, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { client, Output } from '../../../kit/api.ts'
import { timeIn } from '../../../kit/time.ts'
import { useZone } from '../../../kit/viewer.tsx'

type Plot = Output<typeof client.alerts.read>['plot']

const hourMs = 3_600_000

export function BandChart({ plot, at }: { plot: Plot; at: string }) {
  const zone = useZone()
  const now = new Date()
  const clock = (time: number) => timeIn(new Date(time), zone, 'time', now)
  const data = plot.map((point) => ({
    time: Date.parse(point.at),
    count: point.count,
    expected: point.expected,
    band: point.low === null || point.high === null ? null : [point.low, point.high],
  }))
  const ticks = data.map(({ time }) => time).filter((time) => time % (3 * hourMs) === 0)
  // Each hour: enough for those who read the figures.
  const hourly = plot.filter((point) => Date.parse(point.at) % hourMs === 0)
  return (
    <figure className="al-chart" aria-label="Mentions and what was expected">
      <div aria-hidden>
        <ResponsiveContainer width="100%" height={260}>
          <ComposedChart data={data} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
            <XAxis
              dataKey="time"
              type="number"
              domain={['dataMin', 'dataMax']}
              ticks={ticks}
              tickFormatter={clock}
              stroke="var(--mantine-color-dimmed)"
              fontSize={12}
            />
            <YAxis allowDecimals={false} width={44} stroke="var(--mantine-color-dimmed)" fontSize={12} />
            <Tooltip
              labelFormatter={(time) => clock(Number(time))}
              contentStyle={{ background: 'var(--lr-surface)', border: '1px solid var(--lr-line)', borderRadius: 8 }}
            />
            <Area
              dataKey="band"
              name="Usual range"
              fill="var(--lr-track)"
              fillOpacity={0.16}
              stroke="none"
              isAnimationActive={false}
            />
            <Line
              dataKey="expected"
              name="Expected"
              stroke="var(--mantine-color-dimmed)"
              strokeDasharray="4 4"
              dot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey="count"
              name="Mentions"
              stroke="var(--lr-track)"
              strokeWidth={2}
              dot={false}
              connectNulls={false}
              isAnimationActive={false}
            />
            <ReferenceLine x={Date.parse(at)} stroke="var(--mantine-color-text)" strokeDasharray="2 2" />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <figcaption>
        Shaded: the range in which four of five such windows lie, by what is known now. A gap: nobody listened.
      </figcaption>
      <VisuallyHidden>
        <Table>
          <Table.Caption>Mentions by hour</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Time</Table.Th>
              <Table.Th>Mentions</Table.Th>
              <Table.Th>Usual range</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {hourly.map((point) => (
              <Table.Tr key={point.at}>
                <Table.Td>{clock(Date.parse(point.at))}</Table.Td>
                <Table.Td>{point.count ?? 'nobody listened'}</Table.Td>
                <Table.Td>{point.low === null ? 'not known' : `${point.low} to ${point.high}`}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </VisuallyHidden>
    </figure>
  )
}
