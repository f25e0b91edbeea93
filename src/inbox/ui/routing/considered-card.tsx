// How a conversation was judged and why it is where it is: verdict, way, what to think of, the rule, the reason for its owner.

import { Badge, Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, client } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { TriageQuestion } from '../../triage/types.ts'
import type { Conversation } from '../inbox-words.ts'
import {
  byWords,
  type Considered,
  choiceLine,
  considerationWords,
  heldLine,
  kindWords,
  questionWords,
  verdictWords,
  wayWords,
} from './routing-words.ts'
import { useNames } from './use-names.ts'
import '@mantine/core/styles/Badge.css'
import './routing.css'

export function ConsideredCard({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const found = useQuery(api.considered.read.queryOptions({ input: { org: org.id, id: conversation.id } }))
  const considered = found.data
  if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />
  if (!considered) return null
  const { triage, route, choice } = considered
  return (
    <>
      {triage && <TriageSection conversation={conversation} triage={triage} />}
      {(route || choice) && <Reasons conversation={conversation} route={route} choice={choice} />}
    </>
  )
}

const tones = { answer: 'done', 'do-not-answer': 'gray', decide: 'crimson' } as const

function TriageSection({
  conversation,
  triage,
}: {
  conversation: Conversation
  triage: NonNullable<Considered['triage']>
}) {
  const may = useMay()
  const { verdict, way, kind, by, considerations, answeredBy } = triage
  return (
    <Section title="How to treat it">
      <p className="ro-verdict">
        <Badge variant="light" color={tones[verdict]}>
          {verdictWords[verdict]}
        </Badge>{' '}
        {way && wayWords[way]}
      </p>
      <p className="ib-facts">
        {kind ? `${kindWords[kind]}. ` : ''}
        {by === 'person' && answeredBy ? `${answeredBy.name} said so` : byWords[by]}.
      </p>
      {considerations.length > 0 && (
        <ul className="ro-list" aria-label="What to think of">
          {considerations.map((each) => (
            <li key={each}>{considerationWords[each]}</li>
          ))}
        </ul>
      )}
      {may('inbox.handle') && <Judging conversation={conversation} triage={triage} />}
    </Section>
  )
}

/** What the machine cannot know stands first; the rest on demand. */
function Judging({ conversation, triage }: { conversation: Conversation; triage: NonNullable<Considered['triage']> }) {
  const org = useOrg()
  const said = triage.answers as Partial<Record<TriageQuestion, boolean | null>>
  const judge = useAct(api.considered, (answers: Partial<Record<TriageQuestion, boolean | null>>) =>
    client.considered.judge({ org: org.id, id: conversation.id, answers }),
  )
  const open = triage.open as TriageQuestion[]
  const others = (Object.keys(questionWords) as TriageQuestion[]).filter((each) => !open.includes(each))
  const row = (question: TriageQuestion) => (
    <li key={question} className="ro-question">
      <span id={`ro-${question}`}>{questionWords[question]}</span>
      <Group gap={4} wrap="nowrap" role="group" aria-labelledby={`ro-${question}`}>
        {([true, false] as const).map((value) => (
          <Button
            key={String(value)}
            size="compact-xs"
            mih={24}
            variant={said[question] === value ? 'filled' : 'default'}
            aria-pressed={said[question] === value}
            disabled={judge.isPending}
            onClick={() => judge.mutate({ [question]: said[question] === value ? null : value })}
          >
            {value ? 'Yes' : 'No'}
          </Button>
        ))}
      </Group>
    </li>
  )
  return (
    <>
      {open.length > 0 && <ul className="ro-list">{open.map(row)}</ul>}
      <details>
        <summary>Say what it is</summary>
        <ul className="ro-list">{others.map(row)}</ul>
      </details>
    </>
  )
}

interface ReasonsProps {
  conversation: Conversation
  route: Considered['route']
  choice: Considered['choice']
}

function Reasons({ conversation, route, choice }: ReasonsProps) {
  const nameOf = useNames()
  const skills = [
    ...(route?.requiredSkills ?? []),
    ...(route?.additionalSkills ?? []).map(({ skill }) => `${skill} if possible`),
  ]
  const because = route?.department
  return (
    <Section title="Why it is here">
      <div className="ro-why">
        {because && (
          <p>
            {conversation.department?.name ?? 'Its department'}: by the rule “{because.name}”
            {because.held.length > 0 && `, ${heldLine(because.held, nameOf)}`}.
          </p>
        )}
        {route?.priority && (
          <p>
            Priority: by the rule “{route.priority.name}”
            {route.priority.held.length > 0 && `, ${heldLine(route.priority.held, nameOf)}`}.
          </p>
        )}
        {skills.length > 0 && <p>Needs: {skills.join(', ')}.</p>}
        {choice && (
          <p>
            {choice.owner
              ? `${choice.owner.name}: ${choiceLine(choice).toLowerCase()}`
              : `Nobody yet: ${choiceLine(choice).toLowerCase()}`}
            .
            {!choice.owner && choice.askAgainAt && (
              <>
                {' '}
                Looked for again <TimeText at={choice.askAgainAt} relative />.
              </>
            )}
          </p>
        )}
        {!because && (
          <p>
            {conversation.department
              ? 'A colleague put it there; the history says why.'
              : 'No rule named a department.'}
          </p>
        )}
      </div>
    </Section>
  )
}
