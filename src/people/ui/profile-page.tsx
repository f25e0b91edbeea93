// My profile and how I sign in: name and zone, password, second step, passkeys, and where I am signed in.

import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../kit/api.ts'
import { AppPage, Section } from '../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { showDone } from '../../kit/toast.tsx'
import { useViewer } from '../../kit/viewer.tsx'
import { ZoneSelect } from '../../kit/zone-select.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TwoFactorSection } from './two-factor-section.tsx'

export function ProfilePage() {
  return (
    <AppPage title="Profile & security" width="narrow">
      <Section title="Profile">
        <ProfileForm />
      </Section>
      <PasswordSection />
      <TwoFactorSection />
      <PasskeysSection />
      <SessionsSection />
    </AppPage>
  )
}

function ProfileForm() {
  const { user } = useViewer()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { name: user.name, timeZone: user.timeZone },
    validate: ({ name }) => ({ name: wants.text(name, 'A name') }),
    send: (values) => client.me.change(values),
    done: async () => {
      await refresh(queryClient, api.me, api.members)
      showDone('Profile saved')
    },
  })
  return (
    <ServerForm form={form} submit="Save profile" label="Profile">
      <TextInput label="Name" autoComplete="name" {...form.field('name')} />
      <TextInput label="E-mail address" value={user.email} readOnly description="You sign in with it." />
      <ZoneSelect
        label="Time zone"
        description="Times are shown in it. Without one, the zone of the browser counts."
        placeholder="Like the browser"
        clearable
        {...form.field('timeZone')}
      />
    </ServerForm>
  )
}
