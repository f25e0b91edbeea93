// The second step of signing in: turn it on with an authenticator app, renew backup codes, turn it off.

import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../kit/form.tsx'
import { Badge } from '../../kit/state-badge.tsx'
import { showDone } from '../../kit/toast.tsx'
import { useViewer } from '../../kit/viewer.tsx'
import { beginTwoFactor, endTwoFactor, newBackupCodes, type TwoFactorSetUp } from './auth.ts'
import { BackupCodes } from './backup-codes.tsx'
import { TwoFactorSetUpSteps } from './two-factor-set-up.tsx'

type Task = 'turn-on' | 'renew' | 'turn-off'

const words: Record<Task, { title: string; submit: string; why: string }> = {
  'turn-on': { title: 'Turn on the second step', submit: 'Go on', why: 'First, your password.' },
  renew: { title: 'New backup codes', submit: 'Make new codes', why: 'The old codes stop working.' },
  'turn-off': {
    title: 'Turn off the second step',
    submit: 'Turn off',
    why: 'Then your password alone is enough to sign in.',
  },
}

export function TwoFactorSection() {
  const { user } = useViewer()
  const [task, setTask] = useState<Task | null>(null)
  return (
    <Section
      title="Second step"
      description="When you sign in with your password, a code of an authenticator app is asked for too."
      actions={user.twoFactorEnabled ? <Badge tone="done">On</Badge> : <Badge>Off</Badge>}
    >
      <Group gap="xs">
        {user.twoFactorEnabled ? (
          <>
            <Button variant="default" onClick={() => setTask('renew')}>
              New backup codes
            </Button>
            <Button variant="default" onClick={() => setTask('turn-off')}>
              Turn off
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setTask('turn-on')}>
            Turn on
          </Button>
        )}
      </Group>
      <Modal opened={task !== null} onClose={() => setTask(null)} title={task && words[task].title}>
        {task && <TaskSteps task={task} close={() => setTask(null)} />}
      </Modal>
    </Section>
  )
}

function TaskSteps({ task, close }: { task: Task; close: () => void }) {
  const queryClient = useQueryClient()
  const [setUp, setSetUp] = useState<TwoFactorSetUp | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const finish = async (message: string) => {
    await refresh(queryClient, api.me)
    showDone(message)
    close()
  }
  const withPassword = async (password: string) => {
    if (task === 'turn-on') setSetUp(await beginTwoFactor(password))
    else if (task === 'renew') setCodes((await newBackupCodes(password)).backupCodes)
    else {
      await endTwoFactor(password)
      await finish('The second step is off')
    }
  }
  if (setUp) return <TwoFactorSetUpSteps setUp={setUp} done={() => finish('The second step is on')} />
  if (codes) return <BackupCodes codes={codes} done={close} />
  return <AskPassword why={words[task].why} submit={words[task].submit} send={withPassword} close={close} />
}

function AskPassword({
  why,
  submit,
  send,
  close,
}: {
  why: string
  submit: string
  send: (password: string) => Promise<void>
  close: () => void
}) {
  const form = useServerForm({
    initialValues: { password: '' },
    validate: ({ password }) => ({ password: wants.text(password, 'Your password') }),
    send: ({ password }) => send(password),
    fieldOfCode: { 'invalid-password': 'password' },
  })
  return (
    <Stack gap="md">
      <Text size="sm">{why}</Text>
      <ServerForm form={form} submit={submit} label="Proof that it is you" close={close}>
        <PasswordInput label="Password" autoComplete="current-password" data-autofocus {...form.field('password')} />
      </ServerForm>
    </Stack>
  )
}
