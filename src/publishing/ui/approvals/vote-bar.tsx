// Two buttons for one thumb: approve at once, or say why not.

import { Button, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'

export type Vote = 'approve' | 'reject'

interface VoteBarProps {
  voted: Vote | null
  vote: (vote: Vote, reason: string) => Promise<unknown>
  refusing: boolean
  setRefusing: (open: boolean) => void
}

export function VoteBar({ voted, vote, refusing, setRefusing }: VoteBarProps) {
  const [reason, setReason] = useState('')
  const [working, setWorking] = useState<Vote | null>(null)
  const [error, setError] = useState<unknown>(null)
  const send = async (kind: Vote) => {
    setWorking(kind)
    setError(null)
    try {
      await vote(kind, kind === 'reject' ? reason.trim() : '')
      setRefusing(false)
      setReason('')
    } catch (caught) {
      setError(caught)
    }
    setWorking(null)
  }
  return (
    <>
      {!refusing && <ErrorPanel error={error} kept="Nothing was changed." />}
      <div className="ap-thumb">
        <Button size="lg" px="xs" variant="default" onClick={() => setRefusing(true)} disabled={working !== null}>
          Not like this
        </Button>
        <Button
          size="lg"
          color="done"
          onClick={() => void send('approve')}
          loading={working === 'approve'}
          disabled={voted === 'approve'}
        >
          {voted === 'approve' ? 'You approved it' : 'Approve'}
        </Button>
      </div>
      <Modal opened={refusing} onClose={() => setRefusing(false)} title="Why not?">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send('reject')
          }}
        >
          <Stack gap="md">
            <Textarea
              label="Reason"
              description="The author sees it and changes the post; it becomes a draft again."
              autosize
              minRows={3}
              maxLength={2000}
              required
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
            />
            <ErrorPanel error={error} kept="Nothing was changed." />
            <DialogActions
              close={() => setRefusing(false)}
              action="Do not approve"
              danger
              working={working === 'reject'}
              disabled={!reason.trim()}
            />
          </Stack>
        </form>
      </Modal>
    </>
  )
}
