// How many conversations stood open, as a plot and as a table: all together, or by department, account or person.

import { Select } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { CsvButton } from '../../../kit/csv-button.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { type Line, type Load, linesOf, mean, pointText, splits, tenths } from './load-words.ts'
import './measures.css'

/** More lines cannot be told apart. */
const mostLines = 5

export function Backlog({ load }: { load: Load }) {
  const [chosen, setSplit] = useSearchWord('split')
  const split = splits.find(({ value }) => value === chosen)?.value ?? 'all'
  const lines = linesOf(load, split)
  if (load.points.every(({ open }) => open === 0))
    return (
      <EmptyState title="Nothing stood open" order={3} icon={<IconStack2 size={28} stroke={1.5} />}>
        At the end of every {load.step} of these days all of it was closed.
      </EmptyState>
    )
  return (
    <>
      <div className="me-bar">
        <Select
          aria-label="What stood open, told apart by"
          allowDeselect={false}
          data={splits}
          value={split}
          onChange={(value) => setSplit(value === 'all' ? null : value)}
        />
        <PointsExport load={load} lines={lines} />
      </div>
      <BacklogPlot load={load} lines={lines} isWhole={split === 'all'} />
      {lines.length > mostLines && (
        <p className="lr-dimmed">
          Drawn are the {mostLines} with most; the table and the export have all {lines.length}.
        </p>
      )}
      <BacklogTable load={load} lines={lines} />
    </>
  )
}

interface LinesProps {
  load: Load
  lines: Line[]
}

function BacklogPlot({ load, lines, isWhole }: LinesProps & { isWhole: boolean }) {
  const now = new Date()
  const series: { key: string; label: string; values: number[] }[] = isWhole
    ? [
        { key: 'open', label: 'Open', values: lines[0]!.open },
        { key: 'waiting', label: 'Somebody waits', values: lines[0]!.waiting },
      ]
    : lines.slice(0, mostLines).map(({ key, name, open }) => ({ key, label: name, values: open }))
  const data = load.points.map(({ at }, index) => ({
    x: pointText(at, load, now),
    ...Object.fromEntries(series.map(({ key, values }) => [key, values[index]!])),
  }))
  return (
    <LineChart
      label={`Conversations that stood open at the end of each ${load.step}`}
      height={220}
      data={data as ({ x: string } & Record<string, number>)[]}
      series={series.map(({ key, label }) => ({ name: key, label }))}
    />
  )
}

/** Every point of every line, as it is drawn and more. */
function PointsExport({ load, lines }: LinesProps) {
  const rows = load.points.map(({ at }, index) => ({ at, index }))
  type Row = (typeof rows)[number]
  return (
    <CsvButton
      plan={{ name: 'backlog' }}
      rows={rows}
      columns={[
        { header: `End of the ${load.step}`, csv: ({ at }: Row) => at },
        ...lines.flatMap(({ name, open, waiting }) => [
          { header: `${name}: open`, csv: ({ index }: Row) => open[index]! },
          { header: `${name}: somebody waits`, csv: ({ index }: Row) => waiting[index]! },
        ]),
      ]}
    />
  )
}

function BacklogTable({ load, lines }: LinesProps) {
  const now = new Date()
  const most = ({ open }: Line): { value: number; at: string } => {
    const value = Math.max(...open)
    return { value, at: pointText(load.points[open.indexOf(value)]!.at, load, now) }
  }
  const columns: Column<Line>[] = [
    { id: 'name', header: 'Where or whose', primary: true, cell: ({ name }) => name, csv: ({ name }) => name },
    {
      id: 'end',
      header: 'Open at the end',
      align: 'end',
      cell: ({ open }) => open.at(-1)!,
      csv: ({ open }) => open.at(-1)!,
    },
    {
      id: 'waiting',
      header: 'Somebody waits',
      align: 'end',
      cell: ({ waiting }) => waiting.at(-1)!,
      csv: ({ waiting }) => waiting.at(-1)!,
    },
    {
      id: 'mean',
      header: 'Open in the mean',
      align: 'end',
      cell: ({ open }) => tenths(mean(open)),
      csv: ({ open }) => mean(open),
    },
    {
      id: 'most',
      header: 'Most',
      cell: (line) => `${most(line).value} (${most(line).at})`,
      csv: (line) => most(line).value,
    },
  ]
  return (
    <DataTable
      label="What stood open"
      rows={lines}
      rowKey={({ key }) => key}
      csv={{ name: 'backlog-summary' }}
      empty={
        <EmptyState title="Nothing stood open" order={3}>
          Choose other filters.
        </EmptyState>
      }
      columns={columns}
    />
  )
}
