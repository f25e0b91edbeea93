// Begins a conversation with somebody by what they said last: a button, why, and the way there.

import { Button, Checkbox, Group, Modal, Stack, Textarea } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output, refresh, refusalOf } from '../../../kit/api.ts'
import { useMay } from '../../../kit/viewer.tsx'
import { refusalWords } from '../../../kit/words.ts'
import { TakeOverOutcome } from './take-over-dialog.tsx'

interface Given {
  reason: string
  anyway: boolean
}

interface Props {
  name: string
  begin: (given: Given) => Promise<Output<typeof client.beginning.withAuthor>>
}

export function BeginConversation({ name, begin }: Props) {
  const may = useMay()
  const [asked, setAsked] = useState(false)
  if (!may('inbox.answer')) return null
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconMessagePlus size={16} />}
        onClick={() => setAsked(true)}
      >
        Begin a conversation
      </Button>
      {asked && <BeginDialog name={name} begin={begin} close={() => setAsked(false)} />}
    </>
  )
}

function BeginDialog({ name, begin, close }: Props & { close: () => void }) {
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const [anyway, setAnyway] = useState(false)
  const begun = useMutation({
    mutationFn: () => begin({ reason, anyway }),
    onSuccess: async () => {
      await refresh(queryClient, api.conversations)
      await refresh(queryClient, api.takingOver)
    },
  })
  const refused = begun.error ? refusalOf(begun.error) : null
  return (
    <Modal opened onClose={close} title={`Begin a conversation with ${name}`}>
      {begun.data ? (
        <TakeOverOutcome outcome={begun.data} close={close} />
      ) : (
        <Stack gap="sm">
          <p className="lr-dimmed">You answer what they said last, and it is yours. It is counted as begun by you.</p>
          <Textarea
            label="Why"
            description="For colleagues; nobody outside sees it."
            autosize
            minRows={2}
            maxLength={1000}
            required
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {refused && (
            <p role="alert" className="lr-dimmed">
              {refusalWords(refused).what} {refusalWords(refused).next}
            </p>
          )}
          {(anyway || refused?.code === 'author-not-to-be-contacted') && (
            <Checkbox
              label="Begin all the same"
              checked={anyway}
              onChange={(event) => setAnyway(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button disabled={reason.trim() === ''} loading={begun.isPending} onClick={() => begun.mutate()}>
              Begin
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
