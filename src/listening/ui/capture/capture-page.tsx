// Capture by hand: the form, the link for the bookmarks bar, and what was captured lately.

import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { allItems, api, client, type Output, paging } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { ListenTabs } from '../listen-tabs.tsx'
import { sentimentWords } from '../listen-words.ts'
import { TopicBadges } from '../topic-badges.tsx'
import { Bookmarklet } from './bookmarklet.tsx'
import { CaptureForm } from './capture-form.tsx'
import { channelWords } from './capture-words.ts'
import './capture.css'

const route = getRouteApi('/o/$slug/listen/capture')

export function CapturePage() {
  const org = useOrg()
  const may = useMay()
  const { text = '', title = '', url = '' } = route.useSearch()
  const [again, setAgain] = useState(0)
  return (
    <AppPage
      title="Capture"
      crumbs={[
        <TextLink key="listen" inherit to="/o/$slug/listen" params={{ slug: org.slug }}>
          Listen
        </TextLink>,
      ]}
      description="What was said where no machine listens: at a meetup, in a shop, on the phone. It is understood and counted like everything else."
      actions={
        <ButtonLink variant="default" to="/o/$slug/listen/capture/files" params={{ slug: org.slug }}>
          From a file
        </ButtonLink>
      }
    >
      <ListenTabs />
      {may('listening.capture') ? (
        <div className="ca-sides">
          <div className="lr-panel">
            <CaptureForm
              key={again}
              prefilled={again === 0 ? { text, title, url } : { text: '', title: '', url: '' }}
              done={() => setAgain(again + 1)}
            />
          </div>
          <Bookmarklet />
        </div>
      ) : (
        <p>Owners, admins, managers and contributors capture; you see here what they brought.</p>
      )}
      <Section title="Captured lately">
        <Captured />
      </Section>
    </AppPage>
  )
}

type Capture = Output<typeof client.captures.list>['items'][number]

function Captured() {
  const org = useOrg()
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const list = useInfiniteQuery(
    api.captures.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 20 }),
      ...paging,
    }),
  )
  const items = allItems(list.data)
  const topicName = (id: string) => topics.data?.find((topic) => topic.id === id)?.name
  return (
    <>
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && (
        <EmptyState title="Nothing was captured yet" icon={<IconPencil size={28} stroke={1.5} />}>
          The next thing that a customer tells you in person can be the first.
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <ul className="li-list" aria-label="Captured lately">
          {items.map((item) => (
            <Item key={item.id} item={item} topicName={topicName} />
          ))}
        </ul>
      )}
      <LoadMore list={list} />
    </>
  )
}

function Item({ item, topicName }: { item: Capture; topicName: (id: string) => string | undefined }) {
  const org = useOrg()
  const may = useMay()
  const takeBack = useAct(api.captures, () => client.captures.remove({ org: org.id, id: item.id }))
  const mood = item.sentiment === null ? null : sentimentWords[String(item.sentiment)]
  return (
    <li className="lr-panel li-mention">
      <div className="li-from">
        <strong>{item.author ?? 'Nobody named'}</strong>
        <span>{[channelWords[item.channel], item.place].filter(Boolean).join(', ')}</span>
        <TimeText at={item.at} relative />
      </div>
      <p dir="auto">{item.text}</p>
      {item.note && <p className="ca-note">Note: {item.note}</p>}
      <div className="li-labels">
        <TopicBadges ids={item.topicIds} topicName={topicName} />
        {mood && <Badge tone={mood.tone}>{mood.label}</Badge>}
        <span className="ca-by">
          by {item.capturedBy.name || 'somebody'}
          {item.importId && ', from a file'}
        </span>
        {may('listening.capture') && (
          <Button variant="subtle" size="compact-xs" onClick={() => takeBack.mutate()} loading={takeBack.isPending}>
            Take back
          </Button>
        )}
      </div>
    </li>
  )
}
