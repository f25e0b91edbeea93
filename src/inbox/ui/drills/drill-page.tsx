// One drill: answered by whoever has it, judged by a colleague, and read by both afterwards.

import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { api, refusalOf } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { AnswerForms } from './answer-forms.tsx'
import { type Drill, type DrillItem, kindWords, stateOf, wantedWords, wayOr } from './drill-words.ts'
import { JudgeForm } from './judge-form.tsx'
import { Judgement } from './judgement.tsx'
import '../refusal-words.ts'
import './drills.css'

export function DrillPage() {
  const org = useOrg()
  const { drillId = '' } = useParams({ strict: false })
  const found = useQuery(api.drills.read.queryOptions({ input: { org: org.id, id: drillId } }))
  const drill = found.data
  const isMissing = found.error !== null && refusalOf(found.error).status === 404
  return (
    <AppPage
      title={drill ? titleOf(drill, org.memberId) : 'Drill'}
      aside={drill && <Badge tone={stateOf(drill).tone}>{stateOf(drill).label}</Badge>}
      description={drill && descriptionOf(drill)}
      width="narrow"
      crumbs={[
        <TextLink key="drills" to="/o/$slug/settings/drills" params={{ slug: org.slug }} inherit>
          Drills
        </TextLink>,
      ]}
    >
      {found.isPending && <LoadingRows />}
      {isMissing ? (
        <EmptyState title="There is no such drill">
          The address may not be complete, or it is somebody else’s.
        </EmptyState>
      ) : (
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      )}
      {drill && <Body drill={drill} isMine={drill.member.id === org.memberId} />}
    </AppPage>
  )
}

const titleOf = ({ member }: Drill, memberId: string): string =>
  member.id === memberId ? 'Your drill' : `Drill of ${member.name}`

const descriptionOf = (drill: Drill): string =>
  `${wantedWords(drill).replace(/^./, (first) => first.toUpperCase())}. Nothing of it can be sent.`

function Body({ drill, isMine }: { drill: Drill; isMine: boolean }) {
  if (isMine && drill.handedInAt === null) return <AnswerForms drill={drill} />
  return (
    <ol className="dr-items" aria-label="Practice messages">
      {drill.items.map((item) => (
        <Item key={item.id} drill={drill} item={item} />
      ))}
    </ol>
  )
}

function Item({ drill, item }: { drill: Drill; item: DrillItem }) {
  const isMine = useOrg().memberId === drill.member.id
  const { position, words, way, answer, answeredAt, exercise } = item
  const isSame = exercise?.way != null && exercise.way === way
  return (
    <li>
      <h2>{exercise ? `${position + 1}. ${exercise.title}` : `Message ${position + 1}`}</h2>
      {exercise && <p className="dr-facts">{kindWords[exercise.kind]}</p>}
      <p className="dr-said" dir="auto">
        {words}
      </p>
      {answeredAt === null ? (
        <p className="lr-dimmed">Not answered yet.</p>
      ) : (
        <>
          <p className="dr-facts">{isMine ? 'You say' : `${drill.member.name} says`}</p>
          <p>
            <strong>{wayOr(way)}</strong>
            {isSame && <span className="dr-facts"> · as you would</span>}
          </p>
          <p className="dr-answer" dir="auto">
            {answer || 'No words.'}
          </p>
        </>
      )}
      {exercise && (
        <p className="dr-facts">
          {!isSame && `What would be done with it: ${wayOr(exercise.way)}. `}A good answer: {exercise.good}
        </p>
      )}
      {drill.mayJudge ? <JudgeForm drill={drill} item={item} /> : <Judgement item={item} />}
    </li>
  )
}
