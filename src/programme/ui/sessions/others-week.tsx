// The week of somebody else, for those who lead: their sessions and duties, and what can be done with each.

import { Button, Group, Menu, Modal } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { showProblem, showUndo } from '../../../kit/toast.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { LeadForm, type LeadWhat, leadTitles } from './lead-forms.tsx'
import { SessionLine } from './session-line.tsx'
import { dutyWords, type Session, sessionTitle, type Week, weekdayText } from './session-words.ts'
import { useSessionsAgain } from './use-session-act.ts'

interface Person {
  id: string
  name: string
}

interface Props {
  person: Person
  week: string
  people: readonly Person[]
}

export function OthersWeek({ person, week, people }: Props) {
  const org = useOrg()
  const found = useQuery(api.sessions.ofMember.queryOptions({ input: { org: org.id, member: person.id, week } }))
  const days = found.data?.days.filter(({ sessions, duties }) => sessions.length > 0 || duties.length > 0) ?? []
  return (
    <section className="plan-others" aria-label={`Week of ${person.name}`}>
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && days.length === 0 && <p className="lr-dimmed">Nothing in this week.</p>}
      {days.map(({ day, sessions, duties }) => (
        <section key={day} aria-label={`${weekdayText(day)}, ${person.name}`}>
          <h3>{weekdayText(day)}</h3>
          <ul className="plan-list">
            {duties.map((duty) => (
              <DutyLine key={duty.id} duty={duty} name={person.name} />
            ))}
            {sessions.map((session) => (
              <SessionLine
                key={session.id}
                session={session}
                today={found.data!.today}
                hidesDay
                acts={<LeadActs session={session} person={person} people={people} />}
              />
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

type Duty = Week['days'][number]['duties'][number]

function DutyLine({ duty: { id, kind, note }, name }: { duty: Duty; name: string }) {
  const org = useOrg()
  const again = useSessionsAgain()
  const input = { org: org.id, id }
  const remove = useMutation({
    mutationFn: () => client.duties.remove(input),
    onSuccess: async () => {
      await again()
      showUndo(`${name} is not on duty`, async () => {
        await client.duties.restore(input)
        await again()
      })
    },
    onError: (error) => showProblem(error),
  })
  return (
    <li className="plan-row">
      <span>
        <Badge tone="slate">{dutyWords[kind]}</Badge> {note}
      </span>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        loading={remove.isPending}
        aria-label={`Not on duty: ${name}`}
        onClick={() => remove.mutate()}
      >
        Not on duty
      </Button>
    </li>
  )
}

interface ActsProps {
  session: Session
  person: Person
  people: readonly Person[]
}

function LeadActs({ session, person, people }: ActsProps) {
  const [open, setOpen] = useState<LeadWhat | null>(null)
  if (session.state !== 'planned') return null
  const title = sessionTitle(session)
  const whats: readonly LeadWhat[] = ['move', 'handOver', 'done', 'drop']
  return (
    <Group gap="xs" wrap="nowrap">
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            rightSection={<IconChevronDown size={16} aria-hidden />}
            aria-label={`Change for ${person.name}: ${title}`}
          >
            Change
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {whats.map((what) => (
            <Menu.Item key={what} onClick={() => setOpen(what)}>
              {leadTitles[what]} …
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open ? `${title}: ${leadTitles[open].toLowerCase()}` : title}
      >
        {open && <LeadForm what={open} session={session} person={person} people={people} close={() => setOpen(null)} />}
      </Modal>
    </Group>
  )
}
