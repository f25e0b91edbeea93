// A further organisation, walled off from the others.

import { TextInput } from '@mantine/core'
import { client } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { browserZone } from '../../kit/viewer.tsx'
import { ZoneSelect } from '../../kit/zone-select.tsx'
import { useGoOn } from './after-sign-in.ts'

export function NewOrganisationPage() {
  const goOn = useGoOn()
  const form = useServerForm({
    initialValues: { name: '', timeZone: browserZone() },
    validate: ({ name }) => ({ name: wants.text(name, 'A name') }),
    send: (values) => client.me.createOrganisation(values),
    done: ({ slug }) => goOn(`/o/${slug}/today`),
  })
  return (
    <AppPage
      title="New organisation"
      description="Accounts, posts and people of one organisation are never seen in another. You become its owner."
      width="narrow"
    >
      <div className="lr-panel">
        <ServerForm
          form={form}
          submit="Create"
          label="New organisation"
          actions={
            <ButtonLink to="/" variant="subtle" color="gray">
              Cancel
            </ButtonLink>
          }
        >
          <TextInput label="Name" autoComplete="organization" autoFocus {...form.field('name')} />
          <ZoneSelect label="Time zone" allowDeselect={false} {...form.field('timeZone')} />
        </ServerForm>
      </div>
    </AppPage>
  )
}
