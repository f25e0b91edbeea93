// What one of each thing takes: assumed with its source, or measured.

import { Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { count } from '../../../kit/words.ts'
import { activityLabel } from '../activity-words.ts'
import { numberText } from '../programme-words.ts'
import type { Outlook } from './plan-page.tsx'

export function CostsSection({ costs }: { costs: Outlook['costs'] }) {
  return (
    <Section
      title="What things take"
      description="Assumed until you have measured: with each time that you write down, your own times count more."
    >
      <DataTable
        label="Minutes of single things"
        empty={null}
        rows={costs}
        rowKey={({ activity }) => activity}
        columns={[
          { id: 'what', header: 'One of', cell: ({ activity }) => activityLabel(activity) },
          { id: 'minutes', header: 'Minutes on average', cell: ({ minutes }) => numberText(Math.round(minutes)) },
          {
            id: 'range',
            header: 'Four of five take',
            cell: ({ range }) => `${Math.round(range.low)} to ${Math.round(range.high)}`,
          },
          {
            id: 'how',
            header: 'Known by',
            cell: ({ n, source }) => (n > 0 ? count(n, 'measured time') : (source ?? 'Nothing yet')),
          },
        ]}
      />
    </Section>
  )
}
