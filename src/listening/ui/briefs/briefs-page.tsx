// Weekly listening briefs, newest week first: drafts that wait for words, published ones with how many have read them.

import { Button } from '@mantine/core'
import { IconNotes } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { allItems, api, type client, type Output, paging, refresh } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { Badge, type Tone } from '../../../kit/state-badge.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { ListenTabs } from '../listen-tabs.tsx'

type Brief = Output<typeof client.listeningBriefs.list>['items'][number]

export const stateWords: Record<Brief['state'], { label: string; tone: Tone }> = {
  draft: { label: 'Draft', tone: 'amber' },
  published: { label: 'Published', tone: 'done' },
  withdrawn: { label: 'Taken back', tone: 'quiet' },
}

export function BriefsPage() {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.listeningBriefs.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 30 }),
      ...paging,
    }),
  )
  const found = allItems(list.data)
  return (
    <AppPage
      title="Listen"
      description="What is said about you, your field and your competitors."
      actions={found && found.length > 0 && <AskForDraft />}
    >
      <ListenTabs />
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {found?.length === 0 && (
        <EmptyState title="No brief yet" icon={<IconNotes size={28} stroke={1.5} />} action={<AskForDraft />}>
          Each Monday Longrun puts the figures of the week together; people write what they mean, and whoever should
          know gets it by mail.
        </EmptyState>
      )}
      {found && found.length > 0 && (
        <ul className="li-list" aria-label="Listening briefs">
          {found.map((brief) => (
            <Row key={brief.id} brief={brief} />
          ))}
        </ul>
      )}
      <LoadMore list={list} />
    </AppPage>
  )
}

function AskForDraft() {
  const org = useOrg()
  const may = useMay()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const ask = useMutation(
    api.listeningBriefs.draft.mutationOptions({
      onSuccess: async ({ id }) => {
        await refresh(queryClient, api.listeningBriefs)
        await navigate({ to: '/o/$slug/listen/briefs/$briefId', params: { slug: org.slug, briefId: id } })
      },
      onError: (error) => showProblem(error),
    }),
  )
  if (!may('listening.brief')) return null
  return (
    <Button loading={ask.isPending} onClick={() => ask.mutate({ org: org.id })}>
      Brief of last week
    </Button>
  )
}

function Row({ brief }: { brief: Brief }) {
  const { slug } = useOrg()
  const { label, tone } = stateWords[brief.state]
  return (
    <li className="lr-panel li-topic">
      <div>
        <div className="li-labels">
          <h2>
            <TextLink to="/o/$slug/listen/briefs/$briefId" params={{ slug, briefId: brief.id }}>
              {brief.weekText}
            </TextLink>
          </h2>
          <Badge tone={tone}>{label}</Badge>
        </div>
        <span className="lr-dimmed">
          {brief.state === 'draft'
            ? 'The figures are there; it waits for words.'
            : `${brief.read} of ${brief.readers} have read it${brief.publishedBy ? `; published by ${brief.publishedBy.name}` : ''}.`}
        </span>
      </div>
    </li>
  )
}
