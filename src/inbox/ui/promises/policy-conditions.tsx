// To whom a promise applies, as fields of its form.

import { Button, Group, MultiSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { saidKinds } from '../../../connectors/converse.ts'
import { api } from '../../../kit/api.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { type PromiseConditions, type PromiseKind, promiseKinds } from '../../promises/types.ts'
import { saidAsWords } from '../inbox-words.ts'
import { priorityChoices } from '../routing/routing-words.ts'
import { kindWords } from './promise-words.ts'
import './promises.css'

interface PolicyConditionsProps {
  conditions: PromiseConditions
  set: (conditions: PromiseConditions) => void
}

export function PolicyConditions({ conditions, set }: PolicyConditionsProps) {
  const accounts = useAccounts()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: useOrg().id } }))
  return (
    <fieldset className="pr-fieldset">
      <legend>Applies to</legend>
      <p className="pr-facts">Nothing chosen: all.</p>
      <Stack gap="sm">
        <MultiSelect
          label="What somebody wants"
          data={promiseKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
          value={conditions.kinds}
          onChange={(kinds) => set({ ...conditions, kinds: kinds as PromiseKind[] })}
        />
        <MultiSelect
          label="How it came"
          data={saidKinds.map((kind) => ({ value: kind, label: saidAsWords[kind] }))}
          value={conditions.saidAs}
          onChange={(saidAs) => set({ ...conditions, saidAs: saidAs as PromiseConditions['saidAs'] })}
        />
        <MultiSelect
          label="Accounts"
          searchable
          data={accounts.all.map(({ id, name }) => ({ value: id, label: name }))}
          value={conditions.accountIds}
          onChange={(accountIds) => set({ ...conditions, accountIds })}
        />
        <MultiSelect
          label="Departments"
          data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={conditions.departmentIds}
          onChange={(departmentIds) => set({ ...conditions, departmentIds })}
        />
        <MultiSelect
          label="Priorities"
          data={priorityChoices}
          value={conditions.priorities}
          onChange={(chosen) => set({ ...conditions, priorities: chosen as PromiseConditions['priorities'] })}
        />
        {conditions.protocolIds.length > 0 && (
          <Group justify="space-between">
            <p>Only while a protocol that it names is active. Until there are protocols here, it never applies.</p>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => set({ ...conditions, protocolIds: [] })}
            >
              Apply it without a protocol
            </Button>
          </Group>
        )}
      </Stack>
    </fieldset>
  )
}
