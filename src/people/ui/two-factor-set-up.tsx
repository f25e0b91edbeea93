// Turning on the second step: scan, prove with one code, keep the backup codes.

import { Stack, Text, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { encode } from 'uqr'
import { CopyField } from '../../kit/copy-field.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { type TwoFactorSetUp, verifyCode } from './auth.ts'
import { BackupCodes } from './backup-codes.tsx'

export function TwoFactorSetUpSteps({ setUp, done }: { setUp: TwoFactorSetUp; done: () => Promise<void> }) {
  const [proven, setProven] = useState(false)
  const form = useServerForm({
    initialValues: { code: '' },
    validate: ({ code }) => ({ code: wants.text(code, 'The code') }),
    send: ({ code }) => verifyCode(code, false),
    done: () => setProven(true),
    fieldOfCode: { 'invalid-code': 'code' },
  })
  if (proven) return <BackupCodes codes={setUp.backupCodes} done={() => void done()} />
  const secret = new URL(setUp.totpURI).searchParams.get('secret') ?? ''
  return (
    <Stack gap="md">
      <Text size="sm">Scan this with your authenticator app.</Text>
      <QrCode text={setUp.totpURI} />
      <CopyField label="Or type this key" value={secret} />
      <ServerForm form={form} submit="Turn on" label="Prove the authenticator" kept="The second step is not on yet.">
        <TextInput
          label="Code the app shows now"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={9}
          data-autofocus
          {...form.field('code')}
        />
      </ServerForm>
    </Stack>
  )
}

/** Dark on white in both looks: scanners need it so. */
function QrCode({ text }: { text: string }) {
  const { data, size } = useMemo(() => encode(text, { border: 3 }), [text])
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width={200}
      height={200}
      role="img"
      aria-label="QR code with the key below"
      shapeRendering="crispEdges"
      style={{ alignSelf: 'center' }}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
