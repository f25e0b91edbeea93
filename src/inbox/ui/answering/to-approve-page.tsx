// All answers that wait for consent, longest first, each with what it answers.

import { IconCircleCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { allItems, api, paging } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { kindOf, nameOf } from '../inbox-words.ts'
import { useFollow } from '../use-follow.ts'
import { AnswerReview } from './answer-review.tsx'
import { originWords } from './origin-words.ts'
import '../inbox.css'
import './answering.css'
import '../refusal-words.ts'

export function ToApprovePage() {
  const org = useOrg()
  const may = useMay()
  useFollow(org.id)
  const list = useInfiniteQuery(
    api.answerApprovals.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 30 }),
      ...paging,
    }),
  )
  const items = allItems(list.data)
  return (
    <AppPage
      title="Answers to approve"
      description="What people without a training have written. Nothing of it goes out before somebody agrees to exactly these words."
      width="narrow"
      crumbs={[
        <TextLink key="inbox" to="/o/$slug/inbox" params={{ slug: org.slug }} inherit>
          Inbox
        </TextLink>,
      ]}
    >
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && !list.hasNextPage && (
        <EmptyState title="Nothing waits" icon={<IconCircleCheck size={28} stroke={1.5} />}>
          Whose answers come here is decided under Settings → Trainings.
        </EmptyState>
      )}
      <ul className="ib-waiting">
        {items?.map(({ answer, conversation, since }) => (
          <li key={answer.id}>
            <p className="ib-facts">
              <TextLink
                to="/o/$slug/inbox/$conversationId"
                params={{ slug: org.slug, conversationId: conversation.id }}
                inherit
              >
                {nameOf(conversation)}
              </TextLink>
              {' · '}
              {kindOf(conversation)} to {conversation.accountName}
            </p>
            <p className="ib-asked" dir="auto">
              {conversation.preview || 'No words'}
            </p>
            <p className="ib-facts">
              <strong>{answer.by?.name ?? 'Somebody'}</strong> answers · written <TimeText at={since} relative />
              {answer.origin && ` · ${originWords(answer.origin)}`}
            </p>
            <p className="ib-words" dir="auto">
              {answer.text}
            </p>
            {may('inbox.approve') && <AnswerReview answer={answer} conversationId={conversation.id} />}
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </AppPage>
  )
}
