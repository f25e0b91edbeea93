// For those who lead: everybody's days of a week, what nobody has room for, and what changed.

import { Button, Modal } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../kit/api.ts'
import { Section } from '../../../kit/app-page.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { numberText } from '../programme-words.ts'
import { DutyForm } from './duty-form.tsx'
import { OthersWeek } from './others-week.tsx'
import { changeText, dutyWords, type Everybody, offWords, weekdayText, withoutPlaceText } from './session-words.ts'

export function EverybodySection({ week }: { week: string | undefined }) {
  const org = useOrg()
  const input = { org: org.id, ...(week && { week }) }
  const found = useQuery(api.sessions.everybody.queryOptions({ input, placeholderData: keepPreviousData }))
  const [entering, setEntering] = useState(false)
  const all = found.data
  return (
    <Section
      title="Everybody’s days"
      description="Minutes of sessions on each day. Who is away gets none; what they had is placed again or says why not. Whatever you change is told to whoever it is about."
      actions={
        all &&
        all.people.length > 0 && (
          <Button variant="default" onClick={() => setEntering(true)}>
            Enter a duty
          </Button>
        )
      }
    >
      <Modal opened={entering} onClose={() => setEntering(false)} title="Enter a duty">
        <DutyForm close={() => setEntering(false)} />
      </Modal>
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {all?.people.length === 0 && <p className="lr-dimmed">Nobody takes part in this week.</p>}
      <ul className="plan-list">
        {all?.people.map((each) => (
          <PersonRow key={each.person.id} person={each} today={all.today} week={all.week} people={all.people} />
        ))}
      </ul>
      {all && all.withoutPlace.length > 0 && (
        <>
          <h3>Without a place in this week</h3>
          <ul className="plan-list">
            {all.withoutPlace.map((each) => (
              <li key={`${each.activity} ${each.channel} ${each.reason}`} className="plan-row">
                {withoutPlaceText(each)}
              </li>
            ))}
          </ul>
        </>
      )}
      {all && <Changed changes={all.changes} />}
    </Section>
  )
}

type Person = Everybody['people'][number]

function PersonRow({
  person: { person, planned, atSide, ceiling, days, isAssumed },
  today,
  week,
  people,
}: {
  person: Person
  today: string
  week: string
  people: Everybody['people']
}) {
  const [open, setOpen] = useState(false)
  const stands = days.reduce((sum, day) => sum + day.planned, 0)
  const done = days.reduce((sum, day) => sum + day.done, 0)
  const isFull = ceiling !== null && Math.max(stands + atSide, done) > ceiling
  return (
    <li className="plan-row">
      <span className="plan-session">
        <span>
          {person.name} {isFull && <Badge tone="crimson">Above what they give</Badge>}
        </span>
        <span className="lr-dimmed">
          {numberText(stands)} min
          {planned !== null && ` of ${numberText(Math.round(planned))}`}, {numberText(Math.round(done))} done
          {atSide > 0 && `, ${numberText(atSide)} at somebody’s side`}
          {ceiling !== null && `, gives ${ceiling}`}
          {isAssumed && ', hours not known'}
        </span>
      </span>
      <ul className="plan-cells" aria-label={`Days of ${person.name}`}>
        {days.map(({ day, planned: minutes, off, duties, isRecovery }) => (
          <li key={day} data-today={day === today || undefined} title={weekdayText(day)}>
            <span className="lr-dimmed">{weekdayText(day).slice(0, 2)}</span>
            <span>{minutes > 0 ? minutes : off ? offWords[off] : '–'}</span>
            {duties.map(({ id, kind }) => (
              <span key={id} className="lr-dimmed">
                {dutyWords[kind]}
              </span>
            ))}
            {isRecovery && <span className="lr-dimmed">Rest</span>}
          </li>
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={open}
        aria-label={`${open ? 'Close' : 'Sessions and duties'}: ${person.name}`}
        onClick={() => setOpen(!open)}
      >
        {open ? 'Close' : 'Sessions and duties'}
      </Button>
      {open && <OthersWeek person={person} week={week} people={people.map((each) => each.person)} />}
    </li>
  )
}

const shown = 12

function Changed({ changes }: { changes: Everybody['changes'] }) {
  if (changes.length === 0) return null
  const line = (change: Everybody['changes'][number]) => `${nameOf(change)}: ${changeText(change)}`
  return (
    <details className="plan-before" open>
      <summary>{count(changes.length, 'change')} in the last two weeks</summary>
      <ul className="plan-list">
        {changes.slice(0, shown).map((change, index) => (
          <li key={`${change.at} ${index}`} className="plan-row">
            {line(change)}
          </li>
        ))}
      </ul>
      {changes.length > shown && <p className="lr-dimmed">And {changes.length - shown} more before these.</p>}
    </details>
  )
}

function nameOf({ from, to }: Everybody['changes'][number]): string {
  if (from && to && from.id !== to.id) return `${from.name} to ${to.name}`
  return (to ?? from)?.name ?? 'Nobody'
}
