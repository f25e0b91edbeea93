// Versions of a budget: write the next one, ask, approve or decline; each is undone as long as it can be.

import { Button, Group, Modal } from '@mantine/core'
import { IconCoins } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, refresh } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { moneyText } from '../../../kit/money.ts'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import type { Budget } from './budget-page.tsx'
import { versionLook } from './budget-words.ts'
import { LinesForm } from './lines-form.tsx'
import './budget.css'

type Version = Budget['versions'][number]

export function VersionsSection({ budget }: { budget: Budget }) {
  const may = useMay()
  const [writing, setWriting] = useState(false)
  const newest = budget.versions[0]
  return (
    <Section
      title="Versions"
      description="Written by those who lead, approved by somebody else than who asked. What was approved last is in force."
      actions={
        newest &&
        !writing &&
        may('budget.plan') && (
          <Button variant="default" onClick={() => setWriting(true)}>
            Write the next version
          </Button>
        )
      }
    >
      {!newest && !writing && (
        <EmptyState
          title={`No budget for ${budget.year} yet`}
          order={3}
          icon={<IconCoins size={28} stroke={1.5} />}
          action={may('budget.plan') && <Button onClick={() => setWriting(true)}>Write the first version</Button>}
        >
          Say what each thing may cost, month by month, and ask somebody to approve it.
        </EmptyState>
      )}
      {writing && <LinesForm budget={budget} close={() => setWriting(false)} />}
      {newest && (
        <ul className="bu-versions" aria-label="Versions of the budget">
          {budget.versions.map((version) => (
            <VersionLine
              key={version.number}
              budget={budget}
              version={version}
              isNewest={version.number === newest.number}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

interface LineProps {
  budget: Budget
  version: Version
  isNewest: boolean
}

function VersionLine({ budget, version, isNewest }: LineProps) {
  const look = versionLook[version.state]
  const sum = version.lines.flatMap((line) => line.months).reduce((all, each) => all + each, 0)
  return (
    <li className="bu-version" aria-label={`Version ${version.number}`}>
      <Group gap="xs">
        <strong>Version {version.number}</strong>
        <Badge tone={look.tone}>{version.isInForce ? 'In force' : look.label}</Badge>
        <span>
          {moneyText(sum, budget.currency!)} in {count(version.lines.length, 'line')}
        </span>
      </Group>
      <p>{version.reason}</p>
      <p className="lr-dimmed">
        Written by {version.madeBy?.name ?? 'somebody'} on <TimeText at={version.madeAt} style="date" />
        {version.askedBy && `; ${version.askedBy.name} asked for approval`}
        {version.decidedBy && `; ${version.decidedBy.name} ${version.state} it`}
        {version.decisionReason && `: “${version.decisionReason}”`}.
      </p>
      <Doing budget={budget} version={version} isNewest={isNewest} />
    </li>
  )
}

function Doing({ budget, version, isNewest }: LineProps) {
  const org = useOrg()
  const may = useMay()
  const [declining, setDeclining] = useState(false)
  const input = { org: org.id, year: budget.year, number: version.number }
  const takeBack = () => client.budget.takeBack(input)
  const undecide = () => client.budget.undecide(input)
  const ask = useAct(api.budget, () => client.budget.ask(input), { done: 'Asked for approval', back: takeBack })
  const unask = useAct(api.budget, takeBack)
  const approve = useAct(api.budget, () => client.budget.decide({ ...input, decision: 'approved' }), {
    ...{ done: 'Approved', back: undecide },
  })
  const back = useAct(api.budget, undecide)
  return (
    <Group gap="xs">
      {version.state === 'draft' && isNewest && may('budget.plan') && (
        <Button size="xs" variant="light" loading={ask.isPending} onClick={() => ask.mutate()}>
          Ask for approval
        </Button>
      )}
      {version.mayDecide && (
        <>
          <Button size="xs" loading={approve.isPending} onClick={() => approve.mutate()}>
            Approve
          </Button>
          <Button size="xs" variant="default" onClick={() => setDeclining(true)}>
            Decline
          </Button>
        </>
      )}
      {version.state === 'asked' && may('budget.plan') && (
        <Button size="xs" variant="default" loading={unask.isPending} onClick={() => unask.mutate()}>
          Ask no longer
        </Button>
      )}
      {version.decidedAt && may('budget.approve') && (
        <Button size="xs" variant="default" loading={back.isPending} onClick={() => back.mutate()}>
          Take the decision back
        </Button>
      )}
      <Modal opened={declining} onClose={() => setDeclining(false)} title={`Decline version ${version.number}?`}>
        <DeclineForm input={input} close={() => setDeclining(false)} />
      </Modal>
    </Group>
  )
}

function DeclineForm({ input, close }: { input: { org: string; year: number; number: number }; close: () => void }) {
  const queryClient = useQueryClient()
  const form = useServerForm<{ reason: string }, unknown>({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: ({ reason }) => client.budget.decide({ ...input, decision: 'declined', reason }),
    done: async () => {
      await refresh(queryClient, api.budget)
      close()
    },
  })
  return (
    <ServerForm form={form} submit="Decline" close={close} label="Decline the budget">
      <ReasonField description="Whoever asked reads it." data-autofocus {...form.field('reason')} />
    </ServerForm>
  )
}
