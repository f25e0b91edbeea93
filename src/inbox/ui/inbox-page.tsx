// The inbox in three panes: what waits, the conversation that is open, and what is known of the person. On a phone one at a time.

import { IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { allItems, api, paging } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../kit/links.tsx'
import { LoadMore } from '../../kit/load-more.tsx'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useSearchWord } from '../../kit/url-state.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { ToApproveLink } from './answering/to-approve-link.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import { type Conversation, kindOf, nameOf, viewOf, views } from './inbox-words.ts'
import { DueText } from './promises/due-text.tsx'
import { useFollow } from './use-follow.ts'
import './inbox.css'

export function InboxPage() {
  const org = useOrg()
  const { conversationId } = useParams({ strict: false })
  const live = useFollow(org.id)
  return (
    <AppPage
      title="Inbox"
      description="What people say to you, until somebody has answered it."
      width="full"
      actions={
        <>
          <ToApproveLink />
          <ButtonLink to="/o/$slug/inbox/cover" params={{ slug: org.slug }} variant="default">
            Before an absence
          </ButtonLink>
        </>
      }
      aside={live === 'lost' && <span className="lr-dimmed">Not live just now; it is tried again.</span>}
    >
      <div className="ib-panes" data-open={conversationId !== undefined || undefined}>
        <ConversationList current={conversationId} />
        {conversationId ? (
          <ConversationPane key={conversationId} id={conversationId} />
        ) : (
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
  const [view] = useSearchWord('view')
  const chosen = viewOf(view)
  const list = useInfiniteQuery(
    api.conversations.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 40, ...chosen.input }),
      ...paging,
    }),
  )
  const items = allItems(list.data)
  useSteps(items ?? [], current)
  return (
    <section aria-label="Conversations" className="ib-list">
      <Views />
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && <NothingHere isFirst={chosen.key === 'open'} />}
      <ul>
        {items?.map((each) => (
          <Line key={each.id} conversation={each} isCurrent={each.id === current} />
        ))}
      </ul>
      <LoadMore list={list} compact />
    </section>
  )
}

function NothingHere({ isFirst }: { isFirst: boolean }) {
  const org = useOrg()
  const accounts = useQuery(api.accounts.list.queryOptions({ input: { org: org.id } }))
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

function Views() {
  const org = useOrg()
  const [view, setView] = useSearchWord('view')
  const counts = useQuery(api.conversations.counts.queryOptions({ input: { org: org.id } }))
  const numbers: Partial<Record<string, number>> = counts.data ?? {}
  return (
    <fieldset className="ib-views" aria-label="Views">
      {views.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          aria-pressed={viewOf(view).key === key}
          onClick={() => setView(key === 'open' ? null : key)}
        >
          {label} {numbers[key] ? <span className="ib-count">{numbers[key]}</span> : null}
        </button>
      ))}
    </fieldset>
  )
}

function Line({ conversation, isCurrent }: { conversation: Conversation; isCurrent: boolean }) {
  const { slug } = useOrg()
  const { id, subject, preview, lastIsOurs, lastAt, waitingSince, owner, department, accountName, due } = conversation
  const has = [department?.name, owner?.name].filter(Boolean).join(', ')
  return (
    <li className="ib-line" data-current={isCurrent || undefined} data-waiting={waitingSince !== null || undefined}>
      <p className="ib-line-head">
        <TextLink
          to="/o/$slug/inbox/$conversationId"
          params={{ slug, conversationId: id }}
          search={(before: object) => before}
          className="ib-who"
          aria-current={isCurrent || undefined}
          inherit
        >
          {nameOf(conversation)}
        </TextLink>
        <span className="ib-facts">
          {due ? <DueText due={due} /> : <TimeText at={waitingSince ?? lastAt} relative />}
        </span>
      </p>
      {subject && <p className="ib-subject">{subject}</p>}
      <p className="ib-preview" dir="auto">
        {lastIsOurs && 'You: '}
        {preview || 'No words'}
      </p>
      <p className="ib-facts">
        {kindOf(conversation)} · {accountName}
        {has && ` · ${has}`}
      </p>
    </li>
  )
}

/** j and k walk through the list. */
function useSteps(items: readonly Conversation[], current: string | undefined): void {
  const { slug } = useOrg()
  const navigate = useNavigate()
  const step = (by: 1 | -1) => {
    const at = items.findIndex(({ id }) => id === current)
    const next = items[at < 0 ? 0 : at + by]
    if (next)
      void navigate({
        to: '/o/$slug/inbox/$conversationId',
        params: { slug, conversationId: next.id },
        search: (before: object) => before,
      })
  }
  useShortcut('j', 'Next conversation', () => step(1))
  useShortcut('k', 'Conversation before', () => step(-1))
}
