// Promises kept, all together or told apart by department, account or person.

import { Select } from '@mantine/core'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { metricWords } from '../promises/promise-words.ts'
import { nobodyWords, splits } from './load-words.ts'
import { shareText, spanWords } from './measure-words.ts'
import type { Measures } from './measures-page.tsx'

type Row = Measures['promises'][number] & { key: string; name: string }

function rowsOf({ promises, groups }: Measures, by: string): Row[] {
  if (by === 'all') return promises.map((each) => ({ ...each, key: each.metric, name: metricWords[each.metric].label }))
  return groups
    .filter((group) => group.by === by)
    .flatMap((group) =>
      group.promises.map((each) => ({
        ...each,
        key: `${group.id} ${each.metric}`,
        name: `${group.name || nobodyWords[group.by]}: ${metricWords[each.metric].label.toLowerCase()}`,
      })),
    )
}

type Times = Row['wall']
const timesText = (times: Times): string => (times ? `${spanWords(times.median)}, ${spanWords(times.p90)}` : '–')

export function KeptTable({ measures }: { measures: Measures }) {
  const [by, setBy] = useSearchWord('by')
  const chosen = splits.find(({ value }) => value === by)?.value ?? 'all'
  return (
    <DataTable
      label="Promises kept"
      rows={rowsOf(measures, chosen)}
      rowKey={({ key }) => key}
      csv={{ name: 'promises-kept' }}
      filters={
        <Select
          aria-label="Told apart by"
          allowDeselect={false}
          data={splits}
          value={chosen}
          onChange={(value) => setBy(value === 'all' ? null : value)}
        />
      }
      empty={
        <EmptyState title="Nothing was promised" order={3}>
          No promise clock began in these days.
        </EmptyState>
      }
      columns={[
        { id: 'name', header: 'Promise', primary: true, cell: ({ name }) => name, csv: ({ name }) => name },
        {
          id: 'kept',
          header: 'Kept',
          cell: ({ kept }) =>
            kept
              ? `${shareText(kept)} (${Math.round(kept.low * 100)}–${Math.round(kept.high * 100)} %), n ${kept.n}`
              : '–',
          csv: ({ kept }) => kept?.share ?? null,
        },
        { id: 'met', header: 'In time', align: 'end', cell: ({ met }) => met, csv: ({ met }) => met },
        { id: 'late', header: 'Late', align: 'end', cell: ({ broken }) => broken, csv: ({ broken }) => broken },
        {
          id: 'overdue',
          header: 'Overdue',
          align: 'end',
          cell: ({ overdue }) => overdue,
          csv: ({ overdue }) => overdue,
        },
        { id: 'waived', header: 'Waived', align: 'end', cell: ({ waived }) => waived, csv: ({ waived }) => waived },
        {
          id: 'wall',
          header: 'Median, 9 of 10',
          cell: ({ wall }) => timesText(wall),
          csv: ({ wall }) => wall?.median ?? null,
        },
        {
          id: 'promised',
          header: 'In promised hours',
          cell: ({ promised }) => timesText(promised),
          csv: ({ promised }) => promised?.median ?? null,
        },
      ]}
    />
  )
}
