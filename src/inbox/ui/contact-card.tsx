// Who a conversation is with, and what else they said to us.

import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { TextLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import { type Conversation, kindOf, nameOf, stateWords } from './inbox-words.ts'
import { MergeButton } from './merge-button.tsx'

export function ContactCard({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const { contact } = conversation
  if (!contact) return null
  return (
    <>
      <Section
        title={nameOf(conversation)}
        actions={
          <TextLink to="/o/$slug/contacts/$contactId" params={{ slug: org.slug, contactId: contact.id }}>
            Contact
          </TextLink>
        }
      >
        <p className="ib-facts">
          {contact.url ? (
            <Anchor href={contact.url} target="_blank" rel="noopener noreferrer nofollow" inherit>
              {contact.handle ?? contact.url}
            </Anchor>
          ) : (
            contact.handle
          )}
          {contact.followers !== null && ` · ${contact.followers.toLocaleString()} followers`}
        </p>
      </Section>
      <Others conversation={conversation} contactId={contact.id} />
    </>
  )
}

function Others({ conversation, contactId }: { conversation: Conversation; contactId: string }) {
  const org = useOrg()
  const list = useQuery(
    api.conversations.list.queryOptions({ input: { org: org.id, contactId, state: 'all', limit: 10 } }),
  )
  const others = list.data?.items.filter(({ id }) => id !== conversation.id) ?? []
  if (others.length === 0) return null
  return (
    <Section title="Other conversations">
      <ul className="ib-others">
        {others.map((each) => (
          <li key={each.id}>
            <TextLink to="/o/$slug/inbox/$conversationId" params={{ slug: org.slug, conversationId: each.id }} inherit>
              {each.subject || each.preview || kindOf(each)}
            </TextLink>
            <p className="ib-facts">
              {stateWords[each.state]} · <TimeText at={each.lastAt} relative />
            </p>
            <MergeButton from={each} into={conversation} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
