// Chooses a department, or none.

import { Select, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'

export function DepartmentSelect(props: Omit<SelectProps, 'data'>) {
  const org = useOrg()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id } }))
  if (departments.data?.length === 0) return null
  return (
    <Select
      label="Department"
      placeholder="None"
      clearable
      {...props}
      data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
