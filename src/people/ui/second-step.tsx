// The second step of signing in: a code of the authenticator app, or one of the backup codes.

import { Anchor, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { AppPage } from '../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { verifyBackupCode, verifyCode } from './auth.ts'

export function SecondStep({ done, back }: { done: () => Promise<void>; back: () => void }) {
  const [backup, setBackup] = useState(false)
  const description = backup
    ? 'Each backup code works once.'
    : 'Open your authenticator app and type the code it shows for Longrun.'
  return (
    <AppPage title="One more step" description={description} width="narrow">
      <div className="lr-panel">
        <CodeForm key={String(backup)} backup={backup} done={done} />
      </div>
      <p className="lr-dimmed">
        <Anchor component="button" type="button" size="sm" onClick={() => setBackup(!backup)}>
          {backup ? 'Use the authenticator app' : 'Use a backup code'}
        </Anchor>{' '}
        ·{' '}
        <Anchor component="button" type="button" size="sm" onClick={back}>
          Begin again
        </Anchor>
      </p>
    </AppPage>
  )
}

function CodeForm({ backup, done }: { backup: boolean; done: () => Promise<void> }) {
  const form = useServerForm({
    initialValues: { code: '', trust: false },
    validate: ({ code }) => ({ code: wants.text(code, 'The code') }),
    send: ({ code, trust }) => (backup ? verifyBackupCode(code, trust) : verifyCode(code, trust)),
    done,
  })
  return (
    <ServerForm form={form} submit="Go on" label="Second step" fullWidth kept={null}>
      <TextInput
        label={backup ? 'Backup code' : 'Code'}
        autoFocus
        autoComplete="one-time-code"
        inputMode={backup ? 'text' : 'numeric'}
        maxLength={backup ? 40 : 9}
        {...form.field('code')}
      />
      <Checkbox label="Do not ask on this device for 30 days" {...form.field('trust', { type: 'checkbox' })} />
    </ServerForm>
  )
}
