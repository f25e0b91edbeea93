// Notes and tags of a contact, each with who keeps it.

import { ActionIcon, Button, Group, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { api, client, refresh } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import type { Contact } from './contact-words.ts'

export function Notes({ contact }: { contact: Contact }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const place = { org: org.id, id: contact.id }
  const form = useServerForm({
    initialValues: { text: '' },
    validate: ({ text }) => ({ text: wants.text(text, 'A note') }),
    send: ({ text }) => client.contacts.note({ ...place, text }),
    done: async () => {
      form.reset()
      await refresh(queryClient, api.contacts)
    },
  })
  const remove = async (keptId: string) => {
    const done = await confirm({
      title: 'Remove this note?',
      body: 'Its words are gone for everybody.',
      action: 'Remove',
      danger: true,
      run: () => client.contacts.removeNote({ ...place, keptId }),
    })
    if (done) await refresh(queryClient, api.contacts)
  }
  return (
    <>
      <ul className="co-list" aria-label="Notes">
        {contact.notes.map(({ id, text, by, at, walled }) => (
          <li key={id}>
            <p className="co-words" dir="auto">
              {text}
            </p>
            <div className="co-row">
              <p className="co-facts">
                {by?.name} · <TimeText at={at} relative />
                {walled && ' · your department alone'}
              </p>
              {may('contacts.change') && (
                <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void remove(id)}>
                  Remove
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {contact.notes.length === 0 && <p className="lr-dimmed">No notes yet.</p>}
      {may('contacts.change') && (
        <ServerForm form={form} submit="Write note">
          <Textarea label="New note" autosize minRows={2} maxLength={4000} {...form.field('text')} />
        </ServerForm>
      )}
    </>
  )
}

export function Tags({ contact }: { contact: Contact }) {
  const org = useOrg()
  const may = useMay()
  const place = { org: org.id, id: contact.id }
  const untag = useAct(api.contacts, (keptId: string) => client.contacts.untag({ ...place, keptId }))
  return (
    <>
      {contact.tags.length === 0 && <p className="lr-dimmed">None yet.</p>}
      <ul className="co-list co-tags" aria-label="Tags" style={{ flexDirection: 'row' }}>
        {contact.tags.map(({ id, tag, walled }) => (
          <li
            key={id}
            className="co-tag"
            data-fixed={!may('contacts.change') || undefined}
            title={walled ? 'Your department alone sees it' : undefined}
          >
            {tag}
            {walled && ' (yours alone)'}
            {may('contacts.change') && (
              <ActionIcon
                size={24}
                variant="subtle"
                color="gray"
                aria-label={`Take the tag ${tag} away`}
                onClick={() => untag.mutate(id)}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {may('contacts.change') && <TagForm contact={contact} />}
    </>
  )
}

function TagForm({ contact }: { contact: Contact }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { tag: '' },
    validate: ({ tag }) => ({ tag: wants.text(tag, 'A tag') }),
    send: ({ tag }) => client.contacts.tag({ org: org.id, id: contact.id, tag }),
    done: async () => {
      form.reset()
      await refresh(queryClient, api.contacts)
    },
  })
  return (
    <form onSubmit={form.submit}>
      <Group gap="xs" align="flex-start">
        <TextInput aria-label="New tag" placeholder="New tag" maxLength={40} flex={1} {...form.field('tag')} />
        <Button type="submit" variant="default" loading={form.sending}>
          Add
        </Button>
      </Group>
    </form>
  )
}
