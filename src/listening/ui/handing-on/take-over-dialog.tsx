// Makes a conversation of a mention: who answers, by which account, and why; then the way there, or what keeps it waiting.

import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Output, refresh } from '../../../kit/api.ts'
import { ButtonLink } from '../../../kit/links.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { failureWords, kindWords } from './hand-on-words.ts'
import { type Given, ReasonForm } from './reason-form.tsx'

interface Props {
  mention: { id: string; network: string }
  close: () => void
}

export function TakeOverDialog({ mention, close }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const accounts = useQuery(api.accounts.list.queryOptions({ input: { org: org.id } }))
  const there = accounts.data?.filter(({ connector, state }) => connector === mention.network && state === 'connected')
  const [accountId, setAccountId] = useState<string | null>(null)
  const [assigneeId, setAssigneeId] = useState<string | null>(null)
  const take = useMutation({
    mutationFn: (given: Given) =>
      client.takingOver.take({ org: org.id, id: mention.id, assigneeId, accountId, ...given }),
    onSuccess: async () => {
      await refresh(queryClient, api.takingOver)
      await refresh(queryClient, api.handOns)
    },
  })
  const { title, help } = kindWords.inbox
  return (
    <Modal opened onClose={close} title={title}>
      {take.data ? (
        <TakeOverOutcome outcome={take.data} close={close} />
      ) : (
        <ReasonForm help={help} verb="Take it over" anywayLabel="Answer all the same" doing={take} close={close}>
          <PersonSelect
            label="Who answers"
            placeholder="Whoever the rules of the inbox find"
            value={assigneeId}
            onChange={setAssigneeId}
          />
          {there && there.length > 1 && (
            <Select
              label="By which account"
              placeholder={there[0]!.name}
              clearable
              data={there.map(({ id, name }) => ({ value: id, label: name }))}
              value={accountId}
              onChange={setAccountId}
            />
          )}
        </ReasonForm>
      )}
    </Modal>
  )
}

export function TakeOverOutcome({
  outcome,
  close,
}: {
  outcome: Output<typeof client.takingOver.take>
  close: () => void
}) {
  const { slug } = useOrg()
  const { failure, conversationId } = outcome
  return (
    <Stack gap="sm">
      <p>{wordsOf(outcome)}</p>
      {failure && <p className="lr-dimmed">It stands under Kept until then, and can be taken back there.</p>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          Close
        </Button>
        {conversationId && (
          <ButtonLink to="/o/$slug/inbox/$conversationId" params={{ slug, conversationId }}>
            Open the conversation
          </ButtonLink>
        )}
      </Group>
    </Stack>
  )
}

function wordsOf({ state, failure, conversationId }: Output<typeof client.takingOver.take>): string {
  if (failure) return failureWords[failure]
  if (state === 'waiting') return 'It goes to the inbox within a minute.'
  return conversationId
    ? 'It is a conversation of the inbox now.'
    : 'A department has it whose conversations are seen by its members alone.'
}
