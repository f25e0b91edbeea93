// Changes the password, and ends the other sessions with it.

import { Checkbox, PasswordInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api, refresh } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { showDone } from '../../kit/toast.tsx'
import { changePassword } from './auth.ts'

export function PasswordSection() {
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { current: '', next: '', endOthers: true },
    validate: ({ current, next }) => ({
      current: wants.text(current, 'Your current password'),
      next: wants.newPassword(next),
    }),
    send: ({ current, next, endOthers }) => changePassword(current, next, endOthers),
    done: async () => {
      form.reset()
      await refresh(queryClient, api.me.sessions)
      showDone('Password changed')
    },
    fieldOfCode: { 'invalid-password': 'current', 'password-too-short': 'next', 'password-too-long': 'next' },
  })
  return (
    <Section title="Password">
      <ServerForm form={form} submit="Change password" label="Password">
        <PasswordInput label="Current password" autoComplete="current-password" {...form.field('current')} />
        <PasswordInput
          label="New password"
          description="At least 10 characters."
          autoComplete="new-password"
          {...form.field('next')}
        />
        <Checkbox label="Sign me out everywhere else" {...form.field('endOthers', { type: 'checkbox' })} />
      </ServerForm>
    </Section>
  )
}
