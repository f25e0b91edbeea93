// How much of their time at work people had conversations in hand: by day as a plot, by person and department as a table.

import { Select } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import type { CsvColumn } from '../../../kit/csv-button.tsx'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { dayText } from '../../../kit/time.ts'
import { useSearchWord } from '../../../kit/url-state.ts'
import { hoursOf, type Load, nobodyWords, tenths, workWords } from './load-words.ts'
import './measures.css'

type Group = Load['occupancy']['groups'][number]

const choices = [
  { value: 'person', label: 'People' },
  { value: 'department', label: 'Departments' },
]

const percent = (share: number): number => tenths(share * 100)
const shareCell = (share: number | null): string => (share === null ? '–' : `${percent(share)} %`)

export function Occupancy({ load: { occupancy } }: { load: Load }) {
  const [chosen, setBy] = useSearchWord('busy')
  const by = choices.find(({ value }) => value === chosen)?.value ?? 'person'
  if (occupancy.all.staffedMs === 0)
    return (
      <EmptyState title="Nobody was at work" order={3} icon={<IconUsersGroup size={28} stroke={1.5} />}>
        Nobody who answers had hours in these days, or all of them were away.
      </EmptyState>
    )
  const { all, days, groups } = occupancy
  return (
    <>
      <p>
        {shareCell(all.share)} of {workWords(all.staffedMs)} at work. Two conversations at a time count once; hours are
        those of the rota as it stands now, without absences.
        {groups.some(({ isAlways }) => isAlways) && ' Whoever has no hours counts as always at work.'}
      </p>
      {days.length > 1 && (
        <LineChart
          label="Share of the time at work with a conversation in hand, by day, in %"
          height={180}
          data={days.map(({ day, share }) => ({
            x: dayText(day, 'short'),
            share: share === null ? null : percent(share),
          }))}
          series={[{ name: 'share', label: 'With a conversation in hand, %' }]}
        />
      )}
      <DataTable
        label="How busy people were"
        rows={groups.filter((group) => group.by === by)}
        rowKey={({ id }) => id ?? ''}
        csv={{ name: 'occupancy', more: inHours }}
        filters={
          <Select
            aria-label="How busy people were, told apart by"
            allowDeselect={false}
            data={choices}
            value={by}
            onChange={(value) => setBy(value === 'person' ? null : value)}
          />
        }
        empty={
          <EmptyState title="Nobody is asked for" order={3}>
            Choose other filters.
          </EmptyState>
        }
        columns={columns}
      />
    </>
  )
}

const nameOf = ({ by, name }: Group): string => name || nobodyWords[by]

/** Exported as numbers of one unit. */
const inHours: CsvColumn<Group>[] = [
  { header: 'Hours at work', csv: ({ staffedMs }) => hoursOf(staffedMs) },
  { header: 'Hours with one in hand', csv: ({ busyMs }) => hoursOf(busyMs) },
]

const columns: Column<Group>[] = [
  { id: 'name', header: 'Who', primary: true, cell: nameOf, csv: nameOf },
  {
    id: 'staffed',
    header: 'At work',
    align: 'end',
    cell: ({ staffedMs, isAlways }) => `${workWords(staffedMs)}${isAlways ? ', always' : ''}`,
  },
  {
    id: 'busy',
    header: 'With one in hand',
    align: 'end',
    cell: ({ busyMs }) => workWords(busyMs),
  },
  {
    id: 'share',
    header: 'Busy',
    align: 'end',
    cell: ({ share }) => shareCell(share),
    csv: ({ share }) => share,
  },
]
