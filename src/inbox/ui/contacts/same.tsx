// Who may be the same person, saying so, and taking it back. Guesses are only shown: people decide.

import { Button, Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { useNetworkName } from '../../../listening/ui/use-network-name.ts'
import { type Contact, type ContactLine, handleOf, nameOf } from './contact-words.ts'

const because = { name: 'the same name', handle: 'the same handle' }

export function Same({ contact }: { contact: Contact }) {
  const org = useOrg()
  const may = useMay()
  const [choosing, setChoosing] = useState(false)
  const merge = useMerge(contact)
  const alike = useQuery(api.contacts.suggestions.queryOptions({ input: { org: org.id, id: contact.id } }))
  return (
    <Section title="The same person elsewhere">
      {alike.data?.length === 0 && <p className="lr-dimmed">Nobody has the same name or handle.</p>}
      <ul className="co-list" aria-label="May be the same person">
        {alike.data?.map((each) => (
          <li key={each.id} className="co-row">
            <Line contact={each} more={because[each.because]} />
            {may('contacts.change') && (
              <Button size="compact-sm" variant="default" loading={merge.isPending} onClick={() => merge.mutate(each)}>
                Same person
              </Button>
            )}
          </li>
        ))}
      </ul>
      {may('contacts.change') && (
        <Button size="compact-sm" variant="default" onClick={() => setChoosing(true)}>
          Somebody else is this person
        </Button>
      )}
      <Moves contact={contact} />
      <Modal opened={choosing} onClose={() => setChoosing(false)} title="Who is the same person?">
        {choosing && <Choose contact={contact} close={() => setChoosing(false)} />}
      </Modal>
    </Section>
  )
}

function Line({ contact, more }: { contact: ContactLine; more?: string }) {
  const { slug } = useOrg()
  const networkName = useNetworkName()
  const where = contact.identities.map((each) => `${handleOf(each)} (${networkName(each.network)})`)
  return (
    <div>
      <p>
        <TextLink to="/o/$slug/contacts/$contactId" params={{ slug, contactId: contact.id }} inherit>
          {nameOf(contact)}
        </TextLink>
      </p>
      <p className="co-facts">{[...where, more].filter(Boolean).join(' · ')}</p>
    </div>
  )
}

function useMerge(contact: Contact) {
  const org = useOrg()
  const queryClient = useQueryClient()
  const again = () => refresh(queryClient, api.contacts, api.conversations)
  return useAct(api.contacts, async (other: ContactLine) => {
    const merged = await client.contacts.merge({ org: org.id, id: contact.id, contactId: other.id })
    await again()
    const move = merged.moves.find(({ fromId, undoneAt }) => fromId === other.id && undoneAt === null)
    if (!move) return
    showUndo(`${nameOf(other)} is this person`, async () => {
      await client.contacts.undo({ org: org.id, id: contact.id, keptId: move.id })
      await again()
    })
  })
}

function Choose({ contact, close }: { contact: Contact; close: () => void }) {
  const org = useOrg()
  const [q, setQ] = useState('')
  const merge = useMerge(contact)
  const found = useQuery(
    api.contacts.list.queryOptions({ input: { org: org.id, q, limit: 8 }, enabled: q.trim().length > 1 }),
  )
  const others = found.data?.items.filter(({ id }) => id !== contact.id) ?? []
  return (
    <div className="co-list">
      <TextInput
        label="Name or handle"
        data-autofocus
        leftSection={<IconSearch size={16} />}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {found.data && others.length === 0 && <p className="lr-dimmed">Nobody else is found by that.</p>}
      <ul className="co-list" aria-label="Found">
        {others.map((each) => (
          <li key={each.id} className="co-row">
            <Line contact={each} />
            <Button
              size="compact-sm"
              variant="default"
              loading={merge.isPending}
              onClick={() => merge.mutate(each, { onSuccess: close })}
            >
              Same person
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Moves({ contact }: { contact: Contact }) {
  const org = useOrg()
  const may = useMay()
  const undo = useAct(api.contacts, (keptId: string) => client.contacts.undo({ org: org.id, id: contact.id, keptId }))
  if (contact.moves.length === 0) return null
  return (
    <ul className="co-list" aria-label="Put together and apart">
      {contact.moves.map((move) => {
        const who = move.identities.map(({ handle, name, remoteId }) => handle ?? name ?? remoteId).join(', ')
        const came = move.toId === contact.id
        return (
          <li key={move.id} className="co-row">
            <p className="co-facts">
              {who} {came ? 'came here' : 'went to another contact'}, by {move.by?.name},{' '}
              <TimeText at={move.at} relative />
              {move.undoneAt && ' · taken back'}
            </p>
            {!move.undoneAt && may('contacts.change') && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                loading={undo.isPending}
                onClick={() => undo.mutate(move.id)}
              >
                Take back
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
