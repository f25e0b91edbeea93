// Lines over time with the same numbers as a table for those who cannot see them. Missing is a gap, never zero.
// Import it only from pages that are loaded lazily: it brings the chart library.

import { LineChart as MantineLineChart } from '@mantine/charts'
import '@mantine/charts/styles.css'
import '@mantine/core/styles/ColorSwatch.css'
import { Table, VisuallyHidden } from '@mantine/core'

interface LineChartProps<Name extends string> {
  /** What the chart shows, for screen readers. */
  label: string
  /** `x` is the text below the axis. */
  data: ({ x: string } & Record<Name, number | null>)[]
  series: { name: Name; label: string; color?: string }[]
  height?: number
}

/** Of the theme: each has its own shade in the dark. */
const palette = [1, 2, 3, 4, 5].map((place) => `var(--lr-plot-${place})`)

export function LineChart<Name extends string>({ label, data, series, height = 240 }: LineChartProps<Name>) {
  const drawn = series.map((line, index) => ({ ...line, color: line.color ?? palette[index % palette.length]! }))
  return (
    <figure className="lr-chart" aria-label={label}>
      <div aria-hidden>
        <MantineLineChart
          h={height}
          data={data}
          dataKey="x"
          series={drawn}
          curveType="monotone"
          connectNulls={false}
          withLegend={series.length > 1}
          withDots={data.length < 40}
          strokeWidth={2}
          gridAxis="y"
          lineProps={{ isAnimationActive: false }}
          // The table below is for the keyboard and for screen readers; a drawing nobody can read must not take the focus.
          lineChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <VisuallyHidden>
        <Table>
          <Table.Caption>{label}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Time</Table.Th>
              {series.map((line) => (
                <Table.Th key={line.name}>{line.label}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((row) => (
              <Table.Tr key={row.x}>
                <Table.Td>{row.x}</Table.Td>
                {series.map((line) => (
                  <Table.Td key={line.name}>{row[line.name] ?? 'none'}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </VisuallyHidden>
    </figure>
  )
}
