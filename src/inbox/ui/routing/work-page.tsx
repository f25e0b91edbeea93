// Who works when, knows what and can take on how much; and who is away, as a list by days.

import { Button, Group } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { allItems, api, client, paging } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { DataTable } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { timeIn } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useAct } from '../../../kit/use-act.ts'
import { useMay, useOrg, useZone } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { AbsenceForm } from './absence-form.tsx'
import type { Absence, Work } from './routing-words.ts'
import { WorkForm } from './work-form.tsx'
import '../refusal-words.ts'
import './routing.css'

export function WorkPage() {
  return (
    <AppPage
      title="Who works when"
      description="Conversations go to whoever is there, knows what it takes and has room for them."
    >
      <PeopleSection />
      <AbsencesSection />
    </AppPage>
  )
}

const nameCell = ({ member, department, deputy, manager }: Work) => (
  <>
    {member.name}
    <p className="ro-facts">
      {[department?.name, deputy && `stands in: ${deputy.name}`, manager && `leads: ${manager.name}`]
        .filter(Boolean)
        .join(' · ') || 'No department'}
    </p>
  </>
)

const thereCell = ({ isAtWork, backAt, hours }: Work) => (
  <>
    {isAtWork ? (
      'Now'
    ) : backAt ? (
      <>
        Back <TimeText at={backAt} />
      </>
    ) : (
      'Away'
    )}
    <p className="ro-facts">{hours ? hoursLine(hours) : 'Always'}</p>
  </>
)

function PeopleSection() {
  const org = useOrg()
  const may = useMay()
  const people = useQuery(api.work.list.queryOptions({ input: { org: org.id } }))
  const [editing, setEditing] = useState<Work | null>(null)
  return (
    <Section
      title="People"
      description="Units in hand are conversations that wait for an answer: letters and private talks count two."
    >
      <DataTable
        label="People"
        query={people}
        rows={people.data}
        rowKey={({ member }) => member.id}
        empty={
          <EmptyState title="Nobody yet" order={3} icon={<IconUsersGroup size={28} stroke={1.5} />}>
            Invite people under Members; each works always until you say when.
          </EmptyState>
        }
        columns={[
          { id: 'name', header: 'Name', primary: true, cell: nameCell, sort: ({ member }) => member.name },
          { id: 'there', header: 'At work', cell: thereCell, sort: ({ isAtWork }) => (isAtWork ? 0 : 1) },
          {
            id: 'hand',
            header: 'In hand',
            align: 'end',
            sort: ({ inHand }) => inHand,
            cell: ({ inHand, capacity }) => `${inHand} of ${capacity}`,
          },
          { id: 'knows', header: 'Knows', cell: ({ skills }) => skills.join(', ') || '–' },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (work) =>
              may('work.change') && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  aria-label={`Change ${work.member.name}`}
                  onClick={() => setEditing(work)}
                >
                  Change
                </Button>
              ),
          },
        ]}
      />
      {editing && <WorkForm work={editing} close={() => setEditing(null)} />}
    </Section>
  )
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** `Mon–Wed 09:00–17:00; Fri 09:00–13:00, 2 days off` */
function hoursLine({ week, holidays, closed, extra }: NonNullable<Work['hours']>): string {
  const byDay = dayNames.map((name, index) => ({
    name,
    times: week
      .filter(({ day }) => day === index + 1)
      .map(({ from, to }) => `${from}–${to}`)
      .join(', '),
  }))
  const groups = Map.groupBy(
    byDay.filter(({ times }) => times !== ''),
    ({ times }) => times,
  )
  const usual = [...groups].map(([times, days]) => `${daysLine(days.map(({ name }) => name))} ${times}`).join('; ')
  const besides = [
    holidays.length > 0 && 'not on public holidays',
    closed.length > 0 && count(closed.length, 'day off', 'days off'),
    extra.length > 0 && 'extra hours on some days',
  ].filter(Boolean)
  return [usual || 'Not in an ordinary week', ...besides].join(', ')
}

function daysLine(days: string[]): string {
  const first = dayNames.indexOf(days[0]!)
  const isRow = days.length > 2 && days.every((name, index) => name === dayNames[first + index])
  return isRow ? `${days[0]}–${days.at(-1)}` : days.join(', ')
}

function AbsencesSection() {
  const org = useOrg()
  const may = useMay()
  const zone = useZone()
  const list = useInfiniteQuery(
    api.absences.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ org: org.id, cursor, limit: 50 }),
      ...paging,
    }),
  )
  const [editing, setEditing] = useState<Absence | 'new' | null>(null)
  const callOff = useAct(api.absences, (id: string) => client.absences.callOff({ org: org.id, id }))
  const mine = ({ member }: Absence) => member.id === org.memberId || may('work.change')
  const moment = (at: string) => timeIn(new Date(at), zone, 'moment', new Date())
  return (
    <Section
      title="Away"
      description="Now and from now on. Why somebody is away is for them and those who lead alone."
      actions={<Button onClick={() => setEditing('new')}>Plan an absence</Button>}
    >
      <DataTable
        label="Absences"
        query={list}
        rows={allItems(list.data)}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Nobody is away" order={3}>
            Say early when you are: what comes due meanwhile is shown to those who can answer it.
          </EmptyState>
        }
        columns={[
          { id: 'who', header: 'Who', primary: true, cell: ({ member }) => member.name },
          { id: 'from', header: 'From', cell: ({ from }) => moment(from) },
          { id: 'to', header: 'Until', cell: ({ to }) => moment(to) },
          { id: 'reason', header: 'Why', cell: ({ reason }) => reason || '–' },
          {
            id: 'actions',
            header: 'Actions',
            actions: true,
            cell: (absence) =>
              mine(absence) && (
                <Group gap={4} wrap="nowrap">
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    aria-label={`Change the absence of ${absence.member.name}`}
                    onClick={() => setEditing(absence)}
                  >
                    Change
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="crimson"
                    aria-label={`Call off the absence of ${absence.member.name}`}
                    loading={callOff.isPending && callOff.variables === absence.id}
                    onClick={() => callOff.mutate(absence.id)}
                  >
                    Call off
                  </Button>
                </Group>
              ),
          },
        ]}
      />
      {editing && <AbsenceForm absence={editing === 'new' ? null : editing} close={() => setEditing(null)} />}
    </Section>
  )
}
