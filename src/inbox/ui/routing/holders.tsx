// Whose a conversation is: department and person. Out of a department it is handed with a reason.

import { Modal, Select, Stack, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { DialogActions } from '../../../kit/dialog-actions.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Conversation } from '../inbox-words.ts'
import { useWallWarning } from '../walls.tsx'

export function Holders({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const may = useMay()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const [handing, setHanding] = useState<{ to: string | null } | null>(null)
  const place = { org: org.id, id: conversation.id }
  const mayLoseSight = useWallWarning(conversation)
  const give = useAct(api.conversations, (to: { ownerId?: string | null; departmentId?: string | null }) =>
    client.conversations.assign({ ...place, ...to }),
  )
  if (!may('inbox.handle'))
    return (
      <p>{[conversation.department?.name, conversation.owner?.name].filter(Boolean).join(', ') || 'Nobody yet.'}</p>
    )
  const choices = (departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const handTo = async (to: string | null) => {
    if (!(await mayLoseSight(to))) return
    if (conversation.department) setHanding({ to })
    else give.mutate({ departmentId: to })
  }
  return (
    <>
      <Select
        label="Department"
        placeholder="None"
        clearable
        data={choices}
        value={conversation.department?.id ?? null}
        onChange={(to) => void handTo(to)}
      />
      <PersonSelect
        label="Who answers"
        placeholder="Nobody yet"
        value={conversation.owner?.id ?? null}
        onChange={(ownerId) => give.mutate({ ownerId })}
      />
      {handing && (
        <HandOn
          conversation={conversation}
          to={handing.to}
          name={choices.find(({ value }) => value === handing.to)?.label ?? null}
          close={() => setHanding(null)}
        />
      )}
    </>
  )
}

interface HandOnProps {
  conversation: Conversation
  to: string | null
  name: string | null
  close: () => void
}

function HandOn({ conversation, to, name, close }: HandOnProps) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [note, setNote] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [working, setWorking] = useState(false)
  const run = async () => {
    setWorking(true)
    setError(null)
    try {
      await client.conversations.assign({ org: org.id, id: conversation.id, departmentId: to, note })
      await refresh(queryClient, api.conversations, api.considered)
      close()
    } catch (caught) {
      setError(caught)
      setWorking(false)
    }
  }
  return (
    <Modal opened onClose={close} title={name ? `Hand it to ${name}` : 'Take it from its department'}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (note.trim()) void run()
        }}
      >
        <Stack gap="md">
          <Textarea
            label="Why"
            description="Those who get it read this first. Nobody outside sees it."
            autosize
            minRows={2}
            maxLength={4000}
            value={note}
            onChange={({ currentTarget: { value } }) => setNote(value)}
            data-autofocus
          />
          <ErrorPanel error={error} kept="It stays where it is; your words are still here." />
          <DialogActions close={close} action="Hand it on" working={working} disabled={!note.trim()} />
        </Stack>
      </form>
    </Modal>
  )
}
