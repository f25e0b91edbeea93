// The weekly slots of an account's queue: seven days, their times, and copying a day to the others.

import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { SaveState } from '../../kit/save-state.tsx'
import { zoneCity } from '../../kit/time.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import { SlotDay } from './slot-day.tsx'
import { days, mostSlots, type Slot, sameSlots } from './slots.ts'
import type { Account } from './use-accounts.ts'

export function SlotsSection({ account }: { account: Account }) {
  const org = useOrg()
  const may = useMay()
  const queryClient = useQueryClient()
  // null: as it is kept; else what was changed here and not saved yet.
  const [edited, setEdited] = useState<Slot[] | null>(null)
  const save = useMutation(
    api.accounts.change.mutationOptions({
      onSuccess: async () => {
        await refresh(queryClient, api.accounts, api.events)
        setEdited(null)
      },
    }),
  )
  const slots = edited ?? account.slots
  const changed = edited !== null && !sameSlots(edited, account.slots)
  const change = may('accounts.change') ? setEdited : null
  return (
    <Section
      title="Weekly slots"
      description={`Posts scheduled for the “next slot” take the first that is free. Times are ${zoneCity(account.timeZone)} time. ${weekText(slots)}`}
    >
      <ol className="ac-week">
        {days.map((day) => (
          <SlotDay key={day} day={day} slots={slots} change={change} full={slots.length >= mostSlots} />
        ))}
      </ol>
      <ErrorPanel error={save.error} kept="Your changes are still here." />
      {change ? (
        <Group gap="xs">
          <Button
            disabled={!changed}
            loading={save.isPending}
            onClick={() => save.mutate({ org: org.id, id: account.id, slots })}
          >
            Save slots
          </Button>
          {changed && (
            <Button variant="subtle" color="gray" onClick={() => setEdited(null)}>
              Undo changes
            </Button>
          )}
          {changed && <SaveState state={save.isPending ? 'saving' : 'unsaved'} />}
          {!changed && save.isSuccess && <SaveState state="saved" />}
        </Group>
      ) : (
        <p className="ac-small">Owners, admins and managers can change the slots.</p>
      )}
    </Section>
  )
}

const weekText = (slots: Slot[]): string =>
  slots.length === 0 ? 'There are none yet.' : `${count(slots.length, 'slot')} a week.`
