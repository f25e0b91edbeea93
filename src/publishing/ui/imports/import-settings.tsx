// What the columns of a file mean, and what holds for rows that do not say it themselves. Each change is kept at once.

import { MultiSelect, Select, Table } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { ZoneSelect } from '../../../kit/zone-select.tsx'
import { DepartmentSelect } from '../../../people/ui/department-select.tsx'
import { type ImportField, type ImportSettings, importFields } from '../../imports/types.ts'
import { useCampaigns } from '../bulk/use-campaigns.ts'
import type { Import } from './import-page.tsx'
import { fieldWords } from './import-words.ts'

export function useChangeSettings({ id }: Import) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const queryKey = api.imports.read.queryKey({ input: { org: org.id, id } })
  const mutation = useMutation(
    api.imports.change.mutationOptions({
      // One after the other: each sends lists as a whole, so that the last one to arrive must be the last one meant.
      scope: { id: `import ${id}` },
      onError: (error) => {
        showProblem(error, 'What was set before still holds')
        return queryClient.invalidateQueries({ queryKey })
      },
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.imports.check.key() }),
    }),
  )
  /** Shown before the server has answered: the next change builds on this one, however long the line is. */
  return (settings: Partial<ImportSettings>) => {
    queryClient.setQueryData(queryKey, (it) => it && { ...it, settings: { ...it.settings, ...settings } })
    mutation.mutate({ org: org.id, id, settings })
  }
}

export function ImportSettingsForm({ it }: { it: Import }) {
  const change = useChangeSettings(it)
  const { mapping } = it.settings
  const map = (at: number, field: ImportField | null) =>
    // A meaning that another column had goes with it: no two columns mean the same.
    change({ mapping: mapping.map((old, other) => (other === at ? field : field && old === field ? null : old)) })
  return (
    <>
      <Section title="What the columns mean">
        <Table className="im-columns" aria-label="Columns">
          <Table.Tbody>
            {it.columns.map((name, at) => (
              <Table.Tr key={at}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td>
                  <Select
                    size="xs"
                    aria-label={`Meaning of ${name}`}
                    placeholder="Left out"
                    clearable
                    searchable
                    data={importFields.map((value) => ({ value, label: fieldWords[value] }))}
                    value={mapping[at] ?? null}
                    onChange={(value) => map(at, value as ImportField | null)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Section>
      <Section title="For rows that do not say it">
        <Defaults it={it} change={change} />
      </Section>
    </>
  )
}

function Defaults({ it, change }: { it: Import; change: (settings: Partial<ImportSettings>) => void }) {
  const { settings } = it
  const { all } = useAccounts()
  const campaigns = useCampaigns()
  const may = useMay()
  return (
    <div className="im-defaults">
      <MultiSelect
        label="Accounts"
        placeholder={settings.accountIds.length === 0 ? 'None' : undefined}
        searchable
        data={all.filter(({ publishes }) => publishes).map(({ id, name }) => ({ value: id, label: name }))}
        value={settings.accountIds}
        onChange={(accountIds) => change({ accountIds })}
      />
      <Select
        label="Campaign"
        placeholder="Always-on"
        clearable
        searchable
        data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        value={settings.campaignId}
        onChange={(campaignId) => change({ campaignId })}
      />
      <DepartmentSelect value={settings.departmentId} onChange={(departmentId) => change({ departmentId })} />
      <ZoneSelect
        label="Time zone"
        value={settings.zone}
        allowDeselect={false}
        onChange={(zone) => zone && change({ zone })}
      />
      <Select
        label="Days are written"
        allowDeselect={false}
        data={[
          { value: 'ymd', label: 'Year first' },
          { value: 'dmy', label: 'Day, month, year' },
          { value: 'mdy', label: 'Month, day, year' },
        ]}
        value={settings.dayOrder}
        onChange={(dayOrder) => change({ dayOrder: dayOrder as ImportSettings['dayOrder'] })}
      />
      <Select
        label="Posts become"
        description={may('posts.schedule') ? undefined : 'Your role does not schedule.'}
        allowDeselect={false}
        disabled={!may('posts.schedule')}
        data={[
          { value: 'draft', label: 'Drafts in the calendar' },
          { value: 'scheduled', label: 'Scheduled' },
        ]}
        value={settings.as}
        onChange={(as) => change({ as: as as ImportSettings['as'] })}
      />
    </div>
  )
}
