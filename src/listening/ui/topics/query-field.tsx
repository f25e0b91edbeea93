// The query as text, with the place of what is wrong marked below it.

import { Button, Textarea } from '@mantine/core'
import { useRef } from 'react'
import type { QueryError } from '../../topics/language/types.ts'
import { errorSentence, hintSentence } from './topic-words.ts'
import type { TopicDraft } from './use-topic-draft.ts'

export function QueryField({ draft, error }: { draft: TopicDraft; error?: string }) {
  const { text, reading, normal, setText } = draft
  const field = useRef<HTMLTextAreaElement>(null)
  const wrong = !reading.ok && text.trim() !== '' ? reading.error : null
  const hints = reading.ok ? reading.hints : []
  const select = ({ at, end }: { at: number; end: number }) => {
    field.current?.focus()
    field.current?.setSelectionRange(at, Math.max(end, at))
  }
  return (
    <div className="li-query">
      <Textarea
        ref={field}
        name="query"
        label="Query"
        description="Words side by side must all be there. OR, NOT, “phrases”, NEAR/5, word*, #tag, @name, lang:, has:, author:, link:"
        autosize
        minRows={6}
        maxRows={18}
        spellCheck={false}
        dir="auto"
        classNames={{ input: 'li-query-text' }}
        value={text}
        error={error ?? (wrong ? errorSentence(wrong) : null)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {wrong && (
        <div className="li-query-wrong">
          <code dir="auto">
            {text.slice(Math.max(0, wrong.at - 24), wrong.at)}
            <mark>{text.slice(wrong.at, wrong.end) || ' '}</mark>
            {text.slice(wrong.end, wrong.end + 24)}
          </code>
          <Button variant="subtle" size="compact-xs" onClick={() => select(wrong)}>
            Show it
          </Button>
          {canReplace(wrong) && (
            <Button
              variant="light"
              size="compact-xs"
              onClick={() => setText(text.slice(0, wrong.at) + wrong.suggestion + text.slice(wrong.end))}
            >
              Write {wrong.suggestion}
            </Button>
          )}
        </div>
      )}
      {hints.length > 0 && (
        <ul className="li-hints">
          {hints.slice(0, 4).map((hint) => (
            <li key={`${hint.code} ${hint.at}`}>{hintSentence(hint, text)}</li>
          ))}
        </ul>
      )}
      {normal !== null && normal !== text.trim() && (
        <p className="li-reads">
          Reads as <code dir="auto">{normal}</code>
        </p>
      )}
    </div>
  )
}

/** A bracket that is missing stands elsewhere than the one that is open. */
const canReplace = ({ code, suggestion }: QueryError): boolean =>
  suggestion !== undefined && code !== 'unclosed-bracket'
