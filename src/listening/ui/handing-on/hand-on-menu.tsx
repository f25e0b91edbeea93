// What can become of a mention: a bookmark, a brief, something to answer, an insight, evidence of an issue.

import { Button, Menu } from '@mantine/core'
import { IconBookmark, IconBulb, IconChevronDown, IconFlag, IconInbox, IconNotes } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { HandOnKind } from '../../handing-on/types.ts'
import { OpenIssueDialog } from '../issues/open-issue-dialog.tsx'
import { InsightDialog } from './insight-dialog.tsx'
import { SaveDialog } from './save-dialog.tsx'
import { TakeOverDialog } from './take-over-dialog.tsx'
import { useTaken } from './taken-over.tsx'

interface Props {
  mention: { id: string; network: string; topicIds: readonly string[] }
}

export function HandOnMenu({ mention }: Props) {
  const { id: mentionId, topicIds } = mention
  const org = useOrg()
  const may = useMay()
  const taken = useTaken(mentionId)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [asked, setAsked] = useState<HandOnKind | 'save' | 'issue' | null>(null)
  // What a colleague wrote there already is shown, not replaced by nothing.
  const saved = useQuery({
    ...api.savedMentions.list.queryOptions({ input: { org: org.id, mention: mentionId, limit: 1 } }),
    enabled: asked === 'save',
    ...{ gcTime: 0, staleTime: Number.POSITIVE_INFINITY },
  })
  useEffect(() => {
    if (!saved.isError) return
    showProblem(saved.error)
    setAsked(null)
  }, [saved.isError, saved.error])
  const brief = useMutation({
    mutationFn: () => client.handOns.brief({ org: org.id, id: mentionId }),
    onSuccess: async ({ briefId }) => {
      await refresh(queryClient, api.briefs)
      await navigate({ to: '/o/$slug/briefs/$briefId', params: { slug: org.slug, briefId } })
    },
    onError: (error) => showProblem(error),
  })
  if (!may('listening.brief')) return null
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            loading={brief.isPending}
            rightSection={<IconChevronDown size={14} />}
          >
            Hand on
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconBookmark size={16} />} onClick={() => setAsked('save')}>
            Bookmark
          </Menu.Item>
          {may('briefs.write') && (
            <Menu.Item leftSection={<IconNotes size={16} />} onClick={() => brief.mutate()}>
              Make a brief of it
            </Menu.Item>
          )}
          {may('inbox.answer') && !taken && (
            <Menu.Item leftSection={<IconInbox size={16} />} onClick={() => setAsked('inbox')}>
              Hand to the inbox
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconBulb size={16} />} onClick={() => setAsked('insight')}>
            Turn into an insight
          </Menu.Item>
          {may('issues.handle') && topicIds.length > 0 && (
            <Menu.Item leftSection={<IconFlag size={16} />} onClick={() => setAsked('issue')}>
              Put into an issue
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'save' && saved.isSuccess && (
        <SaveDialog mentionId={mentionId} before={saved.data.items[0]} close={() => setAsked(null)} />
      )}
      {asked === 'issue' && <OpenIssueDialog mention={{ id: mentionId, topicIds }} close={() => setAsked(null)} />}
      {asked === 'insight' && <InsightDialog mentionId={mentionId} close={() => setAsked(null)} />}
      {asked === 'inbox' && <TakeOverDialog mention={mention} close={() => setAsked(null)} />}
    </>
  )
}
