// What departments ask each other in a conversation: ask, answer, take back. Nobody outside sees it.

import { Button, Group, Select, Stack, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useKept } from '../../../kit/use-kept.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Conversation } from '../inbox-words.ts'
import { QuestionItem } from './question-item.tsx'
import './routing.css'

export function QuestionsCard({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const may = useMay()
  const questions = useQuery(api.questions.list.queryOptions({ input: { org: org.id, id: conversation.id } }))
  const begun = useKept(`longrun-question ${org.id} ${conversation.id}`, nothingAsked)
  const [isAsking, setAsking] = useState(begun[0].question !== '')
  const asked = (questions.data ?? []).filter(({ withdrawnAt }) => withdrawnAt === null)
  if (!may('inbox.handle') && asked.length === 0) return null
  return (
    <Section title="Ask another department">
      <ErrorPanel error={questions.error} retry={() => void questions.refetch()} />
      {asked.length > 0 && (
        <ul className="ro-list" aria-label="Questions and answers">
          {asked.map((question) => (
            <QuestionItem key={question.id} question={question} />
          ))}
        </ul>
      )}
      {isAsking ? (
        <AskForm conversation={conversation} begun={begun} close={() => setAsking(false)} />
      ) : (
        may('inbox.handle') && (
          <Button variant="default" size="compact-sm" w="fit-content" onClick={() => setAsking(true)}>
            Ask a question
          </Button>
        )
      )}
    </Section>
  )
}

/** What somebody has begun to ask. */
interface Begun {
  departmentId: string | null
  question: string
}
const nothingAsked: Begun = { departmentId: null, question: '' }

interface AskFormProps {
  conversation: Conversation
  begun: ReturnType<typeof useKept<Begun>>
  close: () => void
}

function AskForm({ conversation, begun: [begun, setBegun, empty], close }: AskFormProps) {
  const org = useOrg()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const { departmentId, question } = begun
  const ask = useAct(api.questions, async () => {
    await client.questions.ask({ org: org.id, id: conversation.id, departmentId: departmentId!, question })
    if (empty(begun)) close()
  })
  const others = (departments.data ?? []).filter(({ id }) => id !== conversation.department?.id)
  return (
    <form
      aria-label="Ask another department"
      onSubmit={(event) => {
        event.preventDefault()
        if (departmentId && question.trim()) ask.mutate()
      }}
    >
      <Stack gap="xs">
        <Select
          label="Department"
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={departmentId}
          onChange={(to) => setBegun({ ...begun, departmentId: to })}
        />
        <Textarea
          label="Question"
          description="Nobody outside sees it. The conversation stays where it is."
          autosize
          minRows={2}
          maxLength={4000}
          value={question}
          onChange={({ currentTarget: { value } }) => setBegun({ ...begun, question: value })}
        />
        <Group gap="xs">
          <Button type="submit" size="compact-sm" disabled={!departmentId || !question.trim()} loading={ask.isPending}>
            Ask
          </Button>
          <Button variant="default" size="compact-sm" onClick={close}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
