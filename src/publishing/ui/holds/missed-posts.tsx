// Posts whose time passed under a hold: a person sends them spaced, gives them a new beginning, or cancels them.

import { Button, Checkbox } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, everyItem, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { useConfirm } from '../../../kit/confirm-dialog.tsx'
import { timeIn } from '../../../kit/time.ts'
import { showDone } from '../../../kit/toast.tsx'
import { useMay, useOrg, useZone } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { suggestedSpacing } from '../../holds/rules.ts'
import { meaningOf, nextHour } from '../planned-time.ts'
import { WallTimeFields } from '../wall-time-fields.tsx'
import { SpacingInput } from './end-hold-dialog.tsx'
import { HeldTable } from './held-table.tsx'
import type { Hold } from './use-active-holds.ts'

export function MissedPosts({ hold }: { hold: Hold }) {
  const may = useMay()
  return (
    <Section
      title="Missed"
      description="Their time passed while they were on hold. Open one to decide about it alone, or decide about all of them here."
    >
      {may('holds.end') && <Decisions hold={hold} />}
      <HeldTable holdId={hold.id} kind="missed" />
    </Section>
  )
}

function Decisions({ hold }: { hold: Hold }) {
  const org = useOrg()
  const [later, setLater] = useState(false)
  const [zone, setZone] = useState(org.timeZone)
  const [wall, setWall] = useState(() => nextHour(new Date(), org.timeZone))
  const suggested = useSuggestedSpacing(hold)
  const [chosen, setMinutes] = useState<number | null>(null)
  const minutes = chosen ?? suggested
  const { send, cancel } = useDecide(hold)
  const wrong = later && (wall === '' || meaningOf(wall, zone).kind === 'never')
  const all = hold.missed === 1 ? 'it' : `all ${hold.missed}`
  return (
    <div className="ho-decide">
      {hold.missed > 1 && <SpacingInput minutes={minutes} setMinutes={setMinutes} />}
      <Checkbox
        py={8}
        label="Begin at a later time"
        checked={later}
        onChange={(event) => setLater(event.currentTarget.checked)}
      />
      {later && <WallTimeFields wall={wall} zone={zone} setWall={setWall} setZone={setZone} />}
      <Button disabled={wrong} onClick={() => void send(minutes, later ? { wall, zone } : null)}>
        {later ? `Schedule ${all}` : `Send ${all} now`}
      </Button>
      <Button variant="default" onClick={() => void cancel()}>
        Cancel {all}
      </Button>
    </div>
  )
}

/** By the account that has most of them. */
function useSuggestedSpacing(hold: Hold): number {
  const org = useOrg()
  const input = { org: org.id, id: hold.id, kind: 'missed' as const }
  const missed = useQuery({
    queryKey: [...api.holds.variants.key(), 'all-missed', hold.id],
    queryFn: () => everyItem((cursor) => client.holds.variants({ ...input, cursor, limit: 200 })),
  })
  return suggestedSpacing((missed.data ?? []).map(({ accountId }) => ({ accountIds: [accountId] })))
}

function useDecide(hold: Hold) {
  const org = useOrg()
  const zone = useZone()
  const confirm = useConfirm()
  const queryClient = useQueryClient()
  const posts = count(hold.missed, 'missed post')
  const send = async (spacingMinutes: number, from: { wall: string; zone: string } | null) => {
    const done: { lastAt: string | null } = { lastAt: null }
    const sent = await confirm({
      title: from ? `Schedule ${posts}?` : `Send ${posts}?`,
      body:
        spacingMinutes === 0
          ? 'All of them go out at the same moment.'
          : `They go out in the order in which they were planned, ${count(spacingMinutes, 'minute')} apart on each account.`,
      action: from ? 'Schedule' : 'Send',
      run: async () => {
        done.lastAt = (
          await client.holds.decide({ org: org.id, id: hold.id, decision: 'send', from, spacingMinutes })
        ).lastAt
      },
    })
    await refresh(queryClient, api.holds, api.posts)
    if (sent)
      showDone(
        done.lastAt
          ? `Planned; the last one goes out ${timeIn(new Date(done.lastAt), zone, 'moment', new Date())}`
          : 'Nothing was left to send',
      )
  }
  const cancel = async () => {
    const cancelled = await confirm({
      title: `Cancel ${posts}?`,
      body: 'They are never sent, unless somebody schedules them again.',
      action: 'Cancel them',
      danger: true,
      run: () => client.holds.decide({ org: org.id, id: hold.id, decision: 'cancel' }),
    })
    await refresh(queryClient, api.holds, api.posts)
    if (cancelled) showDone('Cancelled')
  }
  return { send, cancel }
}
