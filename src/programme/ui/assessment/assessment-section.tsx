// Where the organisation stands: what people thought, beside what twelve weeks show.

import { Button, Modal } from '@mantine/core'
import { IconStethoscope } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type client, type Output } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { areaWords, evidenceWords, viewWords } from '../programme-words.ts'
import { AssessmentForm } from './assessment-form.tsx'
import { PastSources } from './past-sources.tsx'
import { toldWords } from './told-words.ts'

type Assessment = Output<typeof client.assessments.list>[number]

export function AssessmentSection() {
  const org = useOrg()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const found = useQuery(api.assessments.list.queryOptions({ input: { org: org.id } }))
  const latest = found.data?.[0]
  const take = may('programme.lead') && (
    <Button variant={latest ? 'default' : 'filled'} onClick={() => setOpen(true)}>
      {latest ? 'Look again' : 'See where you stand'}
    </Button>
  )
  return (
    <Section title="Where you stand" actions={latest && take}>
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && !latest && (
        <EmptyState
          title="Nobody has looked yet"
          icon={<IconStethoscope size={28} stroke={1.5} />}
          action={take}
          order={3}
        >
          Many believe that they are good at this and have only tested the waters. Say what you think; Longrun puts what
          the last twelve weeks show beside it, also of the time before Longrun where accounts can tell.
        </EmptyState>
      )}
      {latest && <Found assessment={latest} />}
      {found.data && <PastSources shown={latest ? toldIn(latest) : null} />}
      {found.data && found.data.length > 1 && <Earlier assessments={found.data.slice(1)} />}
      <Modal opened={open} onClose={() => setOpen(false)} title="What do you think?">
        <AssessmentForm close={() => setOpen(false)} />
      </Modal>
    </Section>
  )
}

const toldIn = ({ evidence: { accounts } }: Assessment) =>
  new Map(accounts.map(({ accountId, told }) => [accountId, told]))

function Found({ assessment: { findings, evidence, takenAt, takenBy } }: { assessment: Assessment }) {
  return (
    <>
      <p className="lr-dimmed">
        {dayText(evidence.from)} to {dayText(evidence.to)}. Looked at by {takenBy?.name ?? 'somebody'},{' '}
        <TimeText at={takenAt} />
      </p>
      <ul className="plan-areas">
        {findings.map(({ area, opinion, level, facts, view }) => (
          <li key={area} className="plan-area">
            <div className="plan-goal-head">
              <h3>{areaWords[area].label}</h3>
              <Badge tone={view === 'too-good' ? 'amber' : view === 'nothing-to-see' ? 'quiet' : 'done'}>
                {viewWords[view]}
              </Badge>
            </div>
            <Levels opinion={opinion} level={level} />
            <p>{evidenceWords[area](facts, level)}</p>
          </li>
        ))}
      </ul>
      <LineChart
        label="Posts and replies in each week"
        height={180}
        data={evidence.weeks.map(({ week, posts, replies }) => ({ x: dayText(week, 'short'), posts, replies }))}
        series={[
          { name: 'posts', label: 'Posts' },
          { name: 'replies', label: 'Replies' },
        ]}
      />
      {evidence.accounts.length > 0 && (
        <ul className="plan-list">
          {evidence.accounts.map((account) => (
            <li key={account.accountId} className="plan-row">
              <span>
                <strong>{account.name}</strong> {account.isDormant && <Badge tone="amber">Sleeps</Badge>}
              </span>
              <span className="lr-dimmed">
                {count(account.posts, 'post')}, {count(account.replies, 'reply', 'replies')} on{' '}
                {count(account.activeDays, 'day')}; longest gap {count(account.longestGap, 'day')}
                {account.knownFrom > evidence.from && `; known since ${dayText(account.knownFrom)}`}
              </span>
              {account.told && <span className="lr-dimmed plan-told">{toldWords(account.told)}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Levels({ opinion, level }: { opinion: number; level: number | null }) {
  const steps = [1, 2, 3, 4, 5]
  return (
    <dl className="plan-levels">
      <dt>You think</dt>
      <dd>
        <Scale reached={opinion} steps={steps} /> {opinion} of 5
      </dd>
      <dt>It shows</dt>
      <dd>
        <Scale reached={level ?? 0} steps={steps} strong /> {level === null ? 'nothing yet' : `${level} of 5`}
      </dd>
    </dl>
  )
}

function Scale({ reached, steps, strong }: { reached: number; steps: number[]; strong?: boolean }) {
  return (
    <span className="plan-scale" aria-hidden>
      {steps.map((step) => (
        <span key={step} data-full={step <= reached || undefined} data-strong={strong || undefined} />
      ))}
    </span>
  )
}

function Earlier({ assessments }: { assessments: Assessment[] }) {
  return (
    <details className="plan-before">
      <summary>{count(assessments.length, 'earlier look')}</summary>
      <ul className="plan-list">
        {assessments.map(({ id, takenAt, findings }) => (
          <li key={id} className="plan-row">
            <TimeText at={takenAt} style="date" />
            <span className="lr-dimmed">
              {findings.map(({ area, level }) => `${areaWords[area].label} ${level ?? '–'}`).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
