// Writes an answer: kept on the server while it is written, begun from saved replies, made personal, and sent once.

import { Button, Group, Textarea } from '@mantine/core'
import { IconMessage2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { countText } from '../../connectors/text.ts'
import { api, client, refusalOf } from '../../kit/api.ts'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { showProblem } from '../../kit/toast.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { count, refusalWords } from '../../kit/words.ts'
import { leftToChange, variablesIn } from '../replies/rules.ts'
import { AddFiles, AnswerFiles } from './answering/answer-files.tsx'
import { MacroMenu } from './answering/macro-menu.tsx'
import { PresenceLine } from './answering/presence-line.tsx'
import { SavedReplyPicker } from './answering/saved-reply-picker.tsx'
import { useAnswerDraft } from './answering/use-answer-draft.ts'
import { usePresence } from './answering/use-presence.ts'
import { useSend } from './answering/use-send.ts'
import { type Conversation, nameOf } from './inbox-words.ts'
import './refusal-words.ts'
import './answering/answering.css'

type Draft = ReturnType<typeof useAnswerDraft>

export function AnswerForm({ conversation, seen }: { conversation: Conversation; seen: string | undefined }) {
  const org = useOrg()
  const { id } = conversation
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useAnswerDraft(id)
  const presence = usePresence(id)
  const { data } = useQuery(api.answers.list.queryOptions({ input: { org: org.id, id } }))
  const send = useSend({ id, seen, answers: data?.items.length, draft, presence })
  const [picking, setPicking] = useState(false)
  useShortcut('r', 'Write an answer', () => field.current?.focus())
  useShortcut('s', 'Begin from a saved reply', () => setPicking(true))
  if (data && !data.canAnswer)
    return (
      <>
        <PresenceLine presence={presence} />
        <p className="lr-dimmed">
          {data.whyNot === 'heard-only'
            ? 'It was heard where you have no account, so it can be read and not answered from here.'
            : 'This network does not let such messages be answered from here.'}
        </p>
      </>
    )
  const { text, media, change } = draft
  const room = data?.limit ? data.limit.max - countText(text, data.limit.unit) : null
  const isReady = (text.trim() !== '' || media.length > 0) && (room === null || room >= 0)
  const submit = () => {
    if (isReady && !send.isPending) send.mutate()
  }
  const put = (replyId: string, at: number, words = text) => {
    draft.insert(replyId, at, words).then(() => field.current?.focus(), showProblem)
  }
  const files = {
    ...{ images: data?.images ?? null, videos: data?.videos ?? null, documents: data?.documents ?? null },
    media,
  }
  const setMedia = (next: typeof media) => change({ media: next })
  return (
    <form
      className="ib-note"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <PresenceLine presence={presence} />
      <SentBack draft={draft} />
      <Textarea
        ref={field}
        label={`Answer to ${nameOf(conversation)}`}
        autosize
        minRows={3}
        value={text}
        error={send.error ? refusalWords(refusalOf(send.error)).what : null}
        onChange={(event) => {
          const { value, selectionStart } = event.currentTarget
          change({ text: value })
          // What was said of other words does not hold for these.
          if (send.error) send.reset()
          presence.wrote()
          void typedShortcut(org.id, value, selectionStart).then(
            (found) => found && put(found.id, found.at, found.rest),
          )
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
      />
      <AnswerFiles {...files} setMedia={setMedia} />
      <Group gap="xs">
        <Button type="submit" disabled={!isReady} loading={send.isPending}>
          {data?.needsApproval ? 'Send for approval' : 'Send'}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconMessage2 size={16} />}
          onClick={() => setPicking(true)}
        >
          Saved reply
        </Button>
        <MacroMenu conversation={conversation} draft={draft} />
        <AddFiles {...files} conversationId={id} setMedia={setMedia} />
      </Group>
      {data?.nobodyApproves && (
        <p className="ib-facts">
          Nobody of {conversation.department?.name} may approve answers, so yours will wait. Whoever runs the
          organisation is told that one waits, and nothing of what it says.
        </p>
      )}
      <Facts draft={draft} room={room} leastChanged={data?.leastChanged ?? 0} takesBack={data?.takesBack ?? true} />
      <SavedReplyPicker
        opened={picking}
        close={() => setPicking(false)}
        departmentId={conversation.department?.id}
        take={(replyId) => put(replyId, field.current?.selectionStart ?? text.length)}
      />
    </form>
  )
}

/** What is missing before it can go out, said before it is tried. */
function Facts({
  draft: { text, given },
  room,
  leastChanged,
  takesBack,
}: {
  draft: Draft
  room: number | null
  leastChanged: number
  takesBack: boolean
}) {
  const names = given.length > 0 ? variablesIn(text).filter((name) => variablesIn(given.join(' ')).includes(name)) : []
  const left = leftToChange(given, text, leastChanged)
  const facts = [
    ...(room !== null && room < 100 ? [room < 0 ? `${-room} too many` : `${room} left`] : []),
    ...(names.length > 0 ? [`Fill in by hand: ${names.join(', ')}.`] : []),
    ...(left > 0
      ? [`Make it personal: change ${count(left, 'more word')}.`.replace('1 more word', 'at least one word')]
      : []),
    ...(takesBack || text === '' ? [] : ['What is sent here cannot be taken back.']),
  ]
  return facts.length > 0 ? (
    <p className="ib-facts" role="status">
      {facts.join(' ')}
    </p>
  ) : null
}

function SentBack({ draft: { note } }: { draft: Draft }) {
  if (!note) return null
  return (
    <p className="ib-sent-back">
      <strong>{note.by?.name ?? 'Somebody'} sent it back:</strong> {note.text}
    </p>
  )
}

/** “/parcel ” brings the saved reply with that shortcut in its place. */
async function typedShortcut(org: string, text: string, caret: number) {
  const typed = /(?:^|\s)(\/([a-z0-9][a-z0-9-]{0,39}) )$/.exec(text.slice(0, caret))
  if (!typed) return null
  const { items } = await client.savedReplies.list({ org, q: typed[2], limit: 50 }).catch(() => ({ items: [] }))
  const reply = items.find(({ shortcut }) => shortcut === typed[2])
  const at = caret - typed[1]!.length
  return reply ? { id: reply.id, at, rest: text.slice(0, at) + text.slice(caret) } : null
}
