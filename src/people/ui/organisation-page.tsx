// Name and time zone of the organisation.

import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { showDone } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { ZoneSelect } from '../../kit/zone-select.tsx'

export function OrganisationPage() {
  const org = useOrg()
  const may = useMay()
  return (
    <AppPage
      title="Organisation"
      description={
        <>
          Since <TimeText at={org.createdAt} style="date" />.
          {!may('organisation.change') && ' Owners and admins can change it.'}
        </>
      }
      width="narrow"
    >
      {may('organisation.change') ? <OrganisationForm /> : <OrganisationFacts />}
    </AppPage>
  )
}

function OrganisationForm() {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { name: org.name, timeZone: org.timeZone },
    validate: ({ name }) => ({ name: wants.text(name, 'A name') }),
    send: (values) => client.organisation.change({ org: org.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.me, api.organisation)
      showDone('Organisation saved')
    },
  })
  return (
    <ServerForm form={form} submit="Save" label="Organisation">
      <TextInput label="Name" {...form.field('name')} />
      <ZoneSelect
        label="Time zone"
        description="New accounts begin with it; each account can have its own."
        allowDeselect={false}
        {...form.field('timeZone')}
      />
      <TextInput label="Short name in addresses" value={org.slug} readOnly />
      <TextInput label="Id for the API" value={org.id} readOnly />
    </ServerForm>
  )
}

function OrganisationFacts() {
  const org = useOrg()
  return (
    <dl className="lr-card-details">
      <div>
        <dt>Name</dt>
        <dd>{org.name}</dd>
      </div>
      <div>
        <dt>Time zone</dt>
        <dd>{org.timeZone}</dd>
      </div>
    </dl>
  )
}
