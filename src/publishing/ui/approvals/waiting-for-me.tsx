// On Today: posts that wait for the viewer's approval.

import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { TodoLine, TodoList } from '../../../kit/todo-list.tsx'
import { useOrg } from '../../../kit/viewer.tsx'

export function WaitingForMe() {
  const org = useOrg()
  const waiting = useQuery(
    api.approvals.list.queryOptions({ input: { org: org.id, whose: 'waiting', limit: 6 }, refetchInterval: 30_000 }),
  )
  if (!waiting.error && !waiting.data?.items.length) return null
  return (
    <section aria-labelledby="waiting-for-me" className="lr-panel td-part">
      <Title order={2} id="waiting-for-me">
        Waits for your approval
      </Title>
      <ErrorPanel error={waiting.error} retry={() => void waiting.refetch()} />
      <TodoList>
        {waiting.data?.items.map(({ id, postId, summary, askedBy, dueAt, atOnce }) => (
          <TodoLine
            key={id}
            title={summary || 'Without text'}
            note={
              <>
                {askedBy.name}, {atOnce ? 'as soon as approved' : <TimeText at={dueAt} />}
              </>
            }
          >
            <ButtonLink
              to="/o/$slug/posts/$postId"
              params={{ slug: org.slug, postId }}
              size="compact-sm"
              variant="light"
            >
              Look
            </ButtonLink>
          </TodoLine>
        ))}
      </TodoList>
    </section>
  )
}
