// What is wrong with rows: the number that a spreadsheet shows, the field, and a sentence.

import { Table } from '@mantine/core'
import type { RowIssue } from '../../imports/types.ts'
import { placeWords, rowIssueWords } from './import-words.ts'
import { WidePart } from './wide-part.tsx'

const most = 300

export function IssueTable({ issues }: { issues: RowIssue[] }) {
  return (
    <>
      <WidePart label="Problems of rows">
        <Table className="im-issues" aria-label="Rows with problems">
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
