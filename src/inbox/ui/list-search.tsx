// Finds and narrows conversations: words, department, account, mood, intent, priority, tag, promise and order; what narrows is shown and can be
// taken away.

import { Button, Group, Popover, Select } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { api } from '../../kit/api.ts'
import { SearchInput } from '../../kit/search-input.tsx'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { useTyped } from '../../kit/use-typed.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { intents } from '../../listening/text/types.ts'
import { choicesOf, priorityChoices } from './routing/routing-words.ts'
import { type Narrowing, narrowing, type Shown } from './use-listing.ts'
import { useTags } from './use-tags.ts'

export function ListSearch({ shown }: { shown: Shown }) {
  return (
    <>
      <div className="ib-search">
        <SearchField key={shown.key} shown={shown} />
        <FilterMenu shown={shown} />
      </div>
      <Chips shown={shown} />
    </>
  )
}

function SearchField({ shown }: { shown: Shown }) {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useTyped(shown.list.q, (words) => shown.narrow({ q: words }))
  useShortcut('/', 'Search in the inbox', () => field.current?.focus())
  return (
    <SearchInput
      ref={field}
      label="Search in the inbox"
      placeholder={'Words, "a phrase", -without'}
      typed={typed}
      change={setTyped}
      maxLength={200}
      onKeyDown={(event) => {
        // The keys of the list work again.
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

const moods = [
  { value: 'negative', label: 'Negative' },
  { value: 'neutral', label: 'Neutral' },
  { value: 'positive', label: 'Positive' },
]

const dues = [
  { value: 'overdue', label: 'Overdue' },
  { value: 'soon', label: 'Due soon' },
  { value: 'promised', label: 'Owed by a time' },
]

const orderWords = [
  { value: 'newest', label: 'Newest words first' },
  { value: 'waiting', label: 'Waiting longest first' },
  { value: 'due', label: 'Due first' },
]

/** For each word of the address what can be chosen. */
function useChoices(
  shown: Shown,
): { word: Narrowing; label: string; nothing: string; data: { value: string; label: string }[] }[] {
  const org = useOrg()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const accounts = useQuery(api.accounts.list.queryOptions({ input: { org: org.id }, staleTime: 60_000 }))
  const tags = useTags()
  const { tag } = shown.list
  const named = (some: { id: string; name: string }[] | undefined) =>
    (some ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return [
    { word: 'department', label: 'Department', nothing: 'Every department', data: named(departments.data) },
    { word: 'account', label: 'Account', nothing: 'Every account', data: named(accounts.data) },
    { word: 'mood', label: 'Mood', nothing: 'Every mood', data: moods },
    { word: 'intent', label: 'Meant as', nothing: 'Anything', data: choicesOf(intents) },
    { word: 'priority', label: 'Priority', nothing: 'Every priority', data: priorityChoices },
    // One that nothing carries any more can still be taken away.
    {
      word: 'tag',
      label: 'Tag',
      nothing: 'Every tag',
      data: [...new Set([...tags, ...(tag ? [tag] : [])])].map(asItself),
    },
    { word: 'due', label: 'Promise', nothing: 'Whatever is owed', data: dues },
    { word: 'order', label: 'Order', nothing: 'As the view has it', data: orderWords },
  ]
}

const asItself = (value: string) => ({ value, label: value })

function FilterMenu({ shown }: { shown: Shown }) {
  const choices = useChoices(shown)
  return (
    <Popover position="bottom-end" width={260} withinPortal trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} />}>
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {choices.map(({ word, label, nothing, data }) => (
          <Select
            key={word}
            label={label}
            placeholder={nothing}
            clearable
            searchable={word === 'tag'}
            comboboxProps={{ withinPortal: false }}
            data={data}
            value={shown.list[narrowing[word]] ?? null}
            onChange={(value) => shown.narrow({ [word]: value })}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

/** What narrows and stands in no field that is always there. */
function Chips({ shown }: { shown: Shown }) {
  const choices = useChoices(shown)
  const parts = choices.flatMap(({ word, label, data }) => {
    const value = shown.list[narrowing[word]]
    const name = value && word !== 'order' ? data.find((each) => each.value === value)?.label : undefined
    return name ? [{ word, text: `${label}: ${name}` }] : []
  })
  if (parts.length === 0) return null
  return (
    <Group gap="xs">
      {parts.map(({ word, text }) => (
        <Button
          key={word}
          maw="100%"
          variant="default"
          size="compact-sm"
          aria-label={`${text}: take away`}
          rightSection={<IconX size={14} />}
          onClick={() => shown.narrow({ [word]: null })}
        >
          {text}
        </Button>
      ))}
    </Group>
  )
}
