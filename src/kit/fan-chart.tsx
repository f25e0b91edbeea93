// What was read, and where it is going with the range in which four of five later readings lie; the same numbers as a table for those who cannot see it.
// Import it only from pages that are loaded lazily: it brings the chart library.

import { Table, VisuallyHidden } from '@mantine/core'
import { Area, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { ChartLegend, type Mark } from './chart-legend.tsx'

export interface FanPoint {
  /** The text below the axis. */
  x: string
  read: number | null
  mean: number | null
  low: number | null
  high: number | null
}

interface Props {
  label: string
  data: FanPoint[]
  /** A line to be reached; null: none. */
  target: number | null
}

const marks: Mark[] = [
  { label: 'Read', color: 'var(--lr-plot-1)', shape: 'line' },
  { label: 'Expected, if things go on', color: 'var(--lr-plot-2)', shape: 'dashes' },
  { label: 'Four of five lie here', color: 'var(--lr-plot-2)', shape: 'band' },
]

const digits = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
const text = (value: number | null): string => (value === null ? 'none' : digits.format(value))

export function FanChart({ label, data, target }: Props) {
  const drawn = data.map((point) => ({
    ...point,
    band: point.low === null || point.high === null ? null : [point.low, point.high],
  }))
  return (
    <figure className="lr-chart" aria-label={label}>
      <div aria-hidden>
        <ResponsiveContainer width="100%" height={220}>
          <ComposedChart data={drawn} accessibilityLayer={false} margin={{ top: 16, right: 8, bottom: 0, left: 0 }}>
            <XAxis dataKey="x" stroke="var(--mantine-color-dimmed)" fontSize={12} minTickGap={24} />
            <YAxis width={52} stroke="var(--mantine-color-dimmed)" fontSize={12} tickFormatter={text} />
            <Tooltip
              formatter={(value) =>
                Array.isArray(value) ? `${text(Number(value[0]))} to ${text(Number(value[1]))}` : text(Number(value))
              }
              contentStyle={{ background: 'var(--lr-surface)', border: '1px solid var(--lr-line)', borderRadius: 8 }}
            />
            <Area
              dataKey="band"
              name="Four of five lie here"
              fill="var(--lr-plot-2)"
              fillOpacity={0.18}
              stroke="none"
              isAnimationActive={false}
            />
            <Line
              dataKey="mean"
              name="Expected"
              stroke="var(--lr-plot-2)"
              strokeDasharray="4 4"
              dot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey="read"
              name="Read"
              stroke="var(--lr-plot-1)"
              strokeWidth={2}
              dot={data.length < 40}
              connectNulls={false}
              isAnimationActive={false}
            />
            {target !== null && (
              <ReferenceLine
                y={target}
                stroke="var(--mantine-color-text)"
                strokeDasharray="2 2"
                ifOverflow="extendDomain"
                label={{
                  ...{ value: `Goal ${text(target)}`, position: 'insideBottomLeft', fontSize: 12 },
                  fill: 'var(--mantine-color-text)',
                }}
              />
            )}
          </ComposedChart>
        </ResponsiveContainer>
        <ChartLegend marks={marks} />
      </div>
      <VisuallyHidden>
        <Table>
          <Table.Caption>{label}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Day</Table.Th>
              <Table.Th>Read</Table.Th>
              <Table.Th>Expected</Table.Th>
              <Table.Th>Four of five lie in</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map(({ x, read, mean, low, high }) => (
              <Table.Tr key={x}>
                <Table.Td>{x}</Table.Td>
                <Table.Td>{text(read)}</Table.Td>
                <Table.Td>{text(mean)}</Table.Td>
                <Table.Td>{low === null ? 'none' : `${text(low)} to ${text(high)}`}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </VisuallyHidden>
    </figure>
  )
}
