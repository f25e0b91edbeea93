// One conversation: what was said and done in it, what can be done now, and who it is with.

import { Anchor, Button, Group, Menu } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, client, refusalOf } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { TextLink } from '../../kit/links.tsx'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useAct } from '../../kit/use-act.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import type { CloseReason } from '../types.ts'
import { ActionMenu } from './action-menu.tsx'
import { CauseCard } from './cause-card.tsx'
import { ContactCard } from './contact-card.tsx'
import { ConversationTalk } from './conversation-talk.tsx'
import { TakeExercise } from './drills/take-exercise.tsx'
import { JoinsCard } from './joins-card.tsx'
import { Found } from './marked.tsx'
import { MoodCard } from './moods/mood-card.tsx'
import { PromiseBar, PromiseSection } from './promises/promise-bar.tsx'
import { ConsideredCard } from './routing/considered-card.tsx'
import { Holders } from './routing/holders.tsx'
import { MarkFields } from './routing/marks.tsx'
import { QuestionsCard } from './routing/questions-card.tsx'
import './refusal-words.ts'
import { type Conversation, kindOf, nameOf, reasonWords, stateWords } from './inbox-words.ts'
import { snoozes } from './snoozes.ts'
import { useListing } from './use-listing.ts'
import { useRead } from './use-read.ts'
import { WallMark } from './walls.tsx'

export function ConversationPane({ id }: { id: string }) {
  const org = useOrg()
  const may = useMay()
  const found = useQuery(api.conversations.read.queryOptions({ input: { org: org.id, id } }))
  const conversation = found.data
  if (found.error && refusalOf(found.error).status === 404)
    return <EmptyState title="This conversation does not exist">The address may not be complete.</EmptyState>
  if (!conversation)
    return (
      <div className="ib-talk">
        {found.isPending && <LoadingRows />}
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      </div>
    )
  return (
    <>
      <article className="ib-talk" aria-label={`Conversation with ${nameOf(conversation)}`}>
        <Head conversation={conversation} />
        <PromiseBar conversation={conversation} />
        {may('inbox.handle') && <Moves conversation={conversation} />}
        <ConversationTalk conversation={conversation} />
      </article>
      <aside className="ib-aside" aria-label="About it">
        <Section title="Who has it">
          <Holders conversation={conversation} />
          <MarkFields conversation={conversation} />
        </Section>
        <PromiseSection conversation={conversation} />
        <CauseCard conversation={conversation} />
        <ConsideredCard conversation={conversation} />
        <QuestionsCard conversation={conversation} />
        <MoodCard conversationId={conversation.id} />
        <ContactCard conversation={conversation} />
        <JoinsCard conversation={conversation} />
        <TakeExercise conversation={conversation} />
      </aside>
    </>
  )
}

function Head({ conversation }: { conversation: Conversation }) {
  const { slug } = useOrg()
  const { subject, about, state, snoozedUntil, waitingSince, accountName } = conversation
  const putBack = useRead(conversation)
  const title = subject || nameOf(conversation)
  const typed = useListing().list.q
  return (
    <header className="ib-head">
      <TextLink to="/o/$slug/inbox" params={{ slug }} search={(before: object) => before} className="ib-back">
        <IconArrowLeft size={16} aria-hidden /> All conversations
      </TextLink>
      <h2>
        <Found text={title} typed={typed} />
      </h2>
      <p className="ib-facts">
        {kindOf(conversation)} to {accountName} · {stateWords[state]}
        {conversation.reason && `: ${reasonWords[conversation.reason].label.toLowerCase()}`}
        {snoozedUntil && (
          <>
            {' '}
            until <TimeText at={snoozedUntil} />
          </>
        )}
        {waitingSince && (
          <>
            {' '}
            · asked <TimeText at={waitingSince} relative />
          </>
        )}
      </p>
      {conversation.isUnread ? (
        <p className="ib-facts" role="status">
          Unread
        </p>
      ) : (
        <Button variant="subtle" color="gray" size="compact-sm" ml={-8} onClick={putBack}>
          Mark as unread
        </Button>
      )}
      {conversation.goesOnIn && (
        <p>
          It goes on in{' '}
          <TextLink
            to="/o/$slug/inbox/$conversationId"
            params={{ slug, conversationId: conversation.goesOnIn }}
            search={(before: object) => before}
            inherit
          >
            another conversation
          </TextLink>
          .
        </p>
      )}
      <WallMark conversation={conversation} />
      {about && (
        <p className="ib-about">
          Under{' '}
          {about.url ? (
            <Anchor href={about.url} target="_blank" rel="noopener noreferrer nofollow" inherit>
              {about.title || 'a post of yours'}
            </Anchor>
          ) : (
            about.title
          )}
        </p>
      )}
    </header>
  )
}

function Moves({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const { id, state, owner } = conversation
  const place = { org: org.id, id }
  const open = () => client.conversations.move({ ...place, to: 'open' })
  const reopen = useAct(api.conversations, open)
  const close = useAct(
    api.conversations,
    (reason: CloseReason) => client.conversations.move({ ...place, to: 'closed', reason }),
    { done: (reason) => `Closed: ${reasonWords[reason].label.toLowerCase()}`, back: open },
  )
  const putOff = useAct(
    api.conversations,
    (until: Date) => client.conversations.move({ ...place, to: 'snoozed', until: until.toISOString() }),
    { done: 'Put off', back: open },
  )
  const take = useAct(api.conversations, () => client.conversations.assign({ ...place, ownerId: org.memberId }))
  useShortcut('e', 'Close it: answered', () => state !== 'closed' && close.mutate('answered'))
  useShortcut('a', 'Take it', () => owner?.id !== org.memberId && take.mutate())
  useShortcut('z', 'Put it off until tomorrow', () => putOff.mutate(snoozes(new Date())[1]!.until))
  if (state === 'closed')
    return (
      <Group>
        <Button variant="default" size="compact-sm" loading={reopen.isPending} onClick={() => reopen.mutate()}>
          Open it again
        </Button>
      </Group>
    )
  return (
    <Group gap="xs">
      {owner?.id !== org.memberId && (
        <Button variant="default" size="compact-sm" loading={take.isPending} onClick={() => take.mutate()}>
          Take it
        </Button>
      )}
      {state === 'snoozed' && (
        <Button variant="default" size="compact-sm" loading={reopen.isPending} onClick={() => reopen.mutate()}>
          Open it now
        </Button>
      )}
      <ChoiceMenu
        label="Put it off"
        isBusy={putOff.isPending}
        choices={snoozes(new Date()).map(({ label, until }) => ({ label, run: () => putOff.mutate(until) }))}
      />
      <ChoiceMenu
        label="Close it"
        isBusy={close.isPending}
        choices={(Object.keys(reasonWords) as CloseReason[]).map((reason) => ({
          label: `${reasonWords[reason].label}: ${reasonWords[reason].means.toLowerCase()}`,
          run: () => close.mutate(reason),
        }))}
      />
    </Group>
  )
}

interface ChoiceMenuProps {
  label: string
  isBusy: boolean
  choices: { label: string; run: () => void }[]
}

const ChoiceMenu = ({ choices, ...menu }: ChoiceMenuProps) => (
  <ActionMenu {...menu}>
    {choices.map((choice) => (
      <Menu.Item key={choice.label} onClick={choice.run}>
        {choice.label}
      </Menu.Item>
    ))}
  </ActionMenu>
)
