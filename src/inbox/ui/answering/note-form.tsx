// Writes a note for colleagues; an @ offers their names, and who is named is told.

import { Button, Group, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, client, refresh, refusalOf } from '../../../kit/api.ts'
import { useShortcut } from '../../../kit/shortcuts.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useKept } from '../../../kit/use-kept.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { noteName } from '../goes-on.tsx'
import type { Conversation } from '../inbox-words.ts'

const mostOffered = 6

export function NoteForm({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const [note, setNote, empty] = useKept(noteName(org.id, conversation.id), '')
  const [caret, setCaret] = useState(0)
  const write = useAct(api.conversations, async (text: string) => {
    await client.conversations.note({ org: org.id, id: conversation.id, note: text })
    empty(text)
  })
  // Somebody put it into another meanwhile: shown as it stands now, it leads there.
  const onError = (error: Error) => {
    if (refusalOf(error).code === 'goes-on-elsewhere') void refresh(queryClient, api.conversations)
  }
  useShortcut('n', 'Write a note', () => field.current?.focus())
  const begun = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N} ._-]{0,40})$/u.exec(note.slice(0, caret))?.[1] ?? null
  const offered = useNames(begun)
  const submit = () => {
    if (note.trim()) write.mutate(note, { onError })
  }
  const name = (person: string) => {
    const before = note.slice(0, caret - (begun?.length ?? 0))
    const after = note.slice(caret)
    const text = `${before}${person}${after.startsWith(' ') ? '' : ' '}`
    setNote(text + after)
    setCaret(text.length)
    field.current?.focus()
    requestAnimationFrame(() => field.current?.setSelectionRange(text.length, text.length))
  }
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
        label="A note for colleagues"
        description="Nobody outside sees it. @ and a name tells somebody."
        autosize
        minRows={2}
        maxLength={4000}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value)
          setCaret(event.currentTarget.selectionStart)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
          if (event.key === 'Tab' && !event.shiftKey && offered[0] && begun) {
            event.preventDefault()
            name(offered[0].name)
          }
        }}
      />
      {offered.length > 0 && (
        <fieldset className="ib-mentions ib-views" aria-label="Colleagues of that name">
          {offered.map((person, at) => (
            <button key={person.id} type="button" onClick={() => name(person.name)}>
              {person.name}
              {at === 0 && begun ? ' (Tab)' : ''}
            </button>
          ))}
        </fieldset>
      )}
      <Group>
        <Button type="submit" variant="default" disabled={note.trim() === ''} loading={write.isPending}>
          Write it down
        </Button>
      </Group>
    </form>
  )
}

/** Those whose name goes on from what was typed after the @. */
function useNames(begun: string | null): { id: string; name: string }[] {
  const org = useOrg()
  const members = useQuery({
    ...api.members.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }),
    enabled: begun !== null,
  })
  if (begun === null) return []
  const typed = begun.toLowerCase()
  return (members.data ?? [])
    .filter(({ id, endedAt, name }) => !endedAt && id !== org.memberId && isBegun(name.toLowerCase(), typed))
    .slice(0, mostOffered)
}

const isBegun = (name: string, typed: string): boolean =>
  name !== typed.trim() && name.split(' ').some((_, at, words) => words.slice(at).join(' ').startsWith(typed))
