// On Today: answers of people without a training that wait for somebody who may agree to them.

import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { ButtonLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { TodoLine, TodoList } from '../../../kit/todo-list.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { nameOf } from '../inbox-words.ts'

const mostShown = 6

export function AnswersForMe() {
  const org = useOrg()
  const may = useMay()
  const { data } = useQuery({
    ...api.answerApprovals.list.queryOptions({ input: { org: org.id, limit: mostShown }, refetchInterval: 30_000 }),
    enabled: may('inbox.approve'),
  })
  if (!data?.items.length) return null
  return (
    <section aria-labelledby="answers-for-me" className="lr-panel td-part">
      <Title order={2} id="answers-for-me">
        Answers to approve
      </Title>
      <TodoList>
        {data.items.map(({ answer, conversation, since }) => (
          <TodoLine
            key={answer.id}
            title={answer.text || 'Without text'}
            note={
              <>
                {answer.by?.name ?? 'Somebody'} to {nameOf(conversation)}, <TimeText at={since} relative />
              </>
            }
          >
            <ButtonLink
              to="/o/$slug/inbox/to-approve"
              params={{ slug: org.slug }}
              size="compact-sm"
              variant="light"
              aria-label={`Look at the answer to ${nameOf(conversation)}`}
            >
              Look
            </ButtonLink>
          </TodoLine>
        ))}
      </TodoList>
    </section>
  )
}
