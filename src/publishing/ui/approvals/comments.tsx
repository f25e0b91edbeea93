// What people said about one rendition, and other words that the author can take over.

import { Button, Group, Select, Stack, Switch, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Draft } from '../../../connectors/contract.ts'
import { client } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useShortcut } from '../../../kit/shortcuts.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showDone, showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Request } from './approval-words.ts'

interface CommentsProps {
  request: Request
  variantId: string
  words: Draft
  again: () => Promise<unknown>
}

export function Comments({ request, variantId, words, again }: CommentsProps) {
  const org = useOrg()
  const may = useMay()
  const own = request.comments.filter((each) => each.variantId === variantId)
  const take = (comment: string) =>
    client.approvals
      .take({ org: org.id, id: request.id, comment })
      .then(() => showDone('Taken over; it has to be approved again'))
      .then(again)
      .catch((error) => showProblem(error))
  return (
    <>
      {own.length > 0 && (
        <ul className="ap-list" aria-label="Comments">
          {own.map((each) => (
            <li key={each.id}>
              <b>{each.author.name}</b>
              {each.outside && ' (outside)'}{' '}
              <span className="ap-note">
                <TimeText at={each.at} relative />
              </span>
              {each.text && <p className="ap-diff">{each.text}</p>}
              <Suggestion {...each} parts={words.segments.length} />
              {each.suggestion !== null && !each.takenAt && may('posts.write') && (
                <Button size="compact-sm" variant="default" mt={8} onClick={() => void take(each.id)}>
                  Take these words over
                </Button>
              )}
              {each.takenAt && <span className="ap-note">Taken over.</span>}
            </li>
          ))}
        </ul>
      )}
      {request.state === 'open' && may('approvals.vote') && (
        <CommentForm
          parts={words.segments.map(({ text }) => text)}
          keyboard={request.renditions[0]?.variantId === variantId}
          send={async (comment) => {
            await client.approvals.comment({ org: org.id, id: request.id, variantId, ...comment })
            await again()
          }}
        />
      )}
    </>
  )
}

/** Other words, with the part of a thread that they are meant for. */
export function Suggestion({ suggestion, segment, parts }: SuggestionProps) {
  if (suggestion === null) return null
  return (
    <>
      {parts > 1 && <p className="ap-note">Instead of part {(segment ?? 0) + 1}:</p>}
      <blockquote className="ap-quote">{suggestion}</blockquote>
    </>
  )
}

interface SuggestionProps {
  suggestion: string | null
  segment: number | null
  parts: number
}

interface CommentFormProps {
  /** The words of each part of a thread, for which others can be suggested. */
  parts: string[]
  /** Whether C leads here. */
  keyboard?: boolean
  send: (comment: { text: string; suggestion?: { segment: number; text: string } }) => Promise<void>
}

export function CommentForm(props: CommentFormProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <>
      {props.keyboard && <FocusShortcut focus={() => field.current?.focus()} />}
      <Fields {...props} field={field} />
    </>
  )
}

function FocusShortcut({ focus }: { focus: () => void }) {
  useShortcut('c', 'Comment', focus)
  return null
}

function Fields({ parts, send, field }: CommentFormProps & { field: React.RefObject<HTMLTextAreaElement | null> }) {
  const [comment, setComment] = useState('')
  const [other, setOther] = useState<{ segment: number; text: string } | null>(null)
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const original = (segment: number) => ({ segment, text: parts[segment] ?? '' })
  const submit = async () => {
    setWorking(true)
    setError(null)
    try {
      await send({ text: comment, ...(other ? { suggestion: other } : {}) })
      setComment('')
      setOther(null)
    } catch (caught) {
      setError(caught)
    }
    setWorking(false)
  }
  return (
    <Stack gap="xs">
      <Textarea
        ref={field}
        label="Comment"
        autosize
        maxLength={5000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Switch
        label="Suggest other words"
        checked={other !== null}
        onChange={(event) => setOther(event.currentTarget.checked ? original(0) : null)}
      />
      {other && <OtherWords parts={parts} other={other} set={setOther} choose={(at) => setOther(original(at))} />}
      <ErrorPanel error={error} kept="What you typed is still here." />
      <Group>
        <Button
          size="xs"
          variant="default"
          loading={working}
          disabled={!comment.trim() && (!other || other.text === parts[other.segment])}
          onClick={() => void submit()}
        >
          Send
        </Button>
      </Group>
    </Stack>
  )
}

interface OtherWordsProps {
  parts: string[]
  other: { segment: number; text: string }
  set: (other: { segment: number; text: string }) => void
  choose: (segment: number) => void
}

function OtherWords({ parts, other, set, choose }: OtherWordsProps) {
  return (
    <>
      {parts.length > 1 && (
        <Select
          label="Instead of"
          allowDeselect={false}
          data={parts.map((text, at) => ({ value: String(at), label: `Part ${at + 1}: ${beginning(text)}` }))}
          value={String(other.segment)}
          onChange={(at) => choose(Number(at))}
        />
      )}
      <Textarea
        label="Words"
        autosize
        value={other.text}
        onChange={(event) => set({ ...other, text: event.currentTarget.value })}
      />
    </>
  )
}

const beginning = (text: string): string => (text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text) || 'no text'
