// The inbox in three panes: what waits, the conversation that is open, and what is known of the person. On a phone one at a time.

import { Button, Checkbox, Group, VisuallyHidden } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { allItems, api, client, paging } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../kit/links.tsx'
import { LoadMore } from '../../kit/load-more.tsx'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useAct } from '../../kit/use-act.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { ToApproveLink } from './answering/to-approve-link.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { BulkWork } from './bulk-work.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import { type Bulk, type Conversation, kindOf, type Listed, nameOf, type SavedView } from './inbox-words.ts'
import { ListSearch } from './list-search.tsx'
import { Found, Marked } from './marked.tsx'
import { DueText } from './promises/due-text.tsx'
import { Marks } from './routing/marks.tsx'
import { AskedOfUs } from './routing/questions-page.tsx'
import { SaveView } from './save-view.tsx'
import { type Paged, useFetchOn } from './use-fetch-on.ts'
import { useFollow } from './use-follow.ts'
import { type Shown, useListing } from './use-listing.ts'
import { type Selection, useSelection } from './use-selection.ts'
import { useSettled } from './use-settled.ts'
import { ViewsBar } from './views-bar.tsx'
import './inbox.css'

export function InboxPage() {
  const org = useOrg()
  const { conversationId } = useParams({ strict: false })
  // Never the one before, once the list is further: keys would act on it.
  const isOpen = useSettled(conversationId) === conversationId
  const live = useFollow(org.id)
  return (
    <AppPage
      title="Inbox"
      description="What people say to you, until somebody has answered it."
      width="full"
      actions={
        <Group gap="xs">
          <ToApproveLink />
          <ButtonLink to="/o/$slug/inbox/measures" params={{ slug: org.slug }} variant="default">
            Measures
          </ButtonLink>
          <ButtonLink variant="default" to="/o/$slug/contacts" params={{ slug: org.slug }}>
            Contacts
          </ButtonLink>
          <ButtonLink to="/o/$slug/inbox/cover" params={{ slug: org.slug }} variant="default">
            Before an absence
          </ButtonLink>
        </Group>
      }
      aside={live === 'lost' && <span className="lr-dimmed">Not live just now; it is tried again.</span>}
    >
      <div className="ib-panes" data-open={conversationId !== undefined || undefined}>
        <ConversationList current={conversationId} />
        {conversationId && isOpen && <ConversationPane key={conversationId} id={conversationId} />}
        {!conversationId && (
          <div className="ib-nothing">
            <p className="lr-dimmed">Choose a conversation, or press j.</p>
          </div>
        )}
      </div>
    </AppPage>
  )
}

function ConversationList({ current }: { current: string | undefined }) {
  const org = useOrg()
  const may = useMay()
  const shown = useListing()
  const list = useInfiniteQuery(
    api.conversations.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 40, ...shown.list }),
      ...paging,
    }),
  )
  const items = allItems(list.data)
  // A search may look at much before it finds something.
  const isLooking = items?.length === 0 && list.hasNextPage
  useFetchOn(isLooking, list)
  const step = useSteps(items ?? [], current, list)
  const selection = useSelection({ list: JSON.stringify(shown.list), items: items ?? [], current, step })
  const many = useMany({ selection, list: shown.list })
  return (
    <section aria-label="Conversations" className="ib-list">
      <ListSearch shown={shown} />
      <ViewsBar shown={shown} />
      <SaveView shown={shown} />
      {may('inbox.handle') && selection.ids.size > 0 && (
        <BulkBar selection={selection} hasMore={list.hasNextPage} isBusy={many.isBusy} change={many.change} />
      )}
      {many.id && <BulkWork key={many.id} id={many.id} forget={many.forget} />}
      <AskedOfUs />
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {isLooking && <LoadingRows />}
      {items?.length === 0 && !isLooking && (
        <NothingHere isFirst={shown.key === 'open' && !shown.isNarrowed} shown={shown} />
      )}
      <ul>
        {items?.map((each) => (
          <Line
            key={each.id}
            conversation={each}
            isCurrent={each.id === current}
            typed={shown.list.q ?? ''}
            select={may('inbox.handle') ? () => selection.toggle(each.id) : null}
            isSelected={selection.ids.has(each.id)}
          />
        ))}
      </ul>
      <LoadMore list={list} compact />
    </section>
  )
}

/** What was asked to be done to many, and how far it is. */
function useMany({ selection, list }: { selection: Selection; list: Shown['list'] }) {
  const org = useOrg()
  const [id, setId] = useState<string | null>(null)
  const begin = useAct(api.conversations, async (change: Bulk['change']) => {
    const chosen = selection.isAll ? { list: list as SavedView['list'] } : { ids: [...selection.ids] }
    const begun = await client.conversationBulks.begin({ org: org.id, ...chosen, change })
    selection.clear()
    setId(begun.id)
  })
  return { id, isBusy: begin.isPending, change: begin.mutate, forget: () => setId(null) }
}

function NothingHere({ isFirst, shown }: { isFirst: boolean; shown: Shown }) {
  const org = useOrg()
  const accounts = useQuery(api.accounts.list.queryOptions({ input: { org: org.id } }))
  if (shown.isNarrowed)
    return (
      <div className="ib-empty">
        <p className="lr-dimmed">No conversation fits.</p>
        <Button variant="default" size="compact-sm" onClick={shown.clear}>
          Show all of “{shown.label}”
        </Button>
      </div>
    )
  if (!isFirst) return <p className="lr-dimmed ib-empty">Nothing here.</p>
  if (accounts.data?.length === 0)
    return (
      <EmptyState
        title="No account yet"
        icon={<IconInbox size={28} stroke={1.5} />}
        action={
          <ButtonLink to="/o/$slug/accounts" params={{ slug: org.slug }}>
            Connect an account
          </ButtonLink>
        }
      >
        Comments, mentions and messages of connected accounts come here by themselves.
      </EmptyState>
    )
  return (
    <EmptyState title="Nobody waits" icon={<IconInbox size={28} stroke={1.5} />}>
      What people say to your accounts appears here within a minute.
    </EmptyState>
  )
}

interface LineProps {
  conversation: Listed
  isCurrent: boolean
  typed: string
  /** null: whoever looks may not handle it. */
  select: (() => void) | null
  isSelected: boolean
}

function Line({ conversation, isCurrent, typed, select, isSelected }: LineProps) {
  const { slug } = useOrg()
  const { id, subject, preview, lastIsOurs, lastAt, waitingSince, owner, department, accountName } = conversation
  const { due, found, isUnread } = conversation
  const has = [department?.name, owner?.name].filter(Boolean).join(', ')
  return (
    <li
      className="ib-line"
      data-current={isCurrent || undefined}
      data-waiting={waitingSince !== null || undefined}
      data-selected={isSelected || undefined}
      data-unread={isUnread || undefined}
    >
      <p className="ib-line-head">
        {select && (
          <Checkbox
            className="ib-select"
            size="xs"
            aria-label={`Select the conversation with ${nameOf(conversation)}`}
            checked={isSelected}
            onChange={select}
          />
        )}
        <TextLink
          to="/o/$slug/inbox/$conversationId"
          params={{ slug, conversationId: id }}
          search={(before: object) => before}
          className="ib-who"
          aria-current={isCurrent || undefined}
          inherit
        >
          {isUnread && <VisuallyHidden>Unread: </VisuallyHidden>}
          <Found text={nameOf(conversation)} typed={typed} />
        </TextLink>
        <span className="ib-facts">
          {due ? <DueText due={due} /> : <TimeText at={waitingSince ?? lastAt} relative />}
        </span>
      </p>
      {subject && (
        <p className="ib-subject">
          <Found text={subject} typed={typed} />
        </p>
      )}
      <p className="ib-preview" dir="auto">
        {found ? (
          <Marked text={found.text} spans={found.spans} />
        ) : (
          <>
            {lastIsOurs && 'You: '}
            {preview || 'No words'}
          </>
        )}
      </p>
      <p className="ib-facts">
        {kindOf(conversation)} · {accountName}
        {has && ` · ${has}`}
        {department?.walled && ' · behind its wall'}
      </p>
      <Marks conversation={conversation} />
    </li>
  )
}

/** j and k walk through the list, and on where the open one has left it. Answers where a step leads. */
function useSteps(items: readonly Conversation[], current: string | undefined, list: Paged) {
  const { slug } = useOrg()
  const navigate = useNavigate()
  const last = useRef(-1)
  const at = items.findIndex(({ id }) => id === current)
  useEffect(() => {
    if (at >= 0) last.current = at
    document.querySelector('.ib-line[data-current]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const step = (by: 1 | -1): string | undefined => {
    const left = Math.max(0, last.current)
    const to = at >= 0 ? at + by : by === 1 ? left : left - 1
    const next = items[to]
    // Before its end is reached, more of it is there.
    if (by === 1 && to >= items.length - 20 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
    if (next)
      void navigate({
        to: '/o/$slug/inbox/$conversationId',
        params: { slug, conversationId: next.id },
        search: (before: object) => before,
      })
    return next?.id
  }
  useShortcut('j', 'Next conversation', () => step(1))
  useShortcut('k', 'Conversation before', () => step(-1))
  return step
}
