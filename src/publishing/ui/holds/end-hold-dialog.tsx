// Ends a hold: what lies ahead goes on by itself; for what was missed the person chooses.

import { Modal, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import type { Hold } from './use-active-holds.ts'
import '@mantine/core/styles/NumberInput.css'

interface EndHoldDialogProps {
  hold: Hold
  opened: boolean
  close: () => void
}

export function EndHoldDialog({ hold, opened, close }: EndHoldDialogProps) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [missed, setMissed] = useState<'ask' | 'send'>('ask')
  const [minutes, setMinutes] = useState(10)
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const end = async () => {
    setWorking(true)
    setError(null)
    try {
      const ended = await client.holds.end({ org: org.id, id: hold.id, missed, spacingMinutes: minutes })
      await refresh(queryClient, api.holds, api.posts)
      showDone(ended.missed > 0 ? 'The hold has ended. Decide what becomes of missed posts.' : 'The hold has ended')
      close()
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  return (
    <Modal opened={opened} onClose={close} title="End the hold?">
      <Stack gap="md">
        <Text size="sm">
          Posts whose time lies ahead go out at their time again, unless another hold binds them. Posts whose time has
          passed meanwhile:
        </Text>
        <Radio.Group
          label="What was missed"
          value={missed}
          onChange={(value) => setMissed(value === 'send' ? 'send' : 'ask')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="ask" label="Stays held; somebody decides post by post" />
            <Radio value="send" label="Goes out now, one after the other" />
          </Stack>
        </Radio.Group>
        {missed === 'send' && <SpacingInput minutes={minutes} setMinutes={setMinutes} />}
        <ErrorPanel error={error} kept="The hold goes on." />
        <DialogActions close={close} action="End the hold" run={end} working={working} />
      </Stack>
    </Modal>
  )
}

export function SpacingInput({ minutes, setMinutes }: { minutes: number; setMinutes: (minutes: number) => void }) {
  return (
    <NumberInput
      label="Minutes in between"
      description="Between two posts of the same account"
      w={260}
      min={0}
      max={10_080}
      allowDecimal={false}
      value={minutes}
      onChange={(value) => setMinutes(typeof value === 'number' ? value : 0)}
    />
  )
}
