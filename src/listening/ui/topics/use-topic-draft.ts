// A topic while it is edited: the form and the query are two views of the same text.

import { useMemo, useState } from 'react'
import { formOf, readForm } from '../../topics/language/form/rules.ts'
import { emptyForm, type TopicForm } from '../../topics/language/form/types.ts'
import { readQuery, writeQuery } from '../../topics/language/rules.ts'
import type { QueryReading } from '../../topics/language/types.ts'

export interface TopicDraft {
  text: string
  reading: QueryReading
  /** null: the query says more than the form can. */
  form: TopicForm | null
  setText: (text: string) => void
  setForm: (form: TopicForm) => void
  /** The query in its normal form, as it would be kept; null while it cannot be read. */
  normal: string | null
}

export function useTopicDraft(initial: { query: string; form: TopicForm | null }): TopicDraft {
  const [text, putText] = useState(initial.query)
  const [form, putForm] = useState<TopicForm | null>(() => initial.form ?? formFrom(initial.query))
  const reading = useMemo(() => readQuery(text), [text])
  return {
    text,
    reading,
    form,
    setText: (next) => {
      putText(next)
      putForm((before) => formFrom(next) ?? (readQuery(next).ok ? null : before))
    },
    setForm: (next) => {
      putForm(next)
      const read = readForm(next)
      putText(read.ok ? writeQuery(read.query) : '')
    },
    normal: reading.ok ? writeQuery(reading.query) : null,
  }
}

/** The form of what is written; an empty one for nothing, null where it says more than the form can, or cannot be read. */
function formFrom(text: string): TopicForm | null {
  if (text.trim() === '') return emptyForm()
  const reading = readQuery(text)
  return reading.ok ? formOf(reading.query) : null
}
