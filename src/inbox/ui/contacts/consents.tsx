// What a person agreed to: for what, since when, where that is written down, and whether they took it back.

import { Button, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { type Contact, nameOf } from './contact-words.ts'

export function Consents({ contact }: { contact: Contact }) {
  const may = useMay()
  const [writing, setWriting] = useState(false)
  return (
    <>
      {contact.consents.length === 0 && !writing && <p className="lr-dimmed">None is noted.</p>}
      <ul className="co-list" aria-label="Consents">
        {contact.consents.map((consent) => (
          <li key={consent.id}>
            <Consent contact={contact} consent={consent} />
          </li>
        ))}
      </ul>
      {may('contacts.change') &&
        (writing ? (
          <ConsentForm contact={contact} close={() => setWriting(false)} />
        ) : (
          <Button variant="default" size="compact-sm" onClick={() => setWriting(true)}>
            Note a consent
          </Button>
        ))}
    </>
  )
}

function Consent({ contact, consent }: { contact: Contact; consent: Contact['consents'][number] }) {
  const org = useOrg()
  const may = useMay()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const { id, purpose, evidence, givenAt, by, withdrawnAt, withdrawnBy, walled } = consent
  const withdraw = async () => {
    const done = await confirm({
      title: `Did ${nameOf(contact)} take this back?`,
      body: `“${purpose}” does not hold from now on. That it was given stays noted.`,
      action: 'Note that it is withdrawn',
      run: () => client.contacts.withdraw({ org: org.id, id: contact.id, keptId: id }),
    })
    if (done) await refresh(queryClient, api.contacts)
  }
  return (
    <>
      <p>{withdrawnAt ? <s>{purpose}</s> : purpose}</p>
      {evidence && <p className="co-facts">{evidence}</p>}
      <p className="co-facts">
        Given <TimeText at={givenAt} style="date" />, noted by {by?.name}
        {walled && ' · your department alone'}
      </p>
      {withdrawnAt && (
        <p className="co-facts">
          Withdrawn <TimeText at={withdrawnAt} style="date" />, noted by {withdrawnBy?.name}
        </p>
      )}
      {!withdrawnAt && may('contacts.change') && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void withdraw()}>
          Withdrawn
        </Button>
      )}
    </>
  )
}

function ConsentForm({ contact, close }: { contact: Contact; close: () => void }) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const form = useServerForm({
    initialValues: { purpose: '', evidence: '' },
    validate: ({ purpose }) => ({ purpose: wants.text(purpose, 'What they agreed to') }),
    send: (values) => client.contacts.consent({ org: org.id, id: contact.id, ...values }),
    done: async () => {
      await refresh(queryClient, api.contacts)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Note it" label="Consent" close={close}>
      <TextInput
        label="What for"
        placeholder="Showing their photo in our newsletter"
        maxLength={500}
        {...form.field('purpose')}
      />
      <Textarea
        label="Where it is written down"
        placeholder="Their message of this morning"
        autosize
        maxLength={1000}
        {...form.field('evidence')}
      />
    </ServerForm>
  )
}
