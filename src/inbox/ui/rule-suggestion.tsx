// A comment that seems to break a rule of its account: which and why, and what whoever moderates may do about it.

import { Button, Group } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ModerationAction } from '../../connectors/converse.ts'
import { api, client, type Output, refresh } from '../../kit/api.ts'
import { useAct } from '../../kit/use-act.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { moderationWords } from './message-menu.tsx'

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
const suggested = ['hide', 'hold'] as const

interface Props {
  conversationId: string
  suggestion: Suggested
}

export function RuleSuggestion({ conversationId, suggestion: { messageId, broken } }: Props) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const offers = useQuery(
    api.moderation.offers.queryOptions({ input: { org: org.id, id: conversationId }, staleTime: 600_000 }),
  )
  const place = { org: org.id, id: conversationId, messageId }
  const again = () => refresh(queryClient, api.conversations)
  const act = (action: ModerationAction) =>
    client.moderation.act({ ...place, action, rule: broken[0]!.rule }).then(again)
  const offered = suggested.find((action) => offers.data?.includes(action))
  const { label, done, back } = moderationWords[offered ?? 'hide']
  const moderate = useAct(api.communityRules, () => act(offered!), { done, back: () => act(back!) })
  const stand = useAct(api.communityRules, () => client.communityRules.letStand(place).then(again), {
    done: 'It may stand',
    back: () => client.communityRules.lookAgain(place).then(again),
  })
  const busy = moderate.isPending || stand.isPending
  return (
    <fieldset className="ib-broken" aria-label="Seems to break your rules">
      <p>
        <strong>Seems to break your rules:</strong> {broken.map(({ reason }) => reason).join('; ')}
      </p>
      <Group gap="xs">
        {offered && (
          <Button variant="default" size="compact-sm" disabled={busy} onClick={() => moderate.mutate()}>
            {label}
          </Button>
        )}
        <Button variant="subtle" color="gray" size="compact-sm" disabled={busy} onClick={() => stand.mutate()}>
          Let it stand
        </Button>
      </Group>
    </fieldset>
  )
}
