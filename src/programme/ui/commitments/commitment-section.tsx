// What is given to the programme: budget, resources, processes, metrics, and what stops for it. A year at a time.

import { Button, Modal } from '@mantine/core'
import { IconSignature } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { moneyText } from '../../../kit/money.ts'
import { Badge } from '../../../kit/state-badge.tsx'
import { addDays, dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { commitmentLook } from '../programme-words.ts'
import { CommitmentForm } from './commitment-form.tsx'

export type Commitment = Output<typeof client.commitments.list>[number]

export function CommitmentSection({ today }: { today: string }) {
  const org = useOrg()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const found = useQuery(api.commitments.list.queryOptions({ input: { org: org.id } }))
  const living = found.data?.filter(({ state }) => state !== 'replaced' && state !== 'over') ?? []
  const before = found.data?.filter((each) => !living.includes(each)) ?? []
  const latest = living[0] ?? before[0] ?? null
  const commit = may('programme.lead') && (
    <Button variant={living.length > 0 ? 'default' : 'filled'} onClick={() => setOpen(true)}>
      {latest ? 'Renew or change it' : 'Commit'}
    </Button>
  )
  return (
    <Section title="Commitment" actions={latest && commit}>
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && !latest && (
        <EmptyState
          title="Nothing is committed"
          icon={<IconSignature size={28} stroke={1.5} />}
          action={commit}
          order={3}
        >
          A marathon is based on four things: budget, resources, processes and metrics. Put on record what you give, for
          a year.
        </EmptyState>
      )}
      {living.map((each) => (
        <Given key={each.id} commitment={each} />
      ))}
      {before.length > 0 && (
        <details className="plan-before">
          <summary>{count(before.length, 'earlier commitment')}</summary>
          {before.map((each) => (
            <Given key={each.id} commitment={each} />
          ))}
        </details>
      )}
      <Modal opened={open} onClose={() => setOpen(false)} title="Commitment" size="lg">
        <CommitmentForm from={latest} next={nextDay(latest, today)} close={() => setOpen(false)} />
      </Modal>
    </Section>
  )
}

/** One that ends soon is followed by the next from the day after. */
const nextDay = (latest: Commitment | null, today: string): string =>
  latest?.state === 'ends-soon' ? addDays(latest.untilDay, 1) : today

function Given({ commitment }: { commitment: Commitment }) {
  const look = commitmentLook[commitment.state]
  const lines = [
    ['Budget', moneyText(commitment.budget, commitment.currency)],
    ['Time', `${count(commitment.minutesWeekly, 'minute')} a week, of everybody together`],
    ['Resources', commitment.resources],
    ['Processes', commitment.processes],
    ['Metrics', commitment.metrics],
    ['What stops for it', commitment.stops || 'Nobody said'],
  ] as const
  return (
    <article className="plan-given">
      <header className="plan-goal-head">
        <h3>
          {dayText(commitment.fromDay)} to {dayText(commitment.untilDay)}
        </h3>
        <Badge tone={look.tone}>{look.label}</Badge>
      </header>
      <dl className="plan-facts">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="lr-dimmed">
        Promised by {commitment.promisedBy?.name ?? 'somebody'}, <TimeText at={commitment.promisedAt} />
      </p>
    </article>
  )
}
