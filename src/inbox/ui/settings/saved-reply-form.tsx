// Writes a saved reply: title, words with places to fill, for whom, and a shortcut.

import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { languages } from '../../../publishing/ui/languages.ts'
import { unknownIn } from '../../replies/rules.ts'
import { type Variable, variables } from '../../replies/types.ts'
import type { SavedReply } from './saved-replies-page.tsx'
import './settings.css'

const variableWords: Record<Variable, string> = {
  'contact.name': 'Their name',
  'contact.first-name': 'Their first name',
  'me.name': 'Your name',
  'me.first-name': 'Your first name',
  'account.name': 'Account',
  'department.name': 'Department',
  subject: 'Subject',
  post: 'Post',
}

export function SavedReplyForm({ reply, close }: { reply: SavedReply | null; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const words = useRef<HTMLTextAreaElement>(null)
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const form = useServerForm({
    initialValues: {
      title: reply?.title ?? '',
      body: reply?.body ?? '',
      language: reply?.language ?? null,
      departmentId: reply?.departmentId ?? null,
      shortcut: reply?.shortcut ?? '',
    },
    validate: ({ title, body, shortcut }) => ({
      title: wants.text(title, 'A title'),
      body: wants.text(body, 'Text') ?? unknownWords(body),
      shortcut: /^([a-z0-9][a-z0-9-]{0,39})?$/.test(shortcut) ? null : 'Small letters, digits and hyphens.',
    }),
    send: ({ shortcut, ...values }) => {
      const facts = { org: org.id, ...values, shortcut: shortcut || null }
      return reply ? client.savedReplies.change({ ...facts, id: reply.id }) : client.savedReplies.add(facts)
    },
    done: async () => {
      await refresh(queryClient, api.savedReplies)
      close()
    },
  })
  const put = (name: Variable) => {
    const at = words.current?.selectionStart ?? form.values.values.body.length
    const { body } = form.values.values
    form.values.setFieldValue('body', `${body.slice(0, at)}{{${name}}}${body.slice(at)}`)
    words.current?.focus()
  }
  return (
    <ServerForm form={form} submit={reply ? 'Save' : 'Keep it'} label="Saved reply" close={close}>
      <TextInput
        label="Title"
        description="By which it is found."
        maxLength={200}
        data-autofocus
        {...form.field('title')}
      />
      <div>
        <Textarea
          ref={words}
          label="Text"
          description="Leave room for what is personal."
          autosize
          minRows={5}
          maxRows={16}
          maxLength={20_000}
          {...form.field('body')}
        />
        <fieldset className="is-variables" aria-label="Places that are filled by themselves">
          {variables.map((name) => (
            <Button key={name} variant="default" size="compact-sm" onClick={() => put(name)}>
              {variableWords[name]}
            </Button>
          ))}
        </fieldset>
      </div>
      <Select label="Language" placeholder="Any" clearable searchable data={languages} {...form.field('language')} />
      <Select
        label="Department"
        placeholder="All"
        clearable
        data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('departmentId')}
      />
      <TextInput
        label="Shortcut"
        description="Typed after a slash in an answer, such as /parcel, it brings the text."
        leftSection="/"
        maxLength={40}
        {...form.field('shortcut')}
      />
    </ServerForm>
  )
}

function unknownWords(body: string): string | null {
  const unknown = unknownIn(body)
  return unknown.length > 0 ? `There is no such place to fill: ${unknown.join(', ')}.` : null
}
