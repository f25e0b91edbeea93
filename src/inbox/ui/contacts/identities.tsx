// Where a person is found, and taking some of these places for another person.

import { Anchor, Button, Checkbox, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { showProblem } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { useNetworkName } from '../../../listening/ui/use-network-name.ts'
import { type Contact, handleOf, type Identity, keyOf } from './contact-words.ts'
import '@mantine/core/styles/Checkbox.css'

export function Identities({ contact }: { contact: Contact }) {
  const may = useMay()
  const [splitting, setSplitting] = useState(false)
  const { identities } = contact
  if (splitting) return <Split contact={contact} close={() => setSplitting(false)} />
  return (
    <>
      <ul className="co-list" aria-label="Where they are">
        {identities.map((each) => (
          <li key={keyOf(each)}>
            <Place identity={each} />
          </li>
        ))}
      </ul>
      {identities.length > 1 && may('contacts.change') && (
        <Button variant="default" size="compact-sm" onClick={() => setSplitting(true)}>
          These are two persons
        </Button>
      )}
    </>
  )
}

function Place({ identity }: { identity: Identity }) {
  const networkName = useNetworkName()
  const { network, url, name, followers } = identity
  return (
    <>
      <p>
        {url ? (
          <Anchor href={url} target="_blank" rel="noopener noreferrer nofollow" inherit>
            {handleOf(identity)}
          </Anchor>
        ) : (
          handleOf(identity)
        )}
      </p>
      <p className="co-facts">
        {[networkName(network), name, followers !== null && count(followers, 'follower')].filter(Boolean).join(' · ')}
      </p>
    </>
  )
}

function Split({ contact, close }: { contact: Contact; close: () => void }) {
  const org = useOrg()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [chosen, setChosen] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const others = contact.identities.filter((each) => chosen.includes(keyOf(each)))
  const split = async () => {
    setBusy(true)
    try {
      const identities = others.map(({ network, remoteId }) => ({ network, remoteId }))
      const other = await client.contacts.split({ org: org.id, id: contact.id, identities })
      await refresh(queryClient, api.contacts, api.conversations)
      await navigate({ to: '/o/$slug/contacts/$contactId', params: { slug: org.slug, contactId: other.id } })
    } catch (error) {
      showProblem(error)
      setBusy(false)
    }
  }
  return (
    <fieldset className="co-list" style={{ border: 0 }} aria-label="Which of these are somebody else?">
      <Checkbox.Group value={chosen} onChange={setChosen} label="Which of these are somebody else?">
        {contact.identities.map((each) => (
          <Checkbox key={keyOf(each)} value={keyOf(each)} label={handleOf(each)} mt="xs" />
        ))}
      </Checkbox.Group>
      <Group gap="xs">
        <Button
          size="compact-sm"
          loading={busy}
          disabled={chosen.length === 0 || chosen.length === contact.identities.length}
          onClick={() => void split()}
        >
          Make them another contact
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          Leave it
        </Button>
      </Group>
    </fieldset>
  )
}
