// Makes an insight of a mention: handed to somebody with a reason, it waits for them under Kept.

import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { kindWords } from './hand-on-words.ts'

const kind = 'insight'

export function InsightDialog({ mentionId, close }: { mentionId: string; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [assigneeId, setAssigneeId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const hand = useMutation({
    mutationFn: () =>
      client.handOns.add({ org: org.id, id: mentionId, kind, reason, assigneeId: assigneeId ?? org.memberId }),
    onSuccess: async ({ id, assignee }) => {
      close()
      await refresh(queryClient, api.handOns)
      showUndo(`It waits for ${assignee?.name ?? 'somebody'}`, async () => {
        await client.handOns.takeBack({ org: org.id, id })
        await refresh(queryClient, api.handOns)
      })
    },
    onError: (error) => showProblem(error),
  })
  const { title, help } = kindWords[kind]
  return (
    <Modal opened onClose={close} title={title}>
      <Stack gap="sm">
        <PersonSelect
          label="For whom"
          placeholder="Somebody; you, where nobody is chosen"
          value={assigneeId}
          onChange={setAssigneeId}
        />
        <Textarea
          label="Why"
          description={help}
          autosize
          minRows={2}
          maxLength={1000}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button disabled={reason.trim() === ''} loading={hand.isPending} onClick={() => hand.mutate()}>
            Hand it on
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
