// The first start: who owns this installation, and the first organisation.

import { PasswordInput, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { api, client } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { browserZone } from '../../kit/viewer.tsx'
import { ZoneSelect } from '../../kit/zone-select.tsx'
import { openSession, useGoOn } from './after-sign-in.ts'

export function WelcomePage() {
  const state = useQuery(api.installation.state.queryOptions())
  if (state.data?.hasOwner) return <Navigate to="/sign-in" replace />
  return (
    <AppPage
      title="Welcome to Longrun"
      description="Nobody uses this installation yet. You become its owner; others join by invitation."
      width="narrow"
    >
      <ErrorPanel error={state.error} retry={() => void state.refetch()} />
      {state.data && <SetUpForm />}
    </AppPage>
  )
}

function SetUpForm() {
  const goOn = useGoOn()
  const form = useServerForm({
    initialValues: { name: '', email: '', password: '', organisation: '', timeZone: browserZone() },
    validate: (values) => ({
      name: wants.text(values.name, 'Your name'),
      email: wants.email(values.email),
      password: wants.newPassword(values.password),
      organisation: wants.text(values.organisation, 'A name'),
    }),
    send: (values) => client.installation.setUp(values),
    done: async ({ organisation }, { email, password }) => {
      await openSession(email, password)
      await goOn(`/o/${organisation.slug}/today`)
    },
  })
  return (
    <div className="lr-panel">
      <ServerForm form={form} submit="Create and begin" label="First start" fullWidth>
        <TextInput label="Your name" autoComplete="name" autoFocus {...form.field('name')} />
        <TextInput label="Your e-mail address" type="email" autoComplete="username" {...form.field('email')} />
        <PasswordInput
          label="Password"
          description="At least 10 characters. A sentence is easy to remember."
          autoComplete="new-password"
          {...form.field('password')}
        />
        <TextInput
          label="Organisation"
          description="The company, club or office whose accounts you run. More can be added later."
          autoComplete="organization"
          {...form.field('organisation')}
        />
        <ZoneSelect
          label="Time zone of the organisation"
          description="Guessed from this browser."
          allowDeselect={false}
          {...form.field('timeZone')}
        />
        <Text size="sm" c="dimmed">
          Everything stays on this server.
        </Text>
      </ServerForm>
    </div>
  )
}
