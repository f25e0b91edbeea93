// Answers the messages of a drill: what to do with each first, then the words; kept as they are given, and handed in once.

import { Button, Group, Select, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client, refresh, refusalOf } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { showProblem } from '../../../kit/toast.tsx'
import { useKept } from '../../../kit/use-kept.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { refusalWords } from '../../../kit/words.ts'
import { wantsWords } from '../../drills/rules.ts'
import type { Way } from '../../triage/types.ts'
import { type Drill, type DrillItem, wayChoices } from './drill-words.ts'

export function AnswerForms({ drill }: { drill: Drill }) {
  const org = useOrg()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const done = drill.items.filter(({ answeredAt }) => answeredAt !== null).length
  const handIn = () =>
    confirm({
      title: 'Hand it in?',
      body: 'A colleague judges it then, and nothing of it can be changed any more.',
      action: 'Hand it in',
      run: async () => {
        await client.drills.handIn({ org: org.id, id: drill.id })
        await refresh(queryClient, api.drills)
      },
    })
  return (
    <>
      <ol className="dr-items" aria-label="Practice messages">
        {drill.items.map((item) => (
          <AnswerForm key={item.id} drillId={drill.id} item={item} />
        ))}
      </ol>
      <Group>
        <Button disabled={done < drill.items.length} onClick={() => void handIn().catch(showProblem)}>
          Hand it in
        </Button>
        <p className="dr-facts" role="status">
          {done} of {drill.items.length} answered
        </p>
      </Group>
    </>
  )
}

interface Typed {
  way: Way | null
  answer: string
}

function AnswerForm({ drillId, item }: { drillId: string; item: DrillItem }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const kept: Typed = { way: item.way, answer: item.answer }
  // null: as it is kept at the server.
  const [own, setTyped, empty] = useKept<Typed | null>(`longrun-drill ${org.id} ${item.id}`, null)
  const typed = own ?? kept
  const { way, answer } = typed
  const isChanged = way !== kept.way || answer.trim() !== kept.answer
  const keep = useMutation({
    mutationFn: async (given: Typed) => {
      await client.drills.answer({ org: org.id, id: drillId, answerId: item.id, way: given.way!, answer: given.answer })
      await refresh(queryClient, api.drills)
      empty(given)
    },
    onError: (error) => {
      if (refusalOf(error).field !== 'answer') showProblem(error)
    },
  })
  const refused =
    keep.error && refusalOf(keep.error).field === 'answer' ? refusalWords(refusalOf(keep.error)).what : null
  const submit = () => {
    if (way && isChanged && !keep.isPending) keep.mutate(typed)
  }
  return (
    <li>
      <h2>Message {item.position + 1}</h2>
      <p className="dr-said" dir="auto">
        {item.words}
      </p>
      <form
        className="dr-mine"
        aria-label={`Message ${item.position + 1}`}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Select
          w="100%"
          label="What would you do with it?"
          placeholder="Decide this first"
          data={wayChoices}
          allowDeselect={false}
          value={way}
          onChange={(next) => setTyped({ ...typed, way: next as Way | null })}
        />
        {way && (
          <Textarea
            w="100%"
            label={wantsWords(way) ? 'What would you say?' : 'What would you do or say besides?'}
            description={wantsWords(way) ? undefined : 'Whom you tell and why, if there is something to be said.'}
            autosize
            minRows={3}
            maxLength={4000}
            value={answer}
            error={refused}
            onChange={(event) => setTyped({ ...typed, answer: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
            }}
          />
        )}
        <Group>
          <Button type="submit" variant="default" disabled={!way || !isChanged} loading={keep.isPending}>
            {item.answeredAt ? 'Keep the change' : 'Keep this answer'}
          </Button>
          {item.answeredAt !== null && !isChanged && <span className="dr-facts">Kept</span>}
        </Group>
      </form>
    </li>
  )
}
