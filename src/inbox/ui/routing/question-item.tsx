// One question of a department to another, with its answer or the field in which to write it.

import { Button, Group, Textarea } from '@mantine/core'
import { api, client } from '../../../kit/api.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useKept } from '../../../kit/use-kept.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Question } from './routing-words.ts'

export function QuestionItem({ question }: { question: Question }) {
  const org = useOrg()
  const may = useMay()
  const { department, askedOf, askedBy, askedAt, answer, answeredBy, answeredAt } = question
  const isOpen = answer === null
  const mine = department.id === org.departmentId || may('routing.change')
  const place = { org: org.id, id: question.conversation.id, questionId: question.id }
  const withdraw = useAct(api.questions, () => client.questions.withdraw(place))
  return (
    <li className="ro-ask" data-open={isOpen || undefined}>
      <p className="ib-facts">
        <strong>{askedBy?.name ?? 'Somebody'}</strong> to {department.name}
        {askedOf && `, ${askedOf.name}`} · <TimeText at={askedAt} relative />
      </p>
      <p className="ib-words">{question.question}</p>
      {answer !== null && (
        <>
          <p className="ib-facts">
            <strong>{answeredBy?.name ?? 'Somebody'}</strong> answered <TimeText at={answeredAt} relative />
          </p>
          <p className="ib-words">{answer}</p>
        </>
      )}
      {isOpen && may('inbox.handle') && mine && <AnswerField place={place} department={department.name} />}
      {isOpen && (askedBy?.id === org.memberId || may('routing.change')) && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate()}
        >
          Take the question back
        </Button>
      )}
    </li>
  )
}

interface AnswerFieldProps {
  place: { org: string; id: string; questionId: string }
  department: string
}

function AnswerField({ place, department }: AnswerFieldProps) {
  const [words, setWords, empty] = useKept(`longrun-question-answer ${place.org} ${place.questionId}`, '')
  const answer = useAct(api.questions, async () => {
    await client.questions.answer({ ...place, answer: words })
    empty(words)
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (words.trim()) answer.mutate()
      }}
    >
      <Textarea
        label={`Answer for ${department}`}
        description="For colleagues; nobody outside sees it."
        autosize
        minRows={2}
        maxLength={4000}
        value={words}
        onChange={({ currentTarget: { value } }) => setWords(value)}
      />
      <Group mt={4}>
        <Button type="submit" size="compact-sm" disabled={!words.trim()} loading={answer.isPending}>
          Answer the question
        </Button>
      </Group>
    </form>
  )
}
