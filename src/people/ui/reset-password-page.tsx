// Sets a new password with the link of the mail.

import { PasswordInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { Refused } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { showDone } from '../../kit/toast.tsx'
import { setNewPassword } from './auth.ts'

const route = getRouteApi('/outside/reset-password')

export function ResetPasswordPage() {
  const { token, error } = route.useSearch()
  return (
    <AppPage title="New password" width="narrow">
      {token && !error ? (
        <div className="lr-panel">
          <NewPasswordForm token={token} />
        </div>
      ) : (
        <ErrorPanel error={new Refused({ code: 'invalid-token' })}>
          <ButtonLink to="/forgotten-password" size="xs" variant="default">
            Ask for a new link
          </ButtonLink>
        </ErrorPanel>
      )}
    </AppPage>
  )
}

function NewPasswordForm({ token }: { token: string }) {
  const navigate = route.useNavigate()
  const form = useServerForm({
    initialValues: { newPassword: '' },
    validate: ({ newPassword }) => ({ newPassword: wants.newPassword(newPassword) }),
    send: ({ newPassword }) => setNewPassword(token, newPassword),
    done: async () => {
      showDone('The new password is set. Sign in with it.')
      await navigate({ to: '/sign-in' })
    },
  })
  return (
    <ServerForm form={form} submit="Set the password" label="New password" fullWidth>
      <PasswordInput
        label="New password"
        description="At least 10 characters."
        autoComplete="new-password"
        autoFocus
        {...form.field('newPassword')}
      />
    </ServerForm>
  )
}
