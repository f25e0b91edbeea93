// Asks for a mail with which a new password can be set. The answer never tells whether the address is known.

import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { AppPage } from '../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { TextLink } from '../../kit/links.tsx'
import { askForNewPassword } from './auth.ts'

export function ForgottenPasswordPage() {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useServerForm({
    initialValues: { email: '' },
    validate: ({ email }) => ({ email: wants.email(email) }),
    send: ({ email }) => askForNewPassword(email.trim()),
    done: (_, { email }) => setSentTo(email.trim()),
  })
  return (
    <AppPage title="Forgotten password" width="narrow">
      <div className="lr-panel">
        {sentTo ? (
          <Text role="status">
            If {sentTo} is known here, a mail with a link is on its way. The link works for one hour; look also among
            unwanted mail.
          </Text>
        ) : (
          <ServerForm form={form} submit="Send me a link" label="Forgotten password" fullWidth>
            <TextInput label="E-mail address" type="email" autoComplete="username" autoFocus {...form.field('email')} />
          </ServerForm>
        )}
      </div>
      <TextLink to="/sign-in" size="sm">
        Back to the sign-in
      </TextLink>
    </AppPage>
  )
}
