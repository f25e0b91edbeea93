// Exports a list as CSV: what is loaded, or everything where the list can be read to its end.

import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { csvOf, saveAsFile } from './csv.ts'
import { showProblem } from './toast.tsx'

export interface CsvColumn<Row> {
  header: string
  csv?: (row: Row) => string | number | null
}

export interface CsvPlan<Row> {
  /** File name without ending. */
  name: string
  /** Columns that only the export has. */
  more?: CsvColumn<Row>[]
  /** Reads all rows of a paged list. */
  all?: () => Promise<Row[]>
}

export function CsvButton<Row>({
  columns,
  rows,
  plan,
}: {
  columns: CsvColumn<Row>[]
  rows: Row[]
  plan: CsvPlan<Row>
}) {
  const [reading, setReading] = useState(false)
  const exportRows = async () => {
    setReading(true)
    try {
      const all = plan.all ? await plan.all() : rows
      const shown = [...columns, ...(plan.more ?? [])].filter((column) => column.csv)
      const lines = all.map((row) => shown.map((column) => column.csv?.(row)))
      saveAsFile(
        `${plan.name}.csv`,
        'text/csv',
        csvOf(
          shown.map((column) => column.header),
          lines,
        ),
      )
    } catch (error) {
      showProblem(error, 'The export stopped')
    } finally {
      setReading(false)
    }
  }
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconDownload size={16} />}
      loading={reading}
      onClick={() => void exportRows()}
    >
      Export CSV
    </Button>
  )
}
