// How far a change of many conversations is, what became of it, and its way back.

import { Button, Group, Progress } from '@mantine/core'
import '@mantine/core/styles/Progress.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, client, refresh } from '../../kit/api.ts'
import { TextLink } from '../../kit/links.tsx'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { showProblem } from '../../kit/toast.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { count, refusalWords } from '../../kit/words.ts'
import type { Bulk } from './inbox-words.ts'

const everyMs = 700

const isRunning = ({ endedAt, undoAt, undoEndedAt }: Bulk): boolean => (undoAt ? !undoEndedAt : !endedAt)

export function BulkWork({ id, forget }: { id: string; forget: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const found = useQuery(
    api.conversationBulks.read.queryOptions({
      input: { org: org.id, id },
      refetchInterval: ({ state }) => (state.data && !isRunning(state.data) ? false : everyMs),
    }),
  )
  const undo = useMutation({
    mutationFn: () => client.conversationBulks.undo({ org: org.id, id }),
    onSuccess: () => refresh(queryClient, api.conversationBulks, api.conversations),
    onError: (error) => showProblem(error, 'It could not be undone'),
  })
  const bulk = found.data
  const canUndo = bulk !== undefined && bulk.undoAt === null
  useShortcut('U', 'Undo what was done to many', () => canUndo && undo.mutate())
  const running = bulk && isRunning(bulk)
  useEffect(() => {
    if (running === false) void refresh(queryClient, api.conversations)
  }, [running, queryClient])
  if (!bulk) return null
  const done = bulk.undoAt ? bulk.undone + bulk.left : bulk.total - bulk.waiting
  const of = bulk.undoAt ? bulk.undone + bulk.left + bulk.changed : bulk.total
  return (
    <section className="ib-bulk" aria-label="Changed together">
      <p role="status">{wordsOf(bulk)}</p>
      {running && <Progress value={of === 0 ? 100 : (done / of) * 100} aria-label="How far it is" />}
      <Named bulk={bulk} />
      <Group gap="xs">
        {canUndo && (
          <Button variant="light" size="compact-sm" loading={undo.isPending} onClick={() => undo.mutate()}>
            {running ? 'Stop and undo' : 'Undo'}
          </Button>
        )}
        {!running && (
          <Button variant="subtle" size="compact-sm" onClick={forget}>
            Done
          </Button>
        )}
      </Group>
    </section>
  )
}

const verbs: Record<Bulk['change']['kind'], { done: string; doing: string }> = {
  assign: { done: 'given', doing: 'Giving' },
  'hand-over': { done: 'handed over', doing: 'Handing over' },
  close: { done: 'closed', doing: 'Closing' },
  'put-off': { done: 'put off', doing: 'Putting off' },
  open: { done: 'opened', doing: 'Opening' },
  tag: { done: 'tagged', doing: 'Tagging' },
  untag: { done: 'no longer tagged', doing: 'Taking the tag away' },
  priority: { done: 'given their priority', doing: 'Setting the priority' },
}

function wordsOf(bulk: Bulk): string {
  const { done, doing } = verbs[bulk.change.kind]
  const { total, waiting, changed, refused, undone, left } = bulk
  if (bulk.undoAt) {
    const back = `${count(undone, 'conversation')} put back`
    if (!bulk.undoEndedAt) return `${back} so far`
    return left > 0
      ? `${back}; ${left} left as ${left === 1 ? 'it is' : 'they are'}: somebody changed ${left === 1 ? 'it' : 'them'} since`
      : back
  }
  if (!bulk.endedAt) return `${doing}: ${(total - waiting).toLocaleString('en')} of ${count(total, 'conversation')}`
  const words = `${count(changed, 'conversation')} ${done}`
  return refused > 0 ? `${words}, ${refused} not` : words
}

function Named({ bulk }: { bulk: Bulk }) {
  const { slug } = useOrg()
  // That something is so already is no news.
  const news = bulk.named.filter(({ code }) => code !== 'conversation-there-already')
  if (news.length === 0) return null
  return (
    <ul className="ib-others" aria-label="Not changed">
      {news.map(({ id, name, preview, code }) => (
        <li key={id}>
          <TextLink
            to="/o/$slug/inbox/$conversationId"
            params={{ slug, conversationId: id }}
            search={(before: object) => before}
            inherit
          >
            {name || preview || 'A conversation'}
          </TextLink>
          <p className="ib-facts">{refusalWords({ code, params: {} }).what}</p>
        </li>
      ))}
    </ul>
  )
}
