// For somebody outside, by their link: exactly what is asked, a comment, and two buttons for one thumb. No account is needed.

import { Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone } from '../../../kit/toast.tsx'
import { stateText } from './approval-words.ts'
import { CommentForm, Suggestion } from './comments.tsx'
import { RenditionCard } from './rendition-card.tsx'
import { VoteBar } from './vote-bar.tsx'
import '../refusal-words.ts'
import './approvals.css'

const route = getRouteApi('/outside/review/$secret')

type Review = Output<typeof client.reviews.read>

export function ReviewPage() {
  const { secret } = route.useParams()
  const review = useQuery(
    api.reviews.read.queryOptions({ input: { secret }, retry: false, refetchOnWindowFocus: false }),
  )
  return (
    <AppPage title={review.data ? `${review.data.organisation} asks for your consent` : 'Review'} width="narrow">
      {review.isPending && <LoadingRows rows={4} />}
      <ErrorPanel error={review.error} />
      {review.data && <ReviewBody secret={secret} review={review.data} />}
    </AppPage>
  )
}

function ReviewBody({ secret, review }: { secret: string; review: Review }) {
  const queryClient = useQueryClient()
  const [refusing, setRefusing] = useState(false)
  const keep = (next: Review) => queryClient.setQueryData(api.reviews.read.queryKey({ input: { secret } }), next)
  return (
    <div className="ap-request">
      <Text size="sm">
        Hello {review.outsider}. {review.askedBy} asks whether this may be published
        {review.atOnce ? (
          ' now'
        ) : (
          <>
            {' '}
            on <TimeText at={review.dueAt} zone={review.zone} />
          </>
        )}
        . This page is for you alone, until <TimeText at={review.expiresAt} />.
      </Text>
      {review.note && <blockquote className="ap-quote">{review.note}</blockquote>}
      {review.state !== 'open' && (
        <Text fw={600} role="status">
          {review.mine.voted === 'approve' && review.state === 'granted' ? 'Thank you. ' : ''}
          {stateText[review.state]}.
        </Text>
      )}
      {review.renditions.map((each) => (
        <RenditionCard
          key={each.variantId}
          content={each.content}
          title={`${each.account.name}, ${each.account.network}`}
          files={`review/${secret}`}
        >
          {each.voided && <p className="ap-note">It was changed since then.</p>}
          <ul className="ap-list" aria-label="Comments">
            {review.comments
              .filter(({ variantId }) => variantId === each.variantId)
              .map((comment) => (
                <li key={comment.id}>
                  <b>{comment.author}</b>
                  {comment.text && <p className="ap-diff">{comment.text}</p>}
                  <Suggestion {...comment} parts={each.words.segments.length} />
                </li>
              ))}
          </ul>
          {review.state === 'open' && (
            <CommentForm
              parts={each.words.segments.map(({ text }) => text)}
              send={async (comment) => {
                keep(await client.reviews.comment({ secret, variantId: each.variantId, ...comment }))
              }}
            />
          )}
        </RenditionCard>
      ))}
      {review.mine.vote && (
        <VoteBar
          voted={review.mine.voted}
          refusing={refusing}
          setRefusing={setRefusing}
          vote={async (vote, reason) => {
            keep(await client.reviews.vote({ secret, vote, reason }))
            showDone('Thank you, your answer is kept')
          }}
        />
      )}
    </div>
  )
}
