// What is wrong with rows: the number that a spreadsheet shows, the field, and a sentence.

import { Table } from '@mantine/core'
import type { RowIssue } from '../../imports/types.ts'
import { placeWords, rowIssueWords } from './import-words.ts'
import { WidePart } from './wide-part.tsx'

const most = 300

/** What is there already, often a whole file, waits behind a line of its own. */
export function IssueTable({ issues }: { issues: RowIssue[] }) {
  const there = issues.filter(({ code }) => code === 'already-there')
  const others = issues.filter(({ code }) => code !== 'already-there')
  return (
    <>
      {others.length > 0 && <Issues issues={others} label="Rows with problems" />}
      {there.length > 0 && (
        <details>
          <summary>
            {there.length === 1 ? 'One row is' : `${there.length.toLocaleString('en')} rows are`} already there
          </summary>
          <Issues issues={there} label="Rows that are already there" />
        </details>
      )}
    </>
  )
}

function Issues({ issues, label }: { issues: RowIssue[]; label: string }) {
  return (
    <>
      <WidePart label={label}>
        <Table className="im-issues" aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={70}>Row</Table.Th>
              <Table.Th w={170}>Field</Table.Th>
              <Table.Th>What about it</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {issues.slice(0, most).map((issue, at) => (
              <Table.Tr key={at} data-level={issue.level}>
                <Table.Td>{issue.row}</Table.Td>
                <Table.Td>{placeWords(issue.field)}</Table.Td>
                <Table.Td>{rowIssueWords(issue)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WidePart>
      {issues.length > most && (
        <p className="lr-page-description">And {(issues.length - most).toLocaleString('en')} more.</p>
      )}
    </>
  )
}
