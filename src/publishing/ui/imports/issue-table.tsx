// What is wrong with rows: the number that a spreadsheet shows, the field, and a sentence. The list can be taken along, to mend the file by it.

import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { count } from '../../../kit/words.ts'
import type { RowIssue } from '../../imports/types.ts'
import { groupOf, placeWords, rowIssueWords } from './import-words.ts'

const most = 300

/** What is there already or was not reached, often most of a file, waits behind a line of its own. */
export function IssueTable({ issues }: { issues: RowIssue[] }) {
  const { there = [], unreached = [], others = [] } = Object.groupBy(issues, groupOf)
  return (
    <>
      {others.length > 0 && <Issues issues={others} label="Rows with problems" />}
      {there.length > 0 && (
        <details>
          <summary>{`${count(there.length, 'row')} already there`}</summary>
          <Issues issues={there} label="Rows that are already there" />
        </details>
      )}
      {unreached.length > 0 && (
        <details>
          <summary>{`${count(unreached.length, 'row')} not reached: ${rowIssueWords(unreached[0]!)}`}</summary>
          <Issues issues={unreached} label="Rows that were not reached" />
        </details>
      )}
    </>
  )
}

type Line = RowIssue & { at: number }

function Issues({ issues, label }: { issues: RowIssue[]; label: string }) {
  const lines = issues.map((issue, at) => ({ ...issue, at }))
  return (
    <>
      <DataTable
        label={label}
        rows={lines.slice(0, most)}
        rowKey={({ at }) => String(at)}
        columns={columns}
        csv={{ name: 'rows-with-problems', all: async () => lines }}
        empty={null}
      />
      {issues.length > most && (
        <p className="lr-page-description">
          And {(issues.length - most).toLocaleString('en')} more; the export has them all.
        </p>
      )}
    </>
  )
}

const columns: Column<Line>[] = [
  {
    id: 'row',
    header: 'Row',
    primary: true,
    width: 90,
    cell: ({ row, level }) => (
      <span className="im-row" data-level={level}>
        {level === 'error' ? (
          <IconX size={14} aria-label="Left out:" />
        ) : (
          <IconAlertTriangle size={14} aria-label="Note:" />
        )}
        <span className="im-row-word">Row</span> {row}
      </span>
    ),
    csv: ({ row }) => row,
  },
  {
    id: 'field',
    header: 'Field',
    width: 170,
    cell: ({ field }) => placeWords(field),
    csv: ({ field }) => placeWords(field),
  },
  { id: 'what', header: 'What about it', cell: rowIssueWords, csv: rowIssueWords },
]
