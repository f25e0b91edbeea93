// What each team learns now, what is missing, and what it can begin next.

import { Button, Group, Modal, Select } from '@mantine/core'
import { useState } from 'react'
import { client } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ServerForm, useServerForm, wants } from '../../../kit/form.tsx'
import { ReasonField } from '../../../kit/reason-field.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { showUndo } from '../../../kit/toast.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { GateList } from './gate-list.tsx'
import { stateLook } from './gate-words.ts'
import { type Ladder, type Rung, type Stand, type Team, teamName } from './ladder-page.tsx'
import { useLadder } from './use-ladder.ts'

interface Props {
  ladder: Ladder
  open: (id: string) => void
}

export function TeamsSection({ ladder, open }: Props) {
  const may = useMay()
  const [asked, setAsked] = useState(false)
  // What is learned now, wherever it stands; otherwise the lowest that can be begun.
  const standing = (team: Team) => {
    const all = ladder.rungs.flatMap((rung) => {
      const stand = rung.teams.find(({ departmentId }) => departmentId === team.departmentId)!
      return stand.state === 'later' || stand.state === 'mastered' ? [] : [{ rung, stand }]
    })
    return all.find(({ stand }) => stand.state === 'going-on') ?? all[0] ?? null
  }
  const hasBegun = ({ departmentId }: Team): boolean =>
    ladder.rungs.some(({ teams }) => teams.some((each) => each.departmentId === departmentId && each.stepId !== null))
  const begun = ladder.teams.filter((team) => team.departmentId === null || hasBegun(team))
  const idle = ladder.teams.filter((team) => !begun.includes(team))
  return (
    <Section
      title="What is next"
      description="Each team learns one new ability at a time; a department may be on another rung than the whole organisation."
      actions={
        may('programme.lead') &&
        idle.length > 0 && (
          <Button variant="default" onClick={() => setAsked(true)}>
            Let a department begin
          </Button>
        )
      }
    >
      <div className="plan-goals">
        {begun.map((team) => (
          <TeamCard key={team.departmentId ?? 'all'} team={team} now={standing(team)} open={open} />
        ))}
      </div>
      <Modal opened={asked} onClose={() => setAsked(false)} title="Let a department begin">
        <DepartmentForm idle={idle} first={ladder.rungs[0]!} close={() => setAsked(false)} />
      </Modal>
    </Section>
  )
}

interface CardProps {
  team: Team
  /** null: everything is mastered. */
  now: { rung: Rung; stand: Stand } | null
  open: (id: string) => void
}

function TeamCard({ team, now, open }: CardProps) {
  const look = now && stateLook[now.stand.state]
  return (
    <article className="plan-goal" aria-label={teamName(team)}>
      <header className="plan-goal-head">
        <h3>{teamName(team)}</h3>
        {look && <Badge tone={look.tone}>{look.label}</Badge>}
      </header>
      {!now && <p>Every rung is mastered. Keep it up, or add one of your own.</p>}
      {now && (
        <>
          <p>
            <button type="button" className="ld-name" onClick={() => open(now.rung.id)}>
              {now.rung.name}
            </button>
          </p>
          <p className="lr-dimmed">{now.rung.means}</p>
          {now.stand.setAsideReason && <p>Set aside: “{now.stand.setAsideReason}”</p>}
          {now.stand.state === 'going-on' && (
            <GateList gates={now.stand.gates} label={`Gates of ${now.rung.name}, ${teamName(team)}`} />
          )}
          <CardActions team={team} rung={now.rung} stand={now.stand} />
        </>
      )}
    </article>
  )
}

function CardActions({ team, rung, stand }: { team: Team; rung: Rung; stand: Stand }) {
  const may = useMay()
  const { begin, look, master } = useLadder()
  const [isAside, setAside] = useState(false)
  const isLead = may('programme.lead')
  const shut = stand.gates.filter(({ isOpen, share }) => !isOpen && share < 1).length
  if (stand.state !== 'going-on')
    return isLead ? (
      <Group>
        <Button
          loading={begin.isPending}
          onClick={() => begin.mutate({ id: rung.id, name: rung.name, departmentId: team.departmentId })}
        >
          {stand.state === 'set-aside' ? `Take up ${rung.name} again` : `Begin ${rung.name}`}
        </Button>
      </Group>
    ) : null
  const { stepId } = stand
  return (
    <>
      {shut > 0 && <p className="lr-dimmed">{count(shut, 'gate')} shut: that is what is missing.</p>}
      <Group gap="xs">
        {isLead && (
          <Button disabled={shut > 0} loading={master.isPending} onClick={() => stepId && master.mutate(stepId)}>
            {rung.name} is mastered
          </Button>
        )}
        {may('programme.log') && (
          <Button variant="default" loading={look.isPending} onClick={() => stepId && look.mutate(stepId)}>
            Keep what is open
          </Button>
        )}
        {isLead && (
          <Button variant="default" onClick={() => setAside(true)}>
            Set aside
          </Button>
        )}
      </Group>
      <Modal opened={isAside} onClose={() => setAside(false)} title={`Set “${rung.name}” aside?`}>
        <AsideForm stepId={stepId!} rung={rung} team={team} close={() => setAside(false)} />
      </Modal>
    </>
  )
}

interface AsideProps {
  stepId: string
  rung: Rung
  team: Team
  close: () => void
}

function AsideForm({ stepId, rung, team, close }: AsideProps) {
  const { id: org } = useOrg()
  const { show } = useLadder()
  const form = useServerForm({
    initialValues: { reason: '' },
    validate: ({ reason }) => ({ reason: wants.sentence(reason) }),
    send: ({ reason }) => client.competencies.setAside({ org, id: stepId, reason }),
    done: async (ladder) => {
      close()
      await show(ladder)
      const again = { org, id: rung.id, departmentId: team.departmentId }
      showUndo(`“${rung.name}” is set aside`, async () => show(await client.competencies.begin(again)))
    },
  })
  return (
    <ServerForm form={form} submit="Set it aside" close={close} label="Set it aside">
      <ReasonField
        description="What opened gates stays. Taken up again, it goes on from here."
        data-autofocus
        {...form.field('reason')}
      />
    </ServerForm>
  )
}

function DepartmentForm({ idle, first, close }: { idle: Team[]; first: Rung; close: () => void }) {
  const { id: org } = useOrg()
  const { show } = useLadder()
  const form = useServerForm<{ departmentId: string | null }, Ladder>({
    initialValues: { departmentId: idle[0]?.departmentId ?? null },
    send: ({ departmentId }) => client.competencies.begin({ org, id: first.id, departmentId }),
    done: async (ladder) => {
      close()
      await show(ladder)
    },
  })
  return (
    <ServerForm form={form} submit={`Begin ${first.name}`} close={close} label="Let a department begin">
      <Select
        label="Department"
        description="It climbs on its own, from the lowest rung, one ability at a time."
        allowDeselect={false}
        data={idle.map((team) => ({ value: team.departmentId!, label: teamName(team) }))}
        {...form.field('departmentId')}
      />
    </ServerForm>
  )
}
