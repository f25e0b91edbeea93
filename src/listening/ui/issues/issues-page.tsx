// What may become a crisis: one record for each topic, with where it stands and who answers for it; those that were closed are kept.

import { Button } from '@mantine/core'
import { IconFlag } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { allItems, api, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { severityLook } from '../alerts/alert-words.ts'
import { ListFilters } from '../list-filters.tsx'
import { ListenTabs } from '../listen-tabs.tsx'
import { type Issue, reasonWords, stateLook } from './issue-words.ts'
import { OpenIssueDialog } from './open-issue-dialog.tsx'
import './issues.css'

const route = getRouteApi('/o/$slug/listen/issues')
const states = [
  { value: 'open', label: 'Open' },
  { value: 'handled', label: 'Being handled' },
  { value: 'closed', label: 'Closed' },
  { value: 'all', label: 'All of them' },
] as const

export function IssuesPage() {
  const may = useMay()
  const [opening, setOpening] = useState(false)
  return (
    <AppPage
      title="Listen"
      description="What is said about you, your field and your competitors."
      actions={may('issues.handle') && <Button onClick={() => setOpening(true)}>Open an issue</Button>}
    >
      <ListenTabs />
      <IssueList />
      {opening && <OpenIssueDialog close={() => setOpening(false)} />}
    </AppPage>
  )
}

function IssueList() {
  const org = useOrg()
  const { topic, state } = route.useSearch()
  const issues = useInfiniteQuery(
    api.issues.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        org: org.id,
        cursor,
        topicId: topic || undefined,
        state: states.find(({ value }) => value === state)?.value ?? 'live',
      }),
      ...paging,
      refetchInterval: 20_000,
    }),
  )
  const items = allItems(issues.data)
  return (
    <section aria-label="Issues" className="is-list">
      <ListFilters topic={topic} state={state} states={states} usual="Not closed" />
      {issues.isPending && <LoadingRows />}
      <ErrorPanel error={issues.error} retry={() => void issues.refetch()} />
      {items?.length === 0 && (
        <EmptyState title="No issue" icon={<IconFlag size={28} stroke={1.5} />}>
          {topic || state
            ? 'No issue is like this. Show all of them, or another topic.'
            : 'An alert that tells of more anger than usual opens one by itself. You can open one too, here or from what somebody said.'}
        </EmptyState>
      )}
      <ul className="li-list">
        {items?.map((issue) => (
          <IssueCard key={issue.id} issue={issue} />
        ))}
      </ul>
      <LoadMore list={issues} />
    </section>
  )
}

function IssueCard({ issue }: { issue: Issue }) {
  const { slug } = useOrg()
  return (
    <li className="is-card">
      <IssueBadges issue={issue} />
      <TextLink to="/o/$slug/listen/issues/$issueId" params={{ slug, issueId: issue.id }} className="is-title" inherit>
        {issue.title}
      </TextLink>
      <IssueFacts issue={issue} />
    </li>
  )
}

export function IssueBadges({ issue }: { issue: Issue }) {
  const state = stateLook[issue.state]
  const severity = severityLook[issue.severity]
  return (
    <div className="is-bar">
      <Badge tone={state.tone}>{state.label}</Badge>
      {issue.reason && (
        <Badge tone="slate" title={reasonWords[issue.reason].means}>
          {reasonWords[issue.reason].label}
        </Badge>
      )}
      <Badge tone={severity.tone} title={severity.means}>
        {severity.label}
      </Badge>
    </div>
  )
}

export function IssueFacts({ issue }: { issue: Issue }) {
  const parts = [
    issue.topic,
    issue.owner ? `${issue.owner.name} answers for it` : 'nobody answers for it yet',
    count(issue.alerts, 'alert'),
    `${count(issue.evidence, 'mention')} attached`,
  ]
  return (
    <p className="is-facts">
      {parts.join(' · ')} · opened {issue.openedBy ? `by ${issue.openedBy.name} ` : ''}
      <TimeText at={issue.openedAt} relative />
    </p>
  )
}
