// What was said in a conversation and done with it, in the order in which it happened, and a place to write a note.

import { Anchor } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { allItems, api, paging } from '../../kit/api.ts'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { LoadMore } from '../../kit/load-more.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { AnswerForm } from './answer-form.tsx'
import { AnswerOnItsWay } from './answer-on-its-way.tsx'
import { NoteForm } from './answering/note-form.tsx'
import { SentFacts, TakeBack } from './answering/sent-facts.tsx'
import { GoesOn, isEmptied } from './goes-on.tsx'
import { HitsBar } from './hits-bar.tsx'
import { type Answer, type Conversation, type Entry, entryWords, type Message, marksOf, nameOf } from './inbox-words.ts'
import { Marked } from './marked.tsx'
import { MessageFile } from './message-file.tsx'
import { MessageMenu } from './message-menu.tsx'
import { RuleSuggestion, useSuggestions } from './rule-suggestion.tsx'
import { type Hits, useHits } from './use-hits.ts'
import { useListing } from './use-listing.ts'

export function ConversationTalk({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const may = useMay()
  const input = (cursor: string | undefined) => ({ org: org.id, id: conversation.id, cursor, limit: 50 })
  const messages = useInfiniteQuery(api.conversations.messages.infiniteOptions({ input, ...paging }))
  const history = useInfiniteQuery(api.conversations.history.infiniteOptions({ input, ...paging }))
  const answers = useQuery(
    api.answers.list.queryOptions({
      input: { org: org.id, id: conversation.id },
      // Until the network has it, it is looked after.
      refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 1_500 : false),
    }),
  )
  const said = allItems(messages.data) ?? []
  const hits = useHits(useListing().list.q ?? '', said, messages)
  const suggestionOf = useSuggestions(conversation.id)
  const underWay = answers.data?.items.filter(isUnderWay) ?? []
  const done = allItems(history.data) ?? []
  return (
    <>
      {messages.isPending && <LoadingRows />}
      <ErrorPanel error={messages.error} retry={() => void messages.refetch()} />
      <HitsBar hits={hits} />
      <LoadMore list={messages.hasNextPage ? messages : history} compact />
      <ol className="ib-talks" aria-label="What was said and done">
        {inOrder(said, done, messages.hasNextPage).map((each) =>
          'isOurs' in each ? (
            <Said
              key={each.id}
              message={each}
              conversation={conversation}
              hits={hits}
              suggestion={suggestionOf(each.id)}
              answer={answers.data?.items.find(({ messageId }) => messageId === each.id)}
            />
          ) : (
            <Done key={each.id} entry={each} />
          ),
        )}
        {underWay.map((answer) => (
          <AnswerOnItsWay key={answer.id} answer={answer} conversationId={conversation.id} />
        ))}
      </ol>
      {isEmptied(conversation) ? (
        <GoesOn id={conversation.id} into={conversation.goesOnIn!} />
      ) : (
        <>
          {may('inbox.answer') && <AnswerForm conversation={conversation} seen={said[0]?.id} />}
          {may('inbox.handle') && <NoteForm conversation={conversation} />}
        </>
      )}
    </>
  )
}

const isUnderWay = ({ isRead, state }: Answer): boolean => !isRead && state !== 'cancelled' && state !== 'removed'

/** Both lists are read newest first; what was done before the oldest message that is shown comes with those. */
function inOrder(said: Message[], done: Entry[], hasEarlier: boolean): (Message | Entry)[] {
  const from = hasEarlier ? (said.at(-1)?.at ?? '') : ''
  return [...said, ...done.filter(({ at }) => at >= from)].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

interface SaidProps {
  message: Message
  conversation: Conversation
  hits: Hits
  /** The answer of ours that it is. */
  answer: Answer | undefined
  suggestion: ReturnType<ReturnType<typeof useSuggestions>>
}

function Said({ message, conversation, hits, answer, suggestion }: SaidProps) {
  const { isOurs, author, at, text, quoted, media, url, editedAt, removedAt, language } = message
  const who = isOurs ? conversation.accountName : author?.name || nameOf(conversation)
  return (
    <li className="ib-said" data-ours={isOurs || undefined}>
      <p className="ib-facts">
        <strong>{who}</strong> <TimeText at={at} />
        {message.heardOnly && ' · heard, not said to you'}
        {editedAt && ' · changed later'}
        {marksOf(message).map((mark) => ` · ${mark}`)}
        {url && (
          <>
            {' · '}
            <Anchor href={url} target="_blank" rel="noopener noreferrer nofollow" inherit>
              see it there
            </Anchor>
          </>
        )}
        {answer && <SentFacts answer={answer} />}
        {!isOurs && !removedAt && <MessageMenu conversationId={conversation.id} messageId={message.id} />}
      </p>
      {removedAt || message.marks.includes('gone') ? (
        <p className="lr-dimmed">It was taken back.</p>
      ) : (
        <p className="ib-words" dir="auto" lang={language && language !== 'und' ? language : undefined}>
          {text ? (
            <Marked text={text} spans={hits.spans(message.id)} current={hits.current(message.id)} />
          ) : (
            media.length === 0 && 'No words'
          )}
        </p>
      )}
      {quoted && (
        <details>
          <summary>Earlier messages</summary>
          <p className="ib-words lr-dimmed">{quoted}</p>
        </details>
      )}
      {media.length > 0 && (
        <ul className="ib-media">
          {media.map((file, at) => (
            <li key={at}>
              <MessageFile file={file} />
              {file.alt && `: ${file.alt}`}
            </li>
          ))}
        </ul>
      )}
      {suggestion && <RuleSuggestion conversationId={conversation.id} suggestion={suggestion} />}
      {answer && !removedAt && <TakeBack answer={answer} conversationId={conversation.id} />}
    </li>
  )
}

function Done({ entry }: { entry: Entry }) {
  return (
    <li className="ib-done" data-note={entry.kind === 'note' || undefined}>
      <p className="ib-facts">
        {entry.by && <strong>{entry.by.name} </strong>}
        {entryWords(entry)} <TimeText at={entry.at} />
      </p>
      {entry.note && <p className="ib-words">{entry.note}</p>}
    </li>
  )
}
