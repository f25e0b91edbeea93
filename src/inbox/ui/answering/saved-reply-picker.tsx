// Finds a saved reply by words or shortcut and takes it; by keyboard alone too.

import { Modal, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { allItems, api, paging } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { LoadMore } from '../../../kit/load-more.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { walkButtons } from './arrow-keys.ts'

interface PickerProps {
  opened: boolean
  close: () => void
  /** Those of this department come with those of all. */
  departmentId: string | undefined
  take: (replyId: string) => void
}

export function SavedReplyPicker({ opened, close, ...rest }: PickerProps) {
  return (
    <Modal opened={opened} onClose={close} title="Saved reply" size="lg">
      {opened && <Found close={close} {...rest} />}
    </Modal>
  )
}

function Found({ close, departmentId, take }: Omit<PickerProps, 'opened'>) {
  const org = useOrg()
  const list = useRef<HTMLUListElement>(null)
  const [words, setWords] = useState('')
  const [q] = useDebouncedValue(words.trim(), 150)
  const replies = useInfiniteQuery({
    ...api.savedReplies.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 30, q: q || undefined, departmentId }),
      ...paging,
    }),
    // Whoever goes on by keyboard while it searches keeps their place.
    placeholderData: keepPreviousData,
  })
  const items = allItems(replies.data)
  const choose = (id: string) => {
    close()
    take(id)
  }
  return (
    <div>
      <TextInput
        label="Search"
        placeholder="Title, words or shortcut"
        data-autofocus
        mb="sm"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          walkButtons(event, list)
          if (event.key === 'Enter' && items?.[0]) choose(items[0].id)
        }}
      />
      {replies.isPending && <LoadingRows rows={3} />}
      <ErrorPanel error={replies.error} retry={() => void replies.refetch()} />
      {items?.length === 0 &&
        (q ? (
          <EmptyState order={3} title="Nothing fits these words" />
        ) : (
          <EmptyState
            order={3}
            title="No saved replies yet"
            action={
              <TextLink to="/o/$slug/settings/saved-replies" params={{ slug: org.slug }}>
                Write the first one
              </TextLink>
            }
          >
            Words that are needed often, kept ready as drafts.
          </EmptyState>
        ))}
      <ul className="ib-replies" ref={list} aria-label="Saved replies">
        {items?.map(({ id, title, body, shortcut, language }) => (
          <li key={id}>
            <UnstyledButton
              className="ib-reply"
              onClick={() => choose(id)}
              onKeyDown={(event) => walkButtons(event, list)}
            >
              <span className="ib-who">{title}</span>{' '}
              <span className="ib-facts">{[shortcut && `/${shortcut}`, language].filter(Boolean).join(' · ')}</span>
              <span className="ib-preview">{body}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <LoadMore list={replies} compact />
    </div>
  )
}
