// Attendance: a calendar of twelve weeks in which somebody was there or not, and how steady accounts and oneself are.

import { IconCalendarCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { dayText } from '../../../kit/time.ts'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import '../programme.css'
import './attendance.css'

type Read = Output<typeof client.attendance.read>
type Attendance = Read['organisation']
type Day = Read['days'][number]

export function AttendancePage() {
  const org = useOrg()
  const found = useQuery(api.attendance.read.queryOptions({ input: { org: org.id } }))
  const all = found.data
  return (
    <AppPage
      title="Attendance"
      description="Whoever looks for you finds somebody: being there each day is a duty of the rota, never of one person."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
      ]}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {all && !all.isGoingOn && (
        <EmptyState
          title="No programme goes on"
          icon={<IconCalendarCheck size={28} stroke={1.5} />}
          action={
            <ButtonLink to="/o/$slug/programme" params={{ slug: org.slug }}>
              To the programme
            </ButtonLink>
          }
        >
          Without one nobody is expected on any day.
        </EmptyState>
      )}
      {all?.isGoingOn && <Shown all={all} />}
    </AppPage>
  )
}

function Shown({ all }: { all: Read }) {
  return (
    <>
      <Section title="The organisation" description="A day counts once anybody published, answered or did a session.">
        <p className="plan-says">{attendanceText(all.organisation)}</p>
        <Weeks days={all.days} today={all.today} />
        <Gaps gaps={all.organisation.gaps} />
      </Section>
      <Section title="You" description="Expected on days on which the plan had a session for you.">
        <p className="plan-says">{attendanceText(all.mine)}</p>
      </Section>
      {all.accounts.length > 0 && (
        <Section title="Accounts" description="On days on which anybody is at work.">
          <Rows rows={all.accounts.map(({ id, name, ...own }) => ({ id, name, own }))} />
        </Section>
      )}
      {all.people && all.people.length > 0 && (
        <Section
          title="People"
          description="For you who run the organisation, and for nobody else. Who misses much has too much on their plate: ask, and take some off."
        >
          <Rows rows={all.people.map(({ person, ...own }) => ({ id: person.id, name: person.name, own }))} />
        </Section>
      )}
    </>
  )
}

function attendanceText({ expected, present, streak, longest }: Attendance): string {
  if (expected === 0) return 'Not expected on any day yet.'
  const now = streak > 0 ? `${count(streak, 'day')} in a row now` : 'No day in a row now'
  return `There on ${present} of ${count(expected, 'expected day')}. ${now}, ${longest} at most.`
}

const lookOf = ({ day, acts, isExpected }: Day, today: string): { look: string; says: string } => {
  if (acts > 0) return { look: 'there', says: `${count(acts, 'thing')} done` }
  if (!isExpected) return { look: 'free', says: 'nobody was expected' }
  return day >= today ? { look: 'open', says: 'not over yet' } : { look: 'gap', says: 'nobody came' }
}

/** Each column is a week, Monday on top. */
function Weeks({ days, today }: { days: readonly Day[]; today: string }) {
  return (
    <figure className="pa-figure" aria-label="Presence of twelve weeks">
      <ul className="pa-weeks">
        {days.map((each) => {
          const { look, says } = lookOf(each, today)
          return (
            <li key={each.day} className="pa-day" data-look={look} title={`${dayText(each.day)}: ${says}`}>
              <span className="pa-text">
                {dayText(each.day)}: {says}
              </span>
            </li>
          )
        })}
      </ul>
      <figcaption className="pa-legend lr-dimmed">
        <span>
          <i className="pa-day" data-look="there" aria-hidden /> somebody was there
        </span>
        <span>
          <i className="pa-day" data-look="gap" aria-hidden /> nobody came
        </span>
        <span>
          <i className="pa-day" data-look="free" aria-hidden /> nobody was expected
        </span>
      </figcaption>
    </figure>
  )
}

function Gaps({ gaps }: { gaps: Attendance['gaps'] }) {
  if (gaps.length === 0) return null
  const text = ({ from, to, days }: Attendance['gaps'][number]) =>
    from === to ? dayText(from) : `${dayText(from)} to ${dayText(to)} (${count(days, 'day')})`
  return <p className="lr-dimmed">Last gaps: {gaps.map(text).join('; ')}.</p>
}

function Rows({ rows }: { rows: readonly { id: string; name: string; own: Attendance }[] }) {
  return (
    <ul className="plan-list">
      {rows.map(({ id, name, own }) => (
        <li key={id} className="plan-row">
          <span className="plan-session">
            <span>{name}</span>
            <span className="lr-dimmed">{attendanceText(own)}</span>
          </span>
          <span className="plan-takes">{own.share === null ? '–' : `${Math.round(own.share * 100)} %`}</span>
        </li>
      ))}
    </ul>
  )
}
