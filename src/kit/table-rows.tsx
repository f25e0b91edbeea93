// A list as a table, for screens wide enough. The name of a row is its link; the whole row reacts to the pointer.

import { Table, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Column, RowLink } from './data-table.tsx'

export interface TableLayoutProps<Row> {
  label: string
  rows: Row[]
  columns: Column<Row>[]
  rowKey: (row: Row) => string
  rowLink?: (row: Row) => RowLink | null
  sort: string | undefined
  setSort: (sort: string) => void
}

export function TableRows<Row>({ label, rows, columns, rowKey, rowLink, sort, setSort }: TableLayoutProps<Row>) {
  return (
    <div className="lr-table-frame">
      <Table className="lr-table" aria-label={label} verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Heading key={column.id} column={column} sort={sort} setSort={setSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const link = rowLink?.(row)
            return (
              <Table.Tr key={rowKey(row)} data-linked={link ? true : undefined}>
                {columns.map((column) => (
                  <Table.Td
                    key={column.id}
                    data-primary={column.primary}
                    data-align={column.align}
                    data-actions={column.actions}
                  >
                    <CellOf column={column} row={row} link={link} />
                  </Table.Td>
                ))}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Heading<Row>({
  column,
  sort,
  setSort,
}: {
  column: Column<Row>
  sort: string | undefined
  setSort: (sort: string) => void
}) {
  const up = sort === column.id
  const down = sort === `-${column.id}`
  const SortIcon = up ? IconArrowUp : down ? IconArrowDown : IconArrowsSort
  return (
    <Table.Th data-align={column.align} w={column.width} aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      {column.actions ? (
        <VisuallyHidden>{column.header}</VisuallyHidden>
      ) : column.sort ? (
        <UnstyledButton
          className="lr-sort"
          data-on={up || down || undefined}
          onClick={() => setSort(up ? `-${column.id}` : column.id)}
        >
          {column.header}
          <SortIcon size={14} aria-hidden />
        </UnstyledButton>
      ) : (
        column.header
      )}
    </Table.Th>
  )
}

export function CellOf<Row>({
  column,
  row,
  link,
}: {
  column: Column<Row>
  row: Row
  link: RowLink | null | undefined
}) {
  if (!column.primary || !link) return column.cell(row)
  return (
    <Link {...link} className="lr-row-link">
      {column.cell(row)}
    </Link>
  )
}
