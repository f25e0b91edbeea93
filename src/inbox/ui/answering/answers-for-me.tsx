// On Today: answers of people without a training that wait for somebody who may agree to them.

import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { ButtonLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
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
      <ul className="td-lines">
        {data.items.map(({ answer, conversation, since }) => (
          <li key={answer.id} className="td-line">
            <span className="td-words">
              <span className="td-title">{answer.text || 'Without text'}</span>
              <span className="td-note">
                {answer.by?.name ?? 'Somebody'} to {nameOf(conversation)}, <TimeText at={since} relative />
              </span>
            </span>
            <span className="td-action">
              <ButtonLink
                to="/o/$slug/inbox/to-approve"
                params={{ slug: org.slug }}
                size="compact-sm"
                variant="light"
                aria-label={`Look at the answer to ${nameOf(conversation)}`}
              >
                Look
              </ButtonLink>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
