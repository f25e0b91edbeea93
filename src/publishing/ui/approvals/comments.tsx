// What people said about one rendition, and other words that the author can take over.

import { Button, Group, Stack, Switch, Textarea } from '@mantine/core'
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
              {each.suggestion !== null && <blockquote className="ap-quote">{each.suggestion}</blockquote>}
              {each.suggestion !== null && !each.takenAt && may('posts.write') && (
                <Button size="compact-sm" variant="light" onClick={() => void take(each.id)}>
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
          text={words.segments[0]?.text ?? ''}
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

interface CommentFormProps {
  /** The words for which others can be suggested. */
  text: string
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

function Fields({ text, send, field }: CommentFormProps & { field: React.RefObject<HTMLTextAreaElement | null> }) {
  const [comment, setComment] = useState('')
  const [words, setWords] = useState<string | null>(null)
  const [working, setWorking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async () => {
    setWorking(true)
    setError(null)
    try {
      await send({ text: comment, ...(words === null ? {} : { suggestion: { segment: 0, text: words } }) })
      setComment('')
      setWords(null)
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
        checked={words !== null}
        onChange={(event) => setWords(event.currentTarget.checked ? text : null)}
      />
      {words !== null && (
        <Textarea label="Words" autosize value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      )}
      <ErrorPanel error={error} kept="What you typed is still here." />
      <Group>
        <Button
          size="xs"
          variant="default"
          loading={working}
          disabled={!comment.trim() && (words === null || words === text)}
          onClick={() => void submit()}
        >
          Send
        </Button>
      </Group>
    </Stack>
  )
}
