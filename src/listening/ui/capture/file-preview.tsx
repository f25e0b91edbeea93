// What would become of a file: how many rows, what is wrong by line and column, and how the first ones were understood.

import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { type Column, DataTable } from '../../../kit/data-table.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { columnWords, rowWords } from './capture-words.ts'

type Found = Output<typeof client.captureImports.check>
type Problem = Found['problems'][number]
type Preview = Found['previews'][number]

const mostShown = 200

export function FilePreview({ name, found }: { name: string; found: Found }) {
  const org = useOrg()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const topicName = (id: string) => topics.data?.find((topic) => topic.id === id)?.name
  const lines = found.problems.map((problem, index) => ({ ...problem, key: String(index) }))
  return (
    <section aria-label={`What becomes of ${name}`} className="ca-preview">
      <h2>{name}</h2>
      <p>
        {count(found.rows, 'row')}: {found.good.toLocaleString('en')} new, {found.known.toLocaleString('en')} there
        already or twice, {found.refused.toLocaleString('en')} with errors. {found.matched.toLocaleString('en')} of the
        new ones come under a topic.
      </p>
      {lines.length > 0 && (
        <DataTable
          label="Rows with problems"
          rows={lines.slice(0, mostShown)}
          rowKey={({ key }) => key}
          columns={problemColumns}
          csv={{ name: 'rows-with-problems', all: async () => lines }}
          empty={null}
        />
      )}
      {lines.length > mostShown && (
        <p>And {(lines.length - mostShown).toLocaleString('en')} more; the export has them.</p>
      )}
      {found.previews.length > 0 && (
        <DataTable
          label="The first rows"
          rows={found.previews}
          rowKey={({ line }) => String(line)}
          columns={previewColumns(topicName)}
          empty={null}
        />
      )}
    </section>
  )
}

type KeyedProblem = Problem & { key: string }
const whatOf = ({ code }: Problem) => rowWords[code] ?? code
const columnOf = ({ column }: Problem) => (column === null ? 'The file' : (columnWords[column] ?? column))

const problemColumns: Column<KeyedProblem>[] = [
  {
    id: 'line',
    header: 'Line',
    primary: true,
    width: 110,
    cell: ({ line }) => (line === null ? 'All lines' : `Line ${line}`),
    csv: ({ line }) => line,
  },
  { id: 'column', header: 'Column', width: 110, cell: columnOf, csv: columnOf },
  {
    id: 'level',
    header: 'Then',
    width: 110,
    cell: ({ level }) => (
      <Badge tone={level === 'error' ? 'crimson' : 'amber'}>{level === 'error' ? 'Left out' : 'Stored'}</Badge>
    ),
    csv: ({ level }) => level,
  },
  { id: 'what', header: 'What is wrong', cell: whatOf, csv: whatOf },
]

const previewColumns = (topicName: (id: string) => string | undefined): Column<Preview>[] => [
  {
    id: 'text',
    header: 'What was said',
    primary: true,
    cell: ({ text, known }) => (
      <span className="ca-text" dir="auto">
        {known && <Badge tone="quiet">There already</Badge>} {text}
      </span>
    ),
  },
  { id: 'who', header: 'Who', width: 130, cell: ({ author }) => author ?? 'Nobody named' },
  { id: 'where', header: 'Where', width: 120, cell: ({ place }) => place ?? '' },
  { id: 'when', header: 'When', width: 150, cell: ({ at }) => <TimeText at={at} /> },
  {
    id: 'topics',
    header: 'Topics',
    width: 170,
    cell: ({ topicIds }) => topicIds.flatMap((id) => topicName(id) ?? []).join(', ') || 'None matches',
  },
]
