// Writes an answer: its words are kept until the server has them, and asking twice sends once.

import { Button, Group, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { countText } from '../../connectors/text.ts'
import { api, client, refusalOf } from '../../kit/api.ts'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { useAct } from '../../kit/use-act.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { refusalWords } from '../../kit/words.ts'
import { type Conversation, nameOf } from './inbox-words.ts'
import './refusal-words.ts'

export function AnswerForm({ conversation, seen }: { conversation: Conversation; seen: string | undefined }) {
  const org = useOrg()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useKept(`${org.id} ${conversation.id}`)
  // The same until it is taken: a second press, or a second try after a lost answer, is the same answer.
  const answerId = useRef(crypto.randomUUID())
  const { data } = useQuery(api.answers.list.queryOptions({ input: { org: org.id, id: conversation.id } }))
  const send = useAct(api.answers, () =>
    client.answers.write({ org: org.id, id: conversation.id, answerId: answerId.current, text, seen }),
  )
  useShortcut('r', 'Write an answer', () => field.current?.focus())
  const submit = () => {
    if (text.trim() && !send.isPending)
      send.mutate(undefined, {
        onSuccess: () => {
          setText('')
          answerId.current = crypto.randomUUID()
        },
      })
  }
  if (data && !data.canAnswer)
    return <p className="lr-dimmed">This network does not let such messages be answered from here.</p>
  const room = data?.limit ? data.limit.max - countText(text, data.limit.unit) : null
  return (
    <form
      className="ib-note"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Textarea
        ref={field}
        label={`Answer to ${nameOf(conversation)}`}
        autosize
        minRows={3}
        value={text}
        error={send.error ? refusalWords(refusalOf(send.error)).what : null}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
      />
      <Group>
        <Button type="submit" disabled={text.trim() === '' || (room !== null && room < 0)} loading={send.isPending}>
          Send
        </Button>
        {room !== null && room < 100 && <span className="ib-facts">{room} left</span>}
      </Group>
    </form>
  )
}

/** Words that are not sent yet survive a closed page. */
function useKept(key: string): [string, (text: string) => void] {
  const name = `longrun-answer ${key}`
  const [text, setText] = useState(() => localStorage.getItem(name) ?? '')
  return [
    text,
    (next) => {
      setText(next)
      if (next) localStorage.setItem(name, next)
      else localStorage.removeItem(name)
    },
  ]
}
