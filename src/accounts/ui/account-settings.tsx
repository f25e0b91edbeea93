// Name, owner, deputy and time zone of an account; readable by everybody, changed by those who may.

import { SimpleGrid, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { PersonSelect } from '../../kit/person-select.tsx'
import { showDone } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { ZoneSelect } from '../../kit/zone-select.tsx'
import type { Account } from './use-accounts.ts'
import { useMemberNames } from './use-member-names.ts'

export function AccountSettings({ account }: { account: Account }) {
  const may = useMay()
  return may('accounts.change') ? <SettingsForm account={account} /> : <SettingsFacts account={account} />
}

function SettingsForm({ account }: { account: Account }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const { name, ownerId, deputyId, timeZone } = account
  const form = useServerForm({
    initialValues: { name, ownerId, deputyId, timeZone },
    validate: (values) => ({ name: wants.text(values.name, 'A name') }),
    send: (values) => client.accounts.change({ org: org.id, id: account.id, ...values }),
    done: async (changed) => {
      await refresh(queryClient, api.accounts, api.events)
      showDone(`${changed.name} is saved`)
    },
  })
  return (
    <ServerForm form={form} submit="Save" label="Settings of the account">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label="Name"
          description="How the account is called in Longrun."
          maxLength={120}
          {...form.field('name')}
        />
        <ZoneSelect
          label="Time zone"
          description="The clock of its weekly slots."
          allowDeselect={false}
          {...form.field('timeZone')}
        />
        <PersonSelect
          label="Owner"
          description="Is told when it needs somebody."
          placeholder="Nobody"
          {...form.field('ownerId')}
          value={form.values.values.ownerId}
        />
        <PersonSelect
          label="Deputy"
          description="Is told as well."
          placeholder="Nobody"
          {...form.field('deputyId')}
          value={form.values.values.deputyId}
        />
      </SimpleGrid>
    </ServerForm>
  )
}

function SettingsFacts({ account }: { account: Account }) {
  const nameOf = useMemberNames()
  const facts = {
    Owner: nameOf(account.ownerId) ?? 'Nobody',
    Deputy: nameOf(account.deputyId) ?? 'Nobody',
    'Time zone': account.timeZone.replaceAll('_', ' '),
  }
  return (
    <>
      <dl className="ac-facts">
        {Object.entries(facts).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="ac-small">Owners, admins and managers can change this.</p>
    </>
  )
}
