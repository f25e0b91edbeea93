// Settings: whose holidays are shown in the calendar and warned of when something is scheduled.

import { Anchor, Button, CloseButton, Group, Select, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { viewerLanguage } from './use-holidays.ts'
import '../refusal-words.ts'
import './holidays.css'

interface Place {
  country: string
  state: string | null
  region: string | null
}

const keyOf = ({ country, state, region }: Place): string => [country, state, region].join(' ')

export function HolidaysPage() {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  const places = useQuery(api.holidays.places.queryOptions({ input: { org: org.id, language: viewerLanguage() } }))
  const save = useMutation(
    api.holidays.setPlaces.mutationOptions({ onSuccess: () => refresh(queryClient, api.holidays, api.planning) }),
  )
  /** The list is kept as a whole, so it is changed only where it has been read, and by one change at a time. */
  const set = (next: Place[]) => save.mutateAsync({ org: org.id, places: next.map(plain) })
  const change = may('organisation.change')
  return (
    <AppPage
      title="Holidays"
      description="Days off of these places are shown in the calendar, and you are told when a post is planned for one."
      width="narrow"
    >
      <Stack gap="lg">
        <Section title="Places">
          {places.isPending && <LoadingRows rows={3} />}
          <ErrorPanel error={places.error ?? save.error} retry={() => void places.refetch()} />
          {places.data?.length === 0 && (
            <EmptyState order={3} title="No place is chosen yet">
              Choose the countries in which your readers and colleagues are.
            </EmptyState>
          )}
          <ul className="ho-places">
            {places.data?.map((place) => (
              <li key={keyOf(place)}>
                {place.name}
                {change && (
                  <CloseButton
                    size="sm"
                    aria-label={`Remove ${place.name}`}
                    disabled={save.isPending}
                    onClick={() =>
                      void set(places.data.filter((other) => keyOf(other) !== keyOf(place))).catch(() => {})
                    }
                  />
                )}
              </li>
            ))}
          </ul>
        </Section>
        {change && places.data && <AddPlace add={(place) => set([...places.data, place])} adding={save.isPending} />}
        {!change && <p className="lr-page-description">Owners and admins choose the places.</p>}
        <p className="lr-page-description">
          Holidays are those of{' '}
          <Anchor inherit href="https://github.com/commenthol/date-holidays" rel="noreferrer" target="_blank">
            date-holidays
          </Anchor>
          , gathered from Wikipedia and other sources, under{' '}
          <Anchor inherit href="https://creativecommons.org/licenses/by-sa/3.0/" rel="noreferrer" target="_blank">
            CC BY-SA 3.0
          </Anchor>
          .
        </p>
      </Stack>
    </AppPage>
  )
}

const plain = ({ country, state, region }: Place): Place => ({ country, state, region })

function AddPlace({ add, adding }: { add: (place: Place) => Promise<unknown>; adding: boolean }) {
  const [country, setCountry] = useState<string | null>(null)
  const [state, setState] = useState<string | null>(null)
  const [region, setRegion] = useState<string | null>(null)
  const countries = useKnown({})
  const states = useKnown(country ? { country } : null)
  const regions = useKnown(country && state ? { country, state } : null)
  const chooseState = (next: string | null) => {
    setState(next)
    setRegion(null)
  }
  const chooseCountry = (next: string | null) => {
    setCountry(next)
    chooseState(null)
  }
  const submit = () => {
    if (!country) return
    // What was refused stays chosen; the reason stands above.
    void add({ country, state, region }).then(
      () => chooseCountry(null),
      () => {},
    )
  }
  return (
    <Section title="Add a place">
      <Stack gap="sm">
        <Select label="Country" searchable clearable data={countries} value={country} onChange={chooseCountry} />
        {states.length > 0 && (
          <Select
            label="State or part"
            description="Optional: some holidays hold only there."
            searchable
            clearable
            data={states}
            value={state}
            onChange={chooseState}
          />
        )}
        {regions.length > 0 && (
          <Select label="Region" searchable clearable data={regions} value={region} onChange={setRegion} />
        )}
        <Group>
          <Button onClick={submit} disabled={!country} loading={adding}>
            Add place
          </Button>
        </Group>
      </Stack>
    </Section>
  )
}

function useKnown(inside: { country?: string; state?: string } | null): { value: string; label: string }[] {
  const org = useOrg()
  const { data } = useQuery(
    api.holidays.known.queryOptions({
      input: { org: org.id, language: viewerLanguage(), ...inside },
      enabled: inside !== null,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )
  return inside ? (data ?? []).map(({ code, name }) => ({ value: code, label: name })) : []
}
