// Asks why before something is stopped; the reason is kept on the way of the post.

import { Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { DialogActions } from '../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'

interface ReasonDialogProps {
  opened: boolean
  close: () => void
  title: string
  text: string
  action: string
  /** Whether it cannot be done without one. */
  needed?: true
  run: (reason: string) => Promise<unknown>
}

export function ReasonDialog({ opened, close, title, text, action, needed, run }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async () => {
    setWorking(true)
    setError(null)
    try {
      await run(reason.trim())
      setReason('')
      close()
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          <Text size="sm">{text}</Text>
          <Textarea
            label="Why"
            description={`Shown to everybody who sees the post.${needed ? '' : ' May stay empty.'}`}
            required={needed}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <ErrorPanel error={error} kept="Nothing was changed." />
          <DialogActions close={close} action={action} working={working} disabled={needed && reason.trim() === ''} />
        </Stack>
      </form>
    </Modal>
  )
}
