// One person across networks: where they are, what was said, which departments had to do with them, and what is kept of them.

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { allItems, api, client, paging, refusalOf } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { BeginConversation } from '../../../listening/ui/handing-on/begin-conversation.tsx'
import { kindOf, stateWords } from '../inbox-words.ts'
import { Consents } from './consents.tsx'
import { nameOf } from './contact-words.ts'
import { Identities } from './identities.tsx'
import { Notes, Tags } from './notes.tsx'
import { Same } from './same.tsx'
import '../refusal-words.ts'
import './contacts.css'

const route = getRouteApi('/o/$slug/contacts/$contactId')

export function ContactPage() {
  const org = useOrg()
  const { contactId } = route.useParams()
  const found = useQuery(api.contacts.read.queryOptions({ input: { org: org.id, id: contactId } }))
  const contact = found.data
  const isUnknown = found.error && refusalOf(found.error).status === 404
  return (
    <AppPage
      title={contact ? nameOf(contact) : 'Contact'}
      crumbs={[
        <TextLink key="contacts" inherit to="/o/$slug/contacts" params={{ slug: org.slug }}>
          Contacts
        </TextLink>,
      ]}
    >
      {found.isPending && <LoadingRows />}
      {isUnknown ? (
        <EmptyState title="There is no such contact">
          The address may not be complete, or the person is known to another department alone.
        </EmptyState>
      ) : (
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      )}
      {contact && (
        <div className="co-sides">
          <div className="co-main">
            <Section
              title="Conversations"
              actions={
                <BeginConversation
                  name={nameOf(contact)}
                  begin={(given) => client.beginning.withContact({ org: org.id, id: contactId, ...given })}
                />
              }
            >
              <Conversations contactId={contactId} />
            </Section>
            <Section title="Notes" description="For colleagues; nobody outside sees them.">
              <Notes contact={contact} />
            </Section>
            <HandOvers contactId={contactId} />
          </div>
          <aside className="co-aside" aria-label="Who this is">
            <Section title="Where they are">
              <Identities contact={contact} />
            </Section>
            <Section title="Tags">
              <Tags contact={contact} />
            </Section>
            <Section title="Consents" description="What they agreed to, and where that is written down.">
              <Consents contact={contact} />
            </Section>
            <Same contact={contact} />
          </aside>
        </div>
      )}
    </AppPage>
  )
}

function Conversations({ contactId }: { contactId: string }) {
  const org = useOrg()
  const list = useInfiniteQuery(
    api.conversations.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, contactId, state: 'all' as const, cursor, limit: 20 }),
      ...paging,
    }),
  )
  const items = allItems(list.data)
  return (
    <>
      {list.isPending && <LoadingRows />}
      <ErrorPanel error={list.error} retry={() => void list.refetch()} />
      {items?.length === 0 && <p className="lr-dimmed">None in which they spoke first.</p>}
      <ul className="co-list" aria-label="Conversations">
        {items?.map((each) => (
          <li key={each.id}>
            <p dir="auto">
              <TextLink
                to="/o/$slug/inbox/$conversationId"
                params={{ slug: org.slug, conversationId: each.id }}
                inherit
              >
                {each.subject || each.preview || kindOf(each)}
              </TextLink>
            </p>
            <p className="co-facts">
              {kindOf(each)} to {each.accountName} · {stateWords[each.state]}
              {each.department && ` · ${each.department.name}`} · <TimeText at={each.lastAt} relative />
            </p>
          </li>
        ))}
      </ul>
      <LoadMore list={list} compact />
    </>
  )
}

function HandOvers({ contactId }: { contactId: string }) {
  const org = useOrg()
  const list = useQuery(api.contacts.handOvers.queryOptions({ input: { org: org.id, id: contactId } }))
  if (!list.data?.length) return null
  return (
    <Section title="Departments" description="Which of them had their conversations.">
      <ul className="co-list" aria-label="Departments">
        {list.data.map((each) => (
          <li key={`${each.conversationId} ${each.at}`}>
            <p>
              {each.to ? `Handed to ${each.to}` : `Taken from ${each.from ?? 'its department'}`}
              {each.note && `: ${each.note}`}
            </p>
            <p className="co-facts">
              {each.by?.name ?? 'Longrun'} · <TimeText at={each.at} relative /> ·{' '}
              <TextLink
                to="/o/$slug/inbox/$conversationId"
                params={{ slug: org.slug, conversationId: each.conversationId }}
                inherit
              >
                {beginning(each.preview) || 'the conversation'}
              </TextLink>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const mostShown = 60
const beginning = (words: string): string =>
  words.length > mostShown ? `${words.slice(0, mostShown - 1).trimEnd()}…` : words
