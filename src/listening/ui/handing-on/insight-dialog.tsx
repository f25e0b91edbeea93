// Makes an insight of a mention: handed to somebody with a reason, it waits for them under Kept.

import { Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { kindWords } from './hand-on-words.ts'
import { type Given, ReasonForm } from './reason-form.tsx'

const kind = 'insight'

export function InsightDialog({ mentionId, close }: { mentionId: string; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [assigneeId, setAssigneeId] = useState<string | null>(null)
  const hand = useMutation({
    mutationFn: ({ reason }: Given) =>
      client.handOns.add({ org: org.id, id: mentionId, kind, reason, assigneeId: assigneeId ?? org.memberId }),
    onSuccess: async ({ id, assignee }) => {
      close()
      await refresh(queryClient, api.handOns)
      showUndo(`It waits for ${assignee?.name ?? 'somebody'}`, async () => {
        await client.handOns.takeBack({ org: org.id, id })
        await refresh(queryClient, api.handOns)
      })
    },
  })
  const { title, help } = kindWords[kind]
  return (
    <Modal opened onClose={close} title={title}>
      <ReasonForm help={help} verb="Hand it on" doing={hand} close={close}>
        <PersonSelect
          label="For whom"
          placeholder="Somebody; you, where nobody is chosen"
          value={assigneeId}
          onChange={setAssigneeId}
        />
      </ReasonForm>
    </Modal>
  )
}
