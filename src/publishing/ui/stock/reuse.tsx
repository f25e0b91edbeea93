// Who makes what new, and whose content others use.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Stock } from './stock-page.tsx'

type Line = Stock['departments'][number]

const counted = (id: 'original' | 'adapted' | 'recycled' | 'lent', header: string) => ({
  id,
  header,
  align: 'end' as const,
  cell: (line: Line) => line[id],
  csv: (line: Line) => line[id],
})

export function Reuse({ departments: lines }: { departments: Stock['departments'] }) {
  const org = useOrg()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id } }))
  const nameOf = ({ departmentId }: Line): string =>
    departmentId === null
      ? 'No department'
      : (departments.data?.find(({ id }) => id === departmentId)?.name ?? 'A removed department')
  return (
    <DataTable
      label="Reuse by department"
      query={departments}
      rows={departments.data && lines}
      rowKey={({ departmentId }) => departmentId ?? 'none'}
      csv={{ name: 'reuse-by-department' }}
      empty={
        <EmptyState title="No posts in 90 days" order={3}>
          Posts that are adapted or used again are counted here for the department they belong to.
        </EmptyState>
      }
      columns={[
        { id: 'name', header: 'Department', primary: true, cell: nameOf, csv: nameOf },
        counted('original', 'Original'),
        counted('adapted', 'Adapted'),
        counted('recycled', 'Recycled'),
        counted('lent', 'Used by others'),
      ]}
    />
  )
}
