// Every list: skeleton while loading, error with retry, empty words, sort in the address, link per row, cards on a phone, CSV.
//
//   <DataTable label="Members" query={members} rows={members.data} rowKey={(m) => m.id} columns={columns}
//     rowLink={(m) => linkOptions({ to: '…', params: … })} empty={<EmptyState …/>} csv={{ name: 'members' }} filters={<…/>} />
// Paged lists: query={useInfiniteQuery(…)} rows={allItems(query.data)}; “Load more” appears by itself, and `csv.all`
// reads the rest. Give `sort` to columns only where all rows are loaded; a paged list is ordered by its server.

import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CsvButton, type CsvPlan } from './csv-button.tsx'
import { ErrorPanel } from './error-panel.tsx'
import { LoadMore } from './load-more.tsx'
import { TableCards } from './table-cards.tsx'
import { TableRows } from './table-rows.tsx'
import { useSearchWord } from './url-state.ts'

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** Allows sorting by this column. null sorts last. */
  sort?: (row: Row) => string | number | null
  /** Value in exports; a column without it is not exported. */
  csv?: (row: Row) => string | number | null
  align?: 'end'
  /** The one that names the row: carries the link, heads the card. */
  primary?: true
  /** Actions: no visible header, at the end of the row or card. */
  actions?: true
  width?: number | string
}

export type RowLink = Pick<LinkProps, 'to' | 'params' | 'search'>

interface ListQuery {
  isPending: boolean
  error: unknown
  refetch: () => unknown
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
}

/** Rows that came with something else. */
const ready: ListQuery = { isPending: false, error: null, refetch: () => undefined }

export interface DataTableProps<Row> {
  label: string
  /** Left out: the rows are there already. */
  query?: ListQuery
  rows: Row[] | undefined
  columns: Column<Row>[]
  rowKey: (row: Row) => string
  rowLink?: (row: Row) => RowLink | null
  /** Where there is nothing at all. */
  empty: ReactNode
  filters?: ReactNode
  csv?: CsvPlan<Row>
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { query = ready, rows, columns, filters, csv } = props
  const [sort, setSort] = useSearchWord('sort')
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const sorted = rows && sortRows(rows, columns, sort)
  const Layout = narrow ? TableCards : TableRows
  return (
    <div className="lr-list">
      {(filters || (csv && rows && rows.length > 0)) && (
        <div className="lr-list-bar">
          <div className="lr-list-filters">{filters}</div>
          {csv && rows && rows.length > 0 && <CsvButton columns={columns} rows={sorted ?? []} plan={csv} />}
        </div>
      )}
      {query.isPending && <LoadingRows />}
      {Boolean(query.error) && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {sorted?.length === 0 && !query.error && props.empty}
      {sorted && sorted.length > 0 && (
        <Layout
          label={props.label}
          rows={sorted}
          columns={columns}
          rowKey={props.rowKey}
          rowLink={props.rowLink}
          sort={sort}
          setSort={setSort}
        />
      )}
      <LoadMore list={query} />
    </div>
  )
}

/** `name` sorts upwards, `-name` downwards. */
function sortRows<Row>(rows: Row[], columns: Column<Row>[], sort: string | undefined): Row[] {
  const down = sort?.startsWith('-') ?? false
  const by = columns.find((column) => column.id === sort?.replace(/^-/, ''))?.sort
  if (!by) return rows
  return rows.toSorted((one, other) => {
    const [a, b] = [by(one), by(other)]
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    const order =
      typeof a === 'number' && typeof b === 'number'
        ? a - b
        : String(a).localeCompare(String(b), 'en', { numeric: true })
    return down ? -order : order
  })
}

export function LoadingRows({ rows = 5 }: { rows?: number }) {
  return (
    <div className="lr-loading" role="status">
      <VisuallyHidden>Loading…</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={20} width={`${92 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  )
}
