// Filters of the activity: what, who, from which day to which.

import { Autocomplete, Button, TextInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { PersonSelect } from '../../kit/person-select.tsx'
import { useSetSearch } from '../../kit/url-state.ts'
import { knownVerbs } from './event-words.ts'

const route = getRouteApi('/o/$slug/activity')

export function ActivityFilters() {
  const { verb, person, from, to, subject } = route.useSearch()
  const set = useSetSearch()
  const any = verb ?? person ?? from ?? to ?? subject
  return (
    <>
      <Autocomplete
        label="Verb"
        placeholder="Any"
        data={knownVerbs}
        limit={80}
        value={verb ?? ''}
        onChange={(value) => set({ verb: value })}
      />
      <PersonSelect
        label="Person"
        placeholder="Anybody"
        value={person ?? null}
        onChange={(value) => set({ person: value })}
      />
      <TextInput
        label="From"
        type="date"
        value={from ?? ''}
        max={to}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        label="To"
        type="date"
        value={to ?? ''}
        min={from}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      {any && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => set({ verb: null, person: null, from: null, to: null, subject: null })}
        >
          Clear
        </Button>
      )}
    </>
  )
}
