// One process: its steps, who answers, who has read the version in force, and what can be done with it.

import { Button, Group, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { EndProcessForm, KeepForm, ReviseForm } from './process-forms.tsx'
import type { Process } from './processes-page.tsx'

const looks = {
  fresh: null,
  due: { label: 'To be looked at', tone: 'amber' },
  ended: { label: 'Ended', tone: 'quiet' },
} as const

export function ProcessCard({ process, today }: { process: Process; today: string }) {
  const look = looks[process.state]
  const { owner, deputy, reviewOn, version, readers, notRead } = process
  return (
    <article className="plan-goal" aria-label={process.name}>
      <header className="plan-goal-head">
        <h2>{process.name}</h2>
        {look ? <Badge tone={look.tone}>{look.label}</Badge> : <Badge tone="track">Version {version}</Badge>}
      </header>
      <p>{process.purpose}</p>
      <ol className="plan-steps">
        {process.steps.map(({ what, role, within }, index) => (
          <li key={`${index}-${what}`}>
            {what} <span className="lr-dimmed">({[role, within].filter(Boolean).join(', ')})</span>
          </li>
        ))}
      </ol>
      <p className="lr-dimmed">
        {owner.name} answers for it{deputy && `, ${deputy.name} when they are away`}. To be looked at on{' '}
        {dayText(reviewOn)}.
      </p>
      {process.endReason && <p>Ended: “{process.endReason}”</p>}
      <p className="lr-dimmed">
        Read by {count(readers.length, 'person', 'people')}
        {readers.length > 0 && `: ${names(readers)}`}.{notRead.length > 0 && ` Not yet: ${names(notRead)}.`}
      </p>
      <Versions process={process} />
      <ProcessActions process={process} today={today} />
    </article>
  )
}

const names = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join(', ')

function Versions({ process }: { process: Process }) {
  const org = useOrg()
  const [isOpen, setOpen] = useState(false)
  const input = { org: org.id, id: process.id }
  const found = useQuery(api.processes.versions.queryOptions({ input, enabled: isOpen }))
  return (
    <details className="plan-means" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Its versions</summary>
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      <ul className="plan-list">
        {found.data?.map(({ version, why, madeAt, madeBy, readers, steps }) => (
          <li key={version} className="plan-row">
            <div>
              <strong>Version {version}</strong>: {why}
              <p className="lr-dimmed">{steps.map(({ what }) => what).join(' → ')}</p>
            </div>
            <span className="lr-dimmed">
              {madeBy?.name}, <TimeText at={madeAt} />, read by {readers}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function ProcessActions({ process, today }: { process: Process; today: string }) {
  const org = useOrg()
  const may = useMay()
  const [open, setOpen] = useState<'revise' | 'keep' | 'end' | null>(null)
  const input = { org: org.id, id: process.id }
  const read = useAct(api.processes, () => client.processes.read({ ...input, version: process.version }))
  const resume = useAct(api.processes, () => client.processes.resume(input))
  const close = () => setOpen(null)
  const isLead = may('programme.lead')
  if (process.state === 'ended')
    return isLead ? (
      <Group>
        <Button variant="default" size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>
          Take it up again
        </Button>
      </Group>
    ) : null
  return (
    <Group gap="xs">
      {may('programme.log') && process.readAt === null && (
        <Button size="xs" loading={read.isPending} onClick={() => read.mutate()}>
          I have read it
        </Button>
      )}
      {isLead && (
        <>
          <Button variant="default" size="xs" onClick={() => setOpen('revise')}>
            New version
          </Button>
          <Button variant="default" size="xs" onClick={() => setOpen('keep')}>
            Still true
          </Button>
          <Button variant="default" size="xs" onClick={() => setOpen('end')}>
            End it
          </Button>
        </>
      )}
      <Modal opened={open === 'revise'} onClose={close} title={`New version of “${process.name}”`} size="lg">
        <ReviseForm process={process} today={today} close={close} />
      </Modal>
      <Modal opened={open === 'keep'} onClose={close} title={`“${process.name}” is still true`}>
        <KeepForm process={process} today={today} close={close} />
      </Modal>
      <Modal opened={open === 'end'} onClose={close} title={`End “${process.name}”?`}>
        <EndProcessForm process={process} close={close} />
      </Modal>
    </Group>
  )
}
