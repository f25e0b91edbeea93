// A comment that seems to break a rule of its account: which and why, and what whoever moderates may do about it.

import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ModerationAction } from '../../connectors/converse.ts'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { showProblem, showUndo } from '../../kit/toast.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'

type Suggested = Output<typeof client.communityRules.suggestions>['items'][number]

/** Of the comments of a conversation; nothing for those who do not moderate. */
export function useSuggestions(conversationId: string): (messageId: string) => Suggested | undefined {
  const org = useOrg()
  const may = useMay()
  const found = useQuery({
    ...api.communityRules.suggestions.queryOptions({ input: { org: org.id, id: conversationId } }),
    enabled: may('inbox.moderate'),
  })
  return (messageId) => found.data?.items.find((each) => each.messageId === messageId)
}

/** The mildest that is offered stands first; what cannot be taken back is never suggested. */
const suggested = [
  { action: 'hide', back: 'unhide', label: 'Hide it', done: 'Hidden' },
  { action: 'hold', back: 'approve', label: 'Hold it back', done: 'Held back' },
] as const satisfies { action: ModerationAction; back: ModerationAction; label: string; done: string }[]

interface Props {
  conversationId: string
  suggestion: Suggested
}

export function RuleSuggestion({ conversationId, suggestion: { messageId, broken } }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const [busy, setBusy] = useState(false)
  const offers = useQuery(
    api.moderation.offers.queryOptions({ input: { org: org.id, id: conversationId }, staleTime: 600_000 }),
  )
  const place = { org: org.id, id: conversationId, messageId }
  const again = () => refresh(queryClient, api.communityRules, api.conversations)
  const act = (action: ModerationAction) =>
    client.moderation.act({ ...place, action, rule: broken[0]!.rule }).then(again)
  const run = (work: () => Promise<unknown>, done: string, back: () => Promise<unknown>) => async () => {
    setBusy(true)
    try {
      await work()
      showUndo(done, back)
    } catch (error) {
      showProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const offered = suggested.find(({ action }) => offers.data?.includes(action))
  const stand = () => client.communityRules.letStand(place).then(again)
  const lookAgain = () => client.communityRules.lookAgain(place).then(again)
  return (
    <fieldset className="ib-broken" aria-label="Seems to break your rules">
      <p>
        <strong>Seems to break your rules:</strong> {broken.map(({ reason }) => reason).join('; ')}
      </p>
      <Group gap="xs">
        {offered && (
          <Button
            variant="default"
            size="compact-sm"
            disabled={busy}
            onClick={run(
              () => act(offered.action),
              offered.done,
              () => act(offered.back),
            )}
          >
            {offered.label}
          </Button>
        )}
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          disabled={busy}
          onClick={run(stand, 'It may stand', lookAgain)}
        >
          Let it stand
        </Button>
      </Group>
    </fieldset>
  )
}
