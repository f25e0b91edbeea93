// What people kept of what was said, and what was handed on and waits.

import { Button, Group, Switch } from '@mantine/core'
import { IconBookmark } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { allItems, api, client, type Output, paging } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { ListenTabs } from '../listen-tabs.tsx'
import { type Mention, MentionCard } from '../mentions/mention-card.tsx'
import { failureWords, kindWords } from './hand-on-words.ts'
import { SaveDialog } from './save-dialog.tsx'
import { TakenOver } from './taken-over.tsx'
import './kept.css'

type Saved = Output<typeof client.savedMentions.list>['items'][number]
type HandOn = Output<typeof client.handOns.list>['items'][number]

const route = getRouteApi('/o/$slug/listen/kept')

export function KeptPage() {
  const org = useOrg()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const topicName = (id: string) => topics.data?.find((topic) => topic.id === id)?.name ?? null
  return (
    <AppPage title="Listen" description="What is said about you, your field and your competitors.">
      <ListenTabs />
      <HandedOn topicName={topicName} />
      <Bookmarks topicName={topicName} />
    </AppPage>
  )
}

type TopicName = (id: string) => string | null

function HandedOn({ topicName }: { topicName: TopicName }) {
  const org = useOrg()
  const set = useSetSearch()
  const { handed } = route.useSearch()
  const isAll = handed === 'all'
  const list = useInfiniteQuery(
    api.handOns.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...{ org: org.id, cursor, limit: 30, state: isAll ? ('all' as const) : ('waiting' as const) },
      }),
      ...paging,
    }),
  )
  const found = allItems(list.data)
  return (
    <Section title="Handed on" description="Waits for somebody: to be answered, or to become an insight.">
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      <Switch
        label="Also what is done"
        checked={isAll}
        onChange={(event) => set({ handed: event.currentTarget.checked ? 'all' : null })}
      />
      {found?.length === 0 && <p className="lr-dimmed">{isAll ? 'Nothing was handed on yet.' : 'Nothing waits.'}</p>}
      <TakenOver ids={found?.map(({ mentionId }) => mentionId) ?? []}>
        <ul className="li-list" aria-label="Handed on">
          {found?.map((each) => (
            <HandedOnOne key={each.id} handOn={each} topicName={topicName} />
          ))}
        </ul>
      </TakenOver>
      <LoadMore list={list} />
    </Section>
  )
}

const states = {
  waiting: { label: 'Waiting', tone: 'amber' },
  'taken-over': { label: 'Taken over', tone: 'done' },
  'taken-back': { label: 'Taken back', tone: 'quiet' },
} as const

/** Handed on long before there was an inbox to go to. */
const isResting = ({ kind, state, failure, tryAgainAt }: HandOn): boolean =>
  kind === 'inbox' && state === 'waiting' && failure === null && tryAgainAt === null

function HandedOnOne({ handOn, topicName }: { handOn: HandOn; topicName: TopicName }) {
  const org = useOrg()
  const may = useMay()
  const back = useAct(api.handOns, () => client.handOns.takeBack({ org: org.id, id: handOn.id }))
  return (
    <Kept mention={handOn.mention} topicName={topicName}>
      <Badge tone={states[handOn.state].tone}>{states[handOn.state].label}</Badge>
      <Badge tone="slate">{kindWords[handOn.kind].short}</Badge>
      <span>
        {handOn.assignee && `For ${handOn.assignee.name}, `}
        {handOn.createdBy ? `from ${handOn.createdBy.name}` : 'by the rule of a topic'}{' '}
        <TimeText at={handOn.createdAt} relative />: {handOn.reason}
      </span>
      {handOn.failure && <span>{failureWords[handOn.failure]}</span>}
      {isResting(handOn) && <span>It does not go to the inbox by itself any more. Hand it on again to answer it.</span>}
      {may('listening.brief') && handOn.state === 'waiting' && (
        <Button variant="subtle" size="compact-xs" loading={back.isPending} onClick={() => back.mutate()}>
          Take back
        </Button>
      )}
    </Kept>
  )
}

function Bookmarks({ topicName }: { topicName: TopicName }) {
  const org = useOrg()
  const { tag } = route.useSearch()
  const set = useSetSearch()
  const tags = useQuery(api.savedMentions.tags.queryOptions({ input: { org: org.id } }))
  const list = useInfiniteQuery(
    api.savedMentions.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, tag, cursor, limit: 30 }),
      ...paging,
    }),
  )
  const found = allItems(list.data)
  return (
    <Section title="Bookmarks">
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {tags.data && tags.data.length > 0 && (
        <Group gap="xs" role="group" aria-label="Tags">
          {tags.data.map((each) => (
            <Button
              key={each.tag}
              variant={each.tag === tag ? 'filled' : 'default'}
              size="compact-sm"
              aria-pressed={each.tag === tag}
              onClick={() => set({ tag: each.tag === tag ? null : each.tag })}
            >
              {each.tag} · {each.count}
            </Button>
          ))}
        </Group>
      )}
      {found?.length === 0 && (
        <EmptyState title="Nothing is kept yet" order={3} icon={<IconBookmark size={28} stroke={1.5} />}>
          “Hand on” below a mention bookmarks it here with tags and a note.
        </EmptyState>
      )}
      <TakenOver ids={found?.map(({ mentionId }) => mentionId) ?? []}>
        <ul className="li-list" aria-label="Bookmarks">
          {found?.map((each) => (
            <BookmarkOne key={each.mentionId} saved={each} topicName={topicName} />
          ))}
        </ul>
      </TakenOver>
      <LoadMore list={list} />
    </Section>
  )
}

function BookmarkOne({ saved, topicName }: { saved: Saved; topicName: TopicName }) {
  const org = useOrg()
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const { mentionId, tags, note } = saved
  const input = { org: org.id, id: mentionId }
  const back = async () => {
    await client.savedMentions.save({ ...input, tags, note })
  }
  const undo = saved.mention ? { done: 'The bookmark is gone', back } : undefined
  const remove = useAct(api.savedMentions, () => client.savedMentions.remove(input), undo)
  return (
    <Kept mention={saved.mention} topicName={topicName}>
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {note && <span>{note}</span>}
      <span className="lr-dimmed">
        {saved.savedBy.name}, <TimeText at={saved.savedAt} relative />
      </span>
      {may('listening.brief') && (
        <>
          <Button variant="subtle" size="compact-xs" onClick={() => setEditing(true)}>
            Change
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            Remove
          </Button>
        </>
      )}
      {editing && <SaveDialog mentionId={mentionId} before={{ tags, note }} close={() => setEditing(false)} />}
    </Kept>
  )
}

interface KeptProps {
  mention: Mention | null
  topicName: TopicName
  children: ReactNode
}

function Kept({ mention, topicName, children }: KeptProps) {
  return (
    <li className="li-kept">
      <div className="li-labels">{children}</div>
      {mention ? (
        <ul className="li-list">
          <MentionCard mention={mention} topicName={topicName} />
        </ul>
      ) : (
        <p className="lr-dimmed">What was said was taken back, or is not kept any longer.</p>
      )}
    </li>
  )
}
