// Questions of colleagues that wait for an answer of my department.

import { IconMessageQuestion } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { allItems, api, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { useFollow } from '../use-follow.ts'
import { QuestionItem } from './question-item.tsx'
import '../inbox.css'
import '../refusal-words.ts'
import './routing.css'

export function QuestionsPage() {
  const org = useOrg()
  useFollow(org.id)
  const list = useInfiniteQuery(
    api.questions.open.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 40 }),
      ...paging,
    }),
  )
  const items = allItems(list.data)
  return (
    <AppPage
      title="Asked of us"
      description="What colleagues ask your department in their conversations. Nobody outside sees it."
      width="narrow"
      crumbs={[
        <TextLink key="inbox" to="/o/$slug/inbox" params={{ slug: org.slug }}>
          Inbox
        </TextLink>,
      ]}
    >
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && (
        <EmptyState title="Nothing is asked" icon={<IconMessageQuestion size={28} stroke={1.5} />}>
          {org.departmentId === null
            ? 'You are in no department. Owners and admins say so under Members.'
            : 'When a colleague needs your department to answer somebody, it stands here.'}
        </EmptyState>
      )}
      <ul className="ro-list ro-asked" aria-label="Questions">
        {items?.map((question) => (
          <li key={question.id}>
            <p className="ro-facts">
              <TextLink
                to="/o/$slug/inbox/$conversationId"
                params={{ slug: org.slug, conversationId: question.conversation.id }}
                inherit
              >
                {[question.conversation.with, question.conversation.preview].filter(Boolean).join(': ')}
              </TextLink>
            </p>
            <ul className="ro-list">
              <QuestionItem question={question} />
            </ul>
          </li>
        ))}
      </ul>
      <LoadMore list={list} compact />
    </AppPage>
  )
}

/** Where colleagues wait, it says so above the list of conversations. */
export function AskedOfUs() {
  const org = useOrg()
  const counted = useQuery(api.questions.count.queryOptions({ input: { org: org.id } }))
  const waiting = counted.data?.ofMyDepartment ?? 0
  if (waiting === 0) return null
  return (
    <p className="ro-facts">
      <TextLink to="/o/$slug/inbox/questions" params={{ slug: org.slug }} inherit>
        {waiting === 1
          ? 'A colleague asks your department something'
          : `Colleagues ask your department ${waiting} things`}
      </TextLink>
    </p>
  )
}
