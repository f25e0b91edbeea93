// Keep, stop, shift: what the figures say each month, what somebody decides, and whether it was right.

import { Button } from '@mantine/core'
import { IconScissors } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { unitWords } from '../choosing/worth-words.ts'
import { decisionWords, monthText } from './review-words.ts'
import { StopsSection } from './stops-section.tsx'
import { VerdictCard } from './verdict-card.tsx'
import '../refusal-words.ts'
import '../choosing/choosing-words.ts'
import '../choosing/choosing.css'
import '../programme.css'

export type Reviews = Output<typeof client.lineReviews.read>
export type Review = Reviews['reviews'][number]
export type Verdict = Review['verdicts'][number]

export function ReviewsPage() {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.lineReviews.read.queryOptions({ input: { org: org.id } }))
  const make = useAct(api.lineReviews, () => client.lineReviews.make({ org: org.id }))
  const isLead = may('programme.lead') && found.data?.nextOn !== null
  const review = isLead && (
    <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
      Review now
    </Button>
  )
  const [newest, ...before] = found.data?.reviews ?? []
  return (
    <AppPage
      title="Keep, stop, shift"
      description="Each month the figures say what brings little for its time. Longrun proposes; a person decides, with a reason."
      actions={newest && review}
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && !newest && (
        <EmptyState title="Nothing was reviewed yet" icon={<IconScissors size={28} stroke={1.5} />} action={review}>
          {found.data.nextOn
            ? `Longrun makes the first review ${whenText(found.data.nextOn, found.data.today)}: it looks at what was published and what it brought.`
            : 'Reviews belong to a programme: begin one first.'}
        </EmptyState>
      )}
      {newest && found.data && <Newest review={newest} nextOn={found.data.nextOn} today={found.data.today} />}
      {found.data && found.data.stops.length > 0 && <StopsSection stops={found.data.stops} />}
      {before.length > 0 && <Before reviews={before} />}
    </AppPage>
  )
}

const whenText = (nextOn: string, today: string): string =>
  nextOn > today ? `on ${dayText(nextOn)}` : 'in the coming night'

function Newest({ review, nextOn, today }: { review: Review; nextOn: string | null; today: string }) {
  return (
    <Section
      title={monthText(review.month)}
      description={
        <>
          {review.madeBy ? `Made by ${review.madeBy.name}` : 'Made by Longrun'}, <TimeText at={review.madeAt} />, in{' '}
          {unitWords[review.unit].label.toLowerCase()}.{nextOn && ` The next one is made ${whenText(nextOn, today)}.`}
        </>
      }
    >
      {review.verdicts.length === 0 ? (
        <p className="lr-dimmed">Nothing is measured yet, so nothing can be judged. That is no verdict.</p>
      ) : (
        <div className="plan-goals">
          {inOrder(review.verdicts).map((verdict) => (
            <VerdictCard key={verdict.id} verdict={verdict} verdicts={review.verdicts} />
          ))}
        </div>
      )}
    </Section>
  )
}

const order: Record<Verdict['proposal'], number> = { stop: 0, shift: 1, watch: 2, keep: 3 }

/** What asks for a decision first. */
const inOrder = (verdicts: readonly Verdict[]): Verdict[] =>
  verdicts.toSorted(
    (a, b) => order[a.proposal] - order[b.proposal] || b.evidence.anHour.likely - a.evidence.anHour.likely,
  )

function Before({ reviews }: { reviews: Review[] }) {
  return (
    <Section title="Before">
      <ul className="plan-list">
        {reviews.map(({ id, month, madeAt, verdicts }) => (
          <li key={id} className="plan-row">
            <div>
              <strong>{monthText(month)}</strong>, <TimeText at={madeAt} />: {count(verdicts.length, 'line')}
              {verdicts
                .filter(({ decision }) => decision !== null)
                .map(({ id: key, evidence, decision, reason, decidedBy }) => (
                  <p key={key} className="lr-dimmed">
                    {decisionWords[decision!].done}: {evidence.name}. {decidedBy && `${decidedBy.name}: `}
                    {reason}
                  </p>
                ))}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
