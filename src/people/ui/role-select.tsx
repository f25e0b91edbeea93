// Chooses a role, with what it may do. Only owners make owners.

import { Select, type SelectProps } from '@mantine/core'
import { useOrg } from '../../kit/viewer.tsx'
import { roleWords } from '../../kit/words.ts'
import { type Role, roles } from '../permissions.ts'

export function RoleSelect(props: Omit<SelectProps, 'data'>) {
  const { role } = useOrg()
  const chosen = props.value as Role | undefined
  const offered = roles.filter((one) => one !== 'owner' || role === 'owner' || chosen === 'owner')
  return (
    <Select
      label="Role"
      allowDeselect={false}
      description={chosen && roleWords[chosen].does}
      {...props}
      data={offered.map((one) => ({ value: one, label: roleWords[one].label }))}
    />
  )
}
