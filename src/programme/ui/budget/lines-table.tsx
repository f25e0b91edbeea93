// How each line of the budget stands: what was spent and ordered, and where the year leads at its pace.

import { DataTable } from '../../../kit/data-table.tsx'
import { moneyText } from '../../../kit/money.ts'
import { Badge } from '../../../kit/state-badge.tsx'
import type { Budget } from './budget-page.tsx'
import { kindWords, lineLook } from './budget-words.ts'

type Line = Budget['lines'][number]

const nameOf = ({ names, kind }: Line): string =>
  names.length > 0 ? names.join(', ') : `${kindWords[kind]}, not planned`

const whatOf = ({ kind, channel, campaign }: Line): string =>
  [kindWords[kind], channel, campaign].filter(Boolean).join(', ')

export function LinesTable({ lines, currency }: { lines: Line[]; currency: string }) {
  const money = (amount: number | null) => (amount === null ? '–' : moneyText(amount, currency))
  return (
    <DataTable
      label="Lines of the budget"
      rows={lines}
      rowKey={(line) => `${nameOf(line)} ${whatOf(line)}`}
      csv={{ name: 'lines-of-the-budget' }}
      empty={null}
      columns={[
        {
          ...{ id: 'line', header: 'Line', primary: true },
          cell: (line) => (
            <>
              {nameOf(line)}{' '}
              {line.state !== 'fits' && <Badge tone={lineLook[line.state].tone}>{lineLook[line.state].label}</Badge>}
            </>
          ),
          csv: nameOf,
        },
        { id: 'what', header: 'For', cell: whatOf, csv: whatOf },
        { id: 'plan', header: 'Planned', align: 'end', cell: ({ plan }) => money(plan), csv: ({ plan }) => plan },
        {
          id: 'actual',
          header: 'Spent',
          align: 'end',
          cell: ({ actual }) => money(actual),
          csv: ({ actual }) => actual,
        },
        {
          ...{ id: 'committed', header: 'Ordered', align: 'end' },
          cell: ({ committed }) => (committed > 0 ? money(committed) : '–'),
          csv: ({ committed }) => committed,
        },
        {
          ...{ id: 'forecast', header: 'At this pace', align: 'end' },
          cell: ({ forecast }) => money(forecast),
          csv: ({ forecast }) => forecast,
        },
      ]}
    />
  )
}
