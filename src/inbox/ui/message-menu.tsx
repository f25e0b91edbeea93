// What the network lets us do with a message of somebody: each with its way back where there is one.

import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ModerationAction } from '../../connectors/converse.ts'
import { api, client, refresh } from '../../kit/api.ts'
import { useConfirm } from '../../kit/confirm-dialog.tsx'
import { showProblem, showUndo } from '../../kit/toast.tsx'
import { useAct } from '../../kit/use-act.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'

export const moderationWords: Record<ModerationAction, { label: string; done: string; back?: ModerationAction }> = {
  approve: { label: 'Approve it', done: 'Approved', back: 'hold' },
  hold: { label: 'Hold it back', done: 'Held back', back: 'approve' },
  spam: { label: 'It is spam', done: 'Marked as spam', back: 'approve' },
  hide: { label: 'Hide it', done: 'Hidden', back: 'unhide' },
  unhide: { label: 'Show it again', done: 'Shown again', back: 'hide' },
  delete: { label: 'Delete it at the network', done: 'Deleted at the network' },
  like: { label: 'Like it', done: 'Liked', back: 'unlike' },
  unlike: { label: 'Take the like back', done: 'Like taken back', back: 'like' },
  'mute-author': { label: 'Mute who said it', done: 'Muted', back: 'unmute-author' },
  'unmute-author': { label: 'Hear them again', done: 'Heard again', back: 'mute-author' },
  'block-author': { label: 'Block who said it', done: 'Blocked', back: 'unblock-author' },
  'unblock-author': { label: 'Unblock them', done: 'Unblocked', back: 'block-author' },
}

export function MessageMenu({ conversationId, messageId }: { conversationId: string; messageId: string }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const offers = useQuery(
    api.moderation.offers.queryOptions({ input: { org: org.id, id: conversationId }, staleTime: 600_000 }),
  )
  const moderation = may('inbox.moderate') ? (offers.data ?? []) : []
  const split = useSplit(conversationId, messageId)
  const act = async (action: ModerationAction): Promise<void> => {
    await client.moderation.act({ org: org.id, id: conversationId, messageId, action })
    await refresh(queryClient, api.conversations)
  }
  const confirm = useConfirm()
  if (moderation.length === 0 && !may('inbox.handle')) return null
  const run = async (action: ModerationAction) => {
    const { done, back } = moderationWords[action]
    if (action === 'delete')
      await confirm({
        title: 'Delete it at the network?',
        body: 'Nobody sees it any more, and it cannot be brought back.',
        ...{ action: 'Delete it', danger: true, run: () => act(action) },
      })
    else await act(action)
    if (back) showUndo(done, () => act(back))
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label="What can be done with it">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {moderation.map((action) => (
          <Menu.Item
            key={action}
            color={action === 'delete' ? 'red' : undefined}
            onClick={() => void run(action).catch(showProblem)}
          >
            {moderationWords[action].label}
          </Menu.Item>
        ))}
        {may('inbox.handle') && (
          <>
            {moderation.length > 0 && <Menu.Divider />}
            <Menu.Item onClick={() => split('one')}>Take it out into a conversation of its own</Menu.Item>
            <Menu.Item onClick={() => split('onward')}>Begin a new conversation from here on</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Taken out, and put back by one press. */
function useSplit(id: string, messageId: string): (what: 'one' | 'onward') => void {
  const org = useOrg()
  const made = useRef<string | null>(null)
  const split = useAct(
    api.conversations,
    async (what: 'one' | 'onward') => {
      const join = await client.conversationJoins.split({ org: org.id, id, messageId, what })
      made.current = join.id
    },
    {
      done: 'A conversation of its own',
      back: () => client.conversationJoins.undo({ org: org.id, id: made.current! }),
    },
  )
  return split.mutate
}
