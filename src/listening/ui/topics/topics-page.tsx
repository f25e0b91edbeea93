// What is listened for: each topic with its query and what it brought in the last week.

import { Group } from '@mantine/core'
import { IconTargetArrow } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { type TopicKind, topicKinds } from '../../topics/types.ts'
import { ListenTabs } from '../listen-tabs.tsx'
import { TopicActions } from './topic-actions.tsx'
import { kindWords } from './topic-words.ts'

export type Topic = Output<typeof client.topics.read>

export function TopicsPage() {
  const org = useOrg()
  const may = useMay()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id }, refetchInterval: 30_000 }))
  const found = topics.data ?? []
  return (
    <AppPage
      title="Listen"
      description="What is said about you, your field and your competitors."
      actions={may('listening.change') && found.length > 0 && <AddTopic kind="brand" label="Add a topic" />}
    >
      <ListenTabs />
      {topics.isPending && <LoadingRows />}
      <ErrorPanel error={topics.error} retry={() => void topics.refetch()} />
      {topics.data?.length === 0 && <NoTopics mayAdd={may('listening.change')} />}
      {found.length > 0 && (
        <ul className="li-list" aria-label="Topics">
          {topicKinds.flatMap((kind) =>
            found.filter((topic) => topic.kind === kind).map((topic) => <TopicRow key={topic.id} topic={topic} />),
          )}
        </ul>
      )}
      {found.length > 0 && may('listening.change') && <StillMissing topics={found} />}
    </AppPage>
  )
}

function NoTopics({ mayAdd }: { mayAdd: boolean }) {
  const actions = (
    <Group gap="xs" justify="center">
      <AddTopic kind="brand" label="Your brand" />
      <AddTopic kind="competitor" label="A competitor" quiet />
      <AddTopic kind="product" label="A product" quiet />
    </Group>
  )
  return (
    <EmptyState
      title="Nothing is listened for yet"
      icon={<IconTargetArrow size={28} stroke={1.5} />}
      action={mayAdd && actions}
    >
      {mayAdd
        ? 'A topic says which words make a post matter to you. Begin with your brand: its name, tag and address are enough.'
        : 'An owner, admin or manager adds the first topic.'}
    </EmptyState>
  )
}

/** The three with which comparing begins. */
function StillMissing({ topics }: { topics: Topic[] }) {
  const missing = (['brand', 'competitor', 'product'] as const).filter(
    (kind) => !topics.some((topic) => topic.kind === kind),
  )
  if (missing.length === 0) return null
  return (
    <Group gap="xs">
      <span className="lr-dimmed">Still without:</span>
      {missing.map((kind) => (
        <AddTopic key={kind} kind={kind} label={kindWords[kind].label} quiet />
      ))}
    </Group>
  )
}

function AddTopic({ kind, label, quiet = false }: { kind: TopicKind; label: string; quiet?: boolean }) {
  const { slug } = useOrg()
  return (
    <ButtonLink
      to="/o/$slug/listen/topics/new"
      params={{ slug }}
      search={{ kind }}
      variant={quiet ? 'default' : 'filled'}
    >
      {label}
    </ButtonLink>
  )
}

function TopicRow({ topic }: { topic: Topic }) {
  const { slug } = useOrg()
  const { total, negative, judged } = topic.lastWeek
  const share =
    judged > 0 ? `, ${Math.round((negative / judged) * 100)} % of ${judged.toLocaleString()} judged negative` : ''
  return (
    <li className="lr-panel li-topic">
      <div>
        <div className="li-labels">
          <h2>
            <TextLink to="/o/$slug/listen/topics/$topicId" params={{ slug, topicId: topic.id }}>
              {topic.name}
            </TextLink>
          </h2>
          <Badge tone="slate">{kindWords[topic.kind].label}</Badge>
          {topic.pausedAt && <Badge tone="amber">Paused</Badge>}
        </div>
        <code className="li-topic-query" dir="auto">
          {topic.query}
        </code>
        <span className="lr-dimmed">
          {count(total, 'mention')} in seven days
          {share}
        </span>
      </div>
      <TopicActions topic={topic} />
    </li>
  )
}
