// Begins a conversation with somebody by what they said last: a button, why, and the way there.

import { Button, Modal, Stack } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output, refresh } from '../../../kit/api.ts'
import { useMay } from '../../../kit/viewer.tsx'
import { type Given, ReasonForm } from './reason-form.tsx'
import { TakeOverOutcome } from './take-over-dialog.tsx'

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
  const begun = useMutation({
    mutationFn: begin,
    onSuccess: async () => {
      await refresh(queryClient, api.conversations)
      await refresh(queryClient, api.takingOver)
    },
  })
  return (
    <Modal opened onClose={close} title={`Begin a conversation with ${name}`}>
      {begun.data ? (
        <TakeOverOutcome outcome={begun.data} close={close} />
      ) : (
        <Stack gap="sm">
          <p className="lr-dimmed">You answer what they said last, and it is yours. It is counted as begun by you.</p>
          <ReasonForm
            help="For colleagues; nobody outside sees it."
            verb="Begin"
            anywayLabel="Begin all the same"
            doing={begun}
            close={close}
          />
        </Stack>
      )}
    </Modal>
  )
}
