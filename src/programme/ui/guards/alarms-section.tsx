// Alarms: what was found, what to do about it, and what people answered; those that ended are folded away.

import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { AlarmCard } from './alarm-card.tsx'
import './guards.css'

export type Alarm = Output<typeof client.guards.alarms>[number]

export function AlarmsSection({ isWatched }: { isWatched: boolean }) {
  const org = useOrg()
  const found = useQuery(api.guards.alarms.queryOptions({ input: { org: org.id, state: 'all' } }))
  const open = found.data?.filter(({ endedAt }) => endedAt === null) ?? []
  const over = found.data?.filter(({ endedAt }) => endedAt !== null) ?? []
  return (
    <Section title="Alarms" description="Looked for each night; each ends by itself when its cause is gone.">
      {found.isPending && <LoadingRows rows={2} />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && open.length === 0 && (
        <EmptyState
          title={isWatched ? 'No alarm is open' : 'Nobody is watched yet'}
          order={3}
          icon={<IconShieldCheck size={28} stroke={1.5} />}
        >
          {isWatched
            ? 'The next look is tonight; “Look now” does not wait for it. How it stands is below.'
            : 'Alarms are made while a programme goes on. The figures below are there all the same.'}
        </EmptyState>
      )}
      {open.length > 0 && (
        <ul className="gu-alarms" aria-label="Open alarms">
          {open
            .toSorted(
              (a, b) => Number(b.isMine) - Number(a.isMine) || Number(b.level === 'act') - Number(a.level === 'act'),
            )
            .map((alarm) => (
              <AlarmCard key={alarm.id} alarm={alarm} />
            ))}
        </ul>
      )}
      {over.length > 0 && (
        <details className="plan-before">
          <summary>Over by now: {over.length}</summary>
          <ul className="gu-alarms" aria-label="Alarms that ended">
            {over.map((alarm) => (
              <AlarmCard key={alarm.id} alarm={alarm} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}
