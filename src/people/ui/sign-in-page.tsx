// Sign-in: password with a second step where it is on, passkey, or the organisation's own sign-in.

import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconFingerprint, IconLogin2 } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, Refused } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { TextLink } from '../../kit/links.tsx'
import { hasWords } from '../../kit/words.ts'
import { useGoOn } from './after-sign-in.ts'
import { safePath, signInAtProvider, signInWithPassword } from './auth.ts'
import { passkeysWork, signInWithPasskey } from './passkeys.ts'
import { SecondStep } from './second-step.tsx'

const route = getRouteApi('/outside/sign-in')

export function SignInPage() {
  const { to, error } = route.useSearch()
  const state = useQuery(api.installation.state.queryOptions())
  const [secondStep, setSecondStep] = useState(false)
  const goOn = useGoOn()
  if (state.data && !state.data.hasOwner) return <Navigate to="/welcome" replace />
  const done = () => goOn(to)
  if (secondStep) return <SecondStep done={done} back={() => setSecondStep(false)} />
  return (
    <AppPage title="Sign in" width="narrow">
      {error && <ErrorPanel error={providerRefusal(error)} />}
      <div className="lr-panel">
        <Stack gap="md">
          <PasswordForm done={done} askSecondStep={() => setSecondStep(true)} mail={state.data?.mail ?? false} />
          <OtherWays to={safePath(to)} oidcName={state.data?.oidcName ?? null} done={done} />
        </Stack>
      </div>
    </AppPage>
  )
}

const providerRefusal = (error: string): Refused =>
  hasWords(`provider-${error}`)
    ? new Refused({ code: `provider-${error}` })
    : new Refused({ code: 'provider-refused', params: { reason: error } })

interface PasswordFormProps {
  done: () => Promise<void>
  askSecondStep: () => void
  mail: boolean
}

function PasswordForm({ done, askSecondStep, mail }: PasswordFormProps) {
  const form = useServerForm({
    initialValues: { email: '', password: '' },
    validate: ({ email, password }) => ({ email: wants.email(email), password: wants.text(password, 'Your password') }),
    send: ({ email, password }) => signInWithPassword(email.trim(), password),
    done: (next) => (next === 'second-step' ? askSecondStep() : done()),
  })
  return (
    <ServerForm form={form} submit="Sign in" label="Sign in with a password" fullWidth kept={null}>
      <TextInput
        label="E-mail address"
        type="email"
        autoComplete="username webauthn"
        autoFocus
        {...form.field('email')}
      />
      <PasswordInput label="Password" autoComplete="current-password" {...form.field('password')} />
      {mail && (
        <TextLink to="/forgotten-password" size="sm">
          Forgotten the password?
        </TextLink>
      )}
    </ServerForm>
  )
}

function OtherWays({ to, oidcName, done }: { to: string; oidcName: string | null; done: () => Promise<void> }) {
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: done })
  const provider = useMutation({ mutationFn: () => signInAtProvider(to) })
  if (!oidcName && !passkeysWork()) return null
  return (
    <>
      <Divider label="or" />
      {passkeysWork() && (
        <Button
          variant="default"
          leftSection={<IconFingerprint size={18} />}
          loading={passkey.isPending}
          onClick={() => passkey.mutate()}
        >
          Sign in with a passkey
        </Button>
      )}
      {oidcName && (
        <Button
          variant="default"
          leftSection={<IconLogin2 size={18} />}
          loading={provider.isPending}
          onClick={() => provider.mutate()}
        >
          {`Sign in with ${oidcName}`}
        </Button>
      )}
      <ErrorPanel error={passkey.error ?? provider.error} />
    </>
  )
}
