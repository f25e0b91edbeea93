// The week of the plan: my days with minutes against what is planned and what I give; for those who lead, everybody's.

import { Button, Group, Progress } from '@mantine/core'
import { IconCalendarWeek, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { addDays, dayText } from '../../../kit/time.ts'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { numberText } from '../programme-words.ts'
import { EverybodySection } from './everybody-section.tsx'
import { FeedSection } from './feed-section.tsx'
import { RealignmentCard } from './realignment-card.tsx'
import { SessionLine } from './session-line.tsx'
import { changeText, dutyWords, offWords, type Week, weekdayText, withoutPlaceText } from './session-words.ts'
import '@mantine/core/styles/Progress.css'
import '../programme.css'

export function WeekPage() {
  const org = useOrg()
  const may = useMay()
  const [week, setWeek] = useSearchWord('week')
  const input = { org: org.id, ...(week && { week }) }
  const found = useQuery(api.sessions.week.queryOptions({ input, placeholderData: keepPreviousData }))
  const mine = found.data
  const isEmpty = mine?.days.every(({ sessions, done }) => sessions.length === 0 && done === 0) ?? false
  return (
    <AppPage
      title="Week"
      description="What the plan asks of you, day by day, and what became of it."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
      actions={mine && <Turn week={mine.week} today={mine.today} set={setWeek} />}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      <RealignmentCard />
      {mine && (
        <Section title={`Your week of ${dayText(mine.week)}`}>
          <Sum week={mine} />
          {isEmpty ? <Nothing /> : <Days week={mine} />}
          <Changes week={mine} />
        </Section>
      )}
      {mine && may('programme.lead') && <EverybodySection week={week} />}
      {mine && <FeedSection />}
    </AppPage>
  )
}

interface TurnProps {
  week: string
  today: string
  set: (week: string | null) => void
}

function Turn({ week, today, set }: TurnProps) {
  return (
    <Group gap="xs">
      <Button variant="default" aria-label="The week before" onClick={() => set(addDays(week, -7))}>
        <IconChevronLeft size={16} aria-hidden />
      </Button>
      <Button variant="default" disabled={week <= today && today < addDays(week, 7)} onClick={() => set(null)}>
        This week
      </Button>
      <Button variant="default" aria-label="The week after" onClick={() => set(addDays(week, 7))}>
        <IconChevronRight size={16} aria-hidden />
      </Button>
    </Group>
  )
}

function Nothing() {
  const org = useOrg()
  return (
    <EmptyState
      title="Nothing in this week"
      icon={<IconCalendarWeek size={28} stroke={1.5} />}
      action={
        <ButtonLink to="/o/$slug/programme/plan" params={{ slug: org.slug }} variant="default">
          To the plan
        </ButtonLink>
      }
    >
      Sessions are made from the plan for whoever gives minutes to it, this week and four weeks ahead.
    </EmptyState>
  )
}

function Sum({ week: { planned, atSide, ceiling, days, isAssumed } }: { week: Week }) {
  const org = useOrg()
  const done = days.reduce((sum, day) => sum + day.done, 0)
  const stands = days.reduce((sum, day) => sum + day.planned, 0)
  const most = planned ?? ceiling
  return (
    <>
      <p className="plan-says">
        {numberText(Math.round(done))} minutes done, {numberText(stands)} in sessions
        {atSide > 0 && ` and ${numberText(atSide)} at the side of somebody who learns`}
        {planned !== null && `, of ${numberText(Math.round(planned))} that the plan gives you`}
        {ceiling !== null && `; you give ${ceiling} at most`}.
      </p>
      {most !== null && most > 0 && (
        <Progress value={Math.min(100, (done / most) * 100)} aria-label="Done of what the plan gives you" />
      )}
      {isAssumed && (
        <p className="lr-dimmed">
          Nobody said when you work, so it is Monday to Friday, 9 to 17.{' '}
          <TextLink to="/o/$slug/settings/work" params={{ slug: org.slug }}>
            Hours and absences
          </TextLink>
        </p>
      )}
    </>
  )
}

function Days({ week: { days, today } }: { week: Week }) {
  return (
    <div className="plan-days">
      {days.map(({ day, off, planned, done, sessions, duties, isRecovery }) => (
        <section key={day} className="plan-day" aria-label={weekdayText(day)} data-today={day === today || undefined}>
          <h3>
            {weekdayText(day)}{' '}
            <span className="lr-dimmed">
              {[
                off && offWords[off],
                planned > 0 && `${planned} min`,
                done > 0 && `${numberText(Math.round(done))} done`,
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
          </h3>
          {duties.map(({ id, kind, note }) => (
            <p key={id} className="plan-says">
              <Badge tone="slate">{dutyWords[kind]}</Badge> {note}
            </p>
          ))}
          {isRecovery && <p className="lr-dimmed">After duty: half of a usual day at most.</p>}
          {sessions.length > 0 && (
            <ul className="plan-list">
              {sessions.map((session) => (
                <SessionLine key={session.id} session={session} today={today} hidesDay />
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  )
}

function Changes({ week: { changes, withoutPlace } }: { week: Week }) {
  return (
    <>
      {withoutPlace.length > 0 && (
        <details className="plan-before">
          <summary>{count(withoutPlace.length, 'thing')} that nobody has room for in this week</summary>
          <ul className="plan-list">
            {withoutPlace.map((each) => (
              <li key={`${each.activity} ${each.channel} ${each.reason}`} className="plan-row">
                {withoutPlaceText(each)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {changes.length > 0 && (
        <details className="plan-before">
          <summary>{count(changes.length, 'change')} in the last two weeks</summary>
          <ul className="plan-list">
            {changes.map((change, index) => (
              <li key={`${change.at} ${index}`} className="plan-row">
                {changeText(change)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
