// A list as cards, for phones: the name on top, the rest as label and value, actions below.

import type { Column } from './data-table.tsx'
import { CellOf, type TableLayoutProps } from './table-rows.tsx'

export function TableCards<Row>({ label, rows, columns, rowKey, rowLink }: TableLayoutProps<Row>) {
  const primary = columns.find((column) => column.primary) ?? columns[0]!
  const details = columns.filter((column) => column !== primary && !column.actions)
  const actions = columns.filter((column) => column.actions)
  return (
    <ul className="lr-cards" aria-label={label}>
      {rows.map((row) => {
        const link = rowLink?.(row)
        return (
          <li key={rowKey(row)} className="lr-card" data-linked={link ? true : undefined}>
            <div className="lr-card-name">
              <CellOf column={primary} row={row} link={link} />
            </div>
            <Details columns={details} row={row} />
            {actions.map((column) => (
              <div key={column.id} className="lr-card-actions">
                {column.cell(row)}
              </div>
            ))}
          </li>
        )
      })}
    </ul>
  )
}

function Details<Row>({ columns, row }: { columns: Column<Row>[]; row: Row }) {
  if (columns.length === 0) return null
  return (
    <dl className="lr-card-details">
      {columns.map((column) => (
        <div key={column.id}>
          <dt>{column.header}</dt>
          <dd>{column.cell(row)}</dd>
        </div>
      ))}
    </dl>
  )
}
