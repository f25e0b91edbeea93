// Who a crossing point tells, and what they read: shared by new points and by those that are there.

import { MultiSelect, NumberInput, Switch, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { roleWords } from '../../../kit/words.ts'
import type { Role } from '../../../people/permissions.ts'
import type { Options, Tell } from '../../crossings/types.ts'
import { useDepartments } from './use-departments.ts'
import '@mantine/core/styles/NumberInput.css'

interface PointFieldsProps {
  tell: Tell
  options: Options
  /** Whether its trigger asks for days before a beginning. */
  asksDays: boolean
  setTell: (tell: Tell) => void
  setOptions: (options: Options) => void
  disabled?: boolean
}

export function PointFields({ tell, options, asksDays, setTell, setOptions, disabled }: PointFieldsProps) {
  const org = useOrg()
  const departments = useDepartments()
  const members = useQuery(api.members.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const people = (members.data ?? []).filter(({ endedAt, id }) => !endedAt || tell.memberIds.includes(id))
  return (
    <>
      {asksDays && (
        <NumberInput
          label="Days before its first day"
          min={1}
          max={90}
          allowDecimal={false}
          disabled={disabled}
          value={options.daysBefore ?? ''}
          onChange={(value) => setOptions({ ...options, daysBefore: value === '' ? undefined : Number(value) })}
        />
      )}
      <Switch
        label="Tell owner and deputy of the campaign"
        disabled={disabled}
        checked={tell.owner}
        onChange={(event) => setTell({ ...tell, owner: event.currentTarget.checked })}
      />
      <MultiSelect
        label="Tell these people"
        searchable
        disabled={disabled}
        data={people.map(({ id, name, endedAt }) => ({ value: id, label: endedAt ? `${name} (left)` : name }))}
        value={tell.memberIds}
        onChange={(memberIds) => setTell({ ...tell, memberIds })}
      />
      <MultiSelect
        label="Tell these roles"
        disabled={disabled}
        data={Object.entries(roleWords).map(([value, { label }]) => ({ value, label }))}
        value={tell.roles}
        onChange={(roles) => setTell({ ...tell, roles: roles as Role[] })}
      />
      <MultiSelect
        label="Tell these departments"
        disabled={disabled}
        data={departments.options}
        placeholder={departments.options.length === 0 ? 'There are none yet' : undefined}
        value={tell.departmentIds}
        onChange={(departmentIds) => setTell({ ...tell, departmentIds })}
      />
      <Textarea
        label="What they read"
        description="Beside the name of the point, the campaign and a link."
        autosize
        minRows={2}
        maxLength={1000}
        disabled={disabled}
        value={options.text ?? ''}
        onChange={(event) => setOptions({ ...options, text: event.currentTarget.value || undefined })}
      />
    </>
  )
}
