// What is said, as it is said: live or looked up, narrowed by words, topic and what is known of it.

import { Button, Select, Switch } from '@mantine/core'
import { IconEar, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { allItems, api, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { SearchInput } from '../../../kit/search-input.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useTyped } from '../../../kit/use-typed.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { TakenOver } from '../handing-on/taken-over.tsx'
import { ListenTabs } from '../listen-tabs.tsx'
import { FacetList } from './facet-list.tsx'
import { foldSame, unfolded } from './fold.ts'
import { type Mention, MentionCard } from './mention-card.tsx'
import { askedOf, isNarrowed, type MentionSearch, searchNames, searchOf } from './mention-search.ts'
import { Narrowed } from './narrowed.tsx'
import { type Live, useLive } from './use-live.ts'

const route = getRouteApi('/o/$slug/listen')

export function MentionsPage() {
  const org = useOrg()
  const search = searchOf(route.useSearch())
  const topics = useQuery(api.topics.list.queryOptions({ input: { org: org.id } }))
  const sources = useQuery(api.listeningSources.list.queryOptions({ input: { org: org.id } }))
  const [live, setLive] = useState(false)
  const [paused, setPaused] = useState(false)
  // Live shows everything of a topic; narrowing is for looking up.
  const narrowed = isNarrowed(search)
  const following = useLive({ org: org.id, topic: search.topic, on: live && !narrowed, paused })
  const topicName = (id: string) => topics.data?.find((topic) => topic.id === id)?.name ?? null
  const nothingYet = sources.data?.length === 0 && topics.data?.length === 0
  return (
    <AppPage
      title="Listen"
      description="What is said about you, your field and your competitors."
      actions={<CaptureLink />}
    >
      <ListenTabs />
      <ErrorPanel error={topics.error ?? sources.error} retry={() => void topics.refetch()} />
      {nothingYet ? (
        <NothingYet />
      ) : (
        <>
          <div className="li-bar">
            <SearchField />
            <TopicSelect topics={topics.data ?? []} />
            <LiveSwitch
              live={live && !narrowed}
              allowed={!narrowed}
              following={following}
              paused={paused}
              setLive={setLive}
              setPaused={setPaused}
            />
            <FoldSwitch search={search} />
          </div>
          <div className="li-split">
            <div>
              <Narrowed search={search} />
              {live && !narrowed && (
                <LiveList following={following} topicName={topicName} fold={search.fold !== 'no'} />
              )}
              <FoundList search={search} hide={new Set(following.mentions.map(({ id }) => id))} topicName={topicName} />
            </div>
            <FacetList search={search} />
          </div>
        </>
      )}
    </AppPage>
  )
}

function CaptureLink() {
  const { slug } = useOrg()
  const may = useMay()
  return (
    may('listening.capture') && (
      <ButtonLink variant="default" to="/o/$slug/listen/capture" params={{ slug }}>
        Capture by hand
      </ButtonLink>
    )
  )
}

function SearchField() {
  const { q } = route.useSearch()
  const set = useSetSearch()
  const [typed, setTyped] = useTyped(q, (words) => set({ q: words }))
  return (
    <SearchInput
      label="Search in what was said"
      placeholder={'Words, "a phrase", -without, #tag, @handle'}
      typed={typed}
      change={setTyped}
    />
  )
}

function TopicSelect({ topics }: { topics: { id: string; name: string }[] }) {
  const { topic } = route.useSearch()
  const set = useSetSearch()
  return (
    <Select
      aria-label="Topic"
      placeholder="All topics"
      clearable
      searchable
      data={topics.map(({ id, name }) => ({ value: id, label: name }))}
      value={topic ?? null}
      onChange={(value) => set({ topic: value })}
    />
  )
}

interface LiveSwitchProps {
  live: boolean
  allowed: boolean
  following: Live
  paused: boolean
  setLive: (on: boolean) => void
  setPaused: (on: boolean) => void
}

function LiveSwitch({ live, allowed, following, paused, setLive, setPaused }: LiveSwitchProps) {
  return (
    <div className="li-live">
      <Switch
        label={live && following.state === 'lost' ? 'Live: connecting again' : 'Live'}
        checked={live}
        disabled={!allowed}
        description={allowed ? undefined : 'Without filters'}
        onChange={(event) => setLive(event.currentTarget.checked)}
      />
      {live && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? 'Go on' : 'Pause'}
        </Button>
      )}
    </div>
  )
}

function FoldSwitch({ search }: { search: MentionSearch }) {
  const set = useSetSearch()
  return (
    <Switch
      label="Fold what is the same"
      checked={search.fold !== 'no'}
      onChange={(event) => set({ fold: event.currentTarget.checked ? null : 'no' })}
    />
  )
}

type TopicName = (id: string) => string | null

function LiveList({ following, topicName, fold }: { following: Live; topicName: TopicName; fold: boolean }) {
  const { mentions, held, showHeld } = following
  return (
    <>
      {held > 0 && (
        <Button className="li-new" variant="light" onClick={showHeld} fullWidth mb="sm">
          Show {held.toLocaleString()} new
        </Button>
      )}
      {mentions.length > 0 && (
        <ul className="li-list" aria-label="As it is said" style={{ marginBottom: 12 }}>
          {(fold ? foldSame : unfolded)(mentions).map(({ mention, more }) => (
            <MentionCard key={mention.id} mention={mention} topicName={topicName} more={more} />
          ))}
        </ul>
      )}
    </>
  )
}

function FoundList({ search, hide, topicName }: { search: MentionSearch; hide: Set<string>; topicName: TopicName }) {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.mentions.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, ...askedOf(search), cursor, limit: 30 }),
      ...paging,
    }),
  )
  const found = allItems(list.data)?.filter((mention: Mention) => !hide.has(mention.id))
  if (list.isPending) return <LoadingRows />
  return (
    <>
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {found?.length === 0 && hide.size === 0 && (
        <NothingFound narrowed={isNarrowed(search) || search.topic !== undefined} />
      )}
      {found && found.length > 0 && (
        <TakenOver ids={found.map(({ id }) => id)}>
          <ul className="li-list" aria-label="Mentions">
            {(search.fold === 'no' ? unfolded(found).map(({ mention }) => mention) : found).map((mention) => (
              <MentionCard key={mention.id} mention={mention} topicName={topicName} />
            ))}
          </ul>
        </TakenOver>
      )}
      <LoadMore list={list} mt="md" />
    </>
  )
}

function NothingFound({ narrowed }: { narrowed: boolean }) {
  const set = useSetSearch()
  if (narrowed)
    return (
      <EmptyState
        title="Nothing like that was heard"
        icon={<IconEar size={28} stroke={1.5} />}
        action={
          <Button variant="default" onClick={() => set(Object.fromEntries(searchNames.map((name) => [name, null])))}>
            Show everything
          </Button>
        }
      >
        Other words or fewer filters may find it.
      </EmptyState>
    )
  return (
    <EmptyState title="Nothing was heard yet" icon={<IconEar size={28} stroke={1.5} />}>
      What matches a topic appears here within seconds of being said.
    </EmptyState>
  )
}

function NothingYet() {
  const { slug } = useOrg()
  const may = useMay()
  return (
    <EmptyState
      title="Begin by listening"
      icon={<IconEar size={28} stroke={1.5} />}
      action={
        may('listening.change') && (
          <ButtonLink to="/o/$slug/listen/sources" params={{ slug }}>
            Choose sources
          </ButtonLink>
        )
      }
    >
      {may('listening.change')
        ? 'Choose where to listen, then say for what: your names, your products, your competitors and your field.'
        : 'An owner, admin or manager chooses where to listen and for what. What is heard appears here.'}
    </EmptyState>
  )
}
