// How well the inbox is answered: what came, how fast, which promises were kept, by day and by department, account or person.

import { Select } from '@mantine/core'
import { IconChartLine } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { PersonSelect } from '../../../kit/person-select.tsx'
import { addDays, dayText, wallTimeIn } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { BegunSection } from './begun-section.tsx'
import { KeptTable } from './kept-table.tsx'
import { LoadSections } from './load-sections.tsx'
import { shareText, spanWords } from './measure-words.ts'
import './measures.css'

export type Measures = Output<typeof client.measures.read>

const spans = [
  { value: '7', label: '7 days' },
  { value: '28', label: '28 days' },
  { value: '90', label: '90 days' },
]

export function MeasuresPage() {
  const org = useOrg()
  const zone = useZone()
  const [days] = useSearchWord('days')
  const [departmentId] = useSearchWord('department')
  const [accountId] = useSearchWord('account')
  const [memberId] = useSearchWord('person')
  const to = wallTimeIn(new Date(), zone).slice(0, 10)
  const length = Number(spans.find(({ value }) => value === days)?.value ?? 28)
  const input = { from: addDays(to, 1 - length), to, departmentId, accountId, memberId }
  const found = useQuery(api.measures.read.queryOptions({ input: { org: org.id, ...input } }))
  return (
    <AppPage
      title="Measures of the inbox"
      description="What people said to you, how fast they were answered, and which promises were kept."
      actions={
        <ButtonLink to="/o/$slug/inbox/staffing" params={{ slug: org.slug }} variant="default">
          Staffing
        </ButtonLink>
      }
      crumbs={[
        <TextLink key="inbox" to="/o/$slug/inbox" params={{ slug: org.slug }}>
          Inbox
        </TextLink>,
      ]}
    >
      <Filters />
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data && (found.data.heard + found.data.answered === 0 ? <Nothing /> : <Found measures={found.data} />)}
      <LoadSections input={input} days={length} />
      {found.data && <BegunSection />}
    </AppPage>
  )
}

function Filters() {
  const org = useOrg()
  const accounts = useAccounts()
  const departments = useQuery(api.departments.list.queryOptions({ input: { org: org.id } }))
  const [days, setDays] = useSearchWord('days')
  const [department, setDepartment] = useSearchWord('department')
  const [account, setAccount] = useSearchWord('account')
  const [person, setPerson] = useSearchWord('person')
  return (
    <div className="me-filters">
      <Select label="Until today" allowDeselect={false} data={spans} value={days ?? '28'} onChange={setDays} />
      <Select
        label="Department"
        placeholder="All"
        clearable
        data={(departments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={department ?? null}
        onChange={setDepartment}
      />
      <Select
        label="Account"
        placeholder="All"
        clearable
        data={accounts.all.map(({ id, name }) => ({ value: id, label: name }))}
        value={account ?? null}
        onChange={setAccount}
      />
      <PersonSelect label="Whose" placeholder="Everybody’s" value={person ?? null} onChange={setPerson} />
    </div>
  )
}

const Nothing = () => (
  <EmptyState title="Nobody spoke to you in these days" icon={<IconChartLine size={28} stroke={1.5} />}>
    Choose more days, or fewer filters.
  </EmptyState>
)

function Found({ measures }: { measures: Measures }) {
  const { heard, answered, conversations, reopened, negative, backlog, promises, days } = measures
  const first = promises.find(({ metric }) => metric === 'first-reply')
  return (
    <>
      <dl className="me-figures">
        <Figure
          name="Messages to you"
          value={heard.toLocaleString()}
          more={`in ${count(conversations, 'conversation')}`}
        />
        <Figure name="Answers" value={answered.toLocaleString()} />
        <Figure
          name="First reply"
          value={first?.wall ? spanWords(first.wall.median) : '–'}
          more={
            first?.wall ? `9 of 10 within ${spanWords(first.wall.p90)}, n ${first.wall.n}` : 'where one is promised'
          }
        />
        <Figure
          name="Promises kept"
          value={first?.kept ? shareText(first.kept) : '–'}
          more={first?.kept && rangeOf(first.kept)}
        />
        <Figure name="Opened again" value={reopened ? shareText(reopened) : '–'} more={reopened && rangeOf(reopened)} />
        <Figure name="Negative" value={negative ? shareText(negative) : '–'} more={negative && rangeOf(negative)} />
        <Figure
          name="Waiting now"
          value={backlog.waiting.toLocaleString()}
          more={
            backlog.oldest ? (
              <>
                {backlog.overdue} overdue, oldest <TimeText at={backlog.oldest} relative />
              </>
            ) : (
              'nobody'
            )
          }
        />
      </dl>
      <Section title="By day" description={`Days of ${measures.zone}.`}>
        <Plots days={days} />
      </Section>
      {promises.length > 0 && (
        <Section
          title="Promises"
          description="What began in these days. Overdue counts as broken; waived is not counted."
        >
          <KeptTable measures={measures} />
        </Section>
      )}
    </>
  )
}

const rangeOf = ({ low, high, n }: { low: number; high: number; n: number }): string =>
  `${Math.round(low * 100)}–${Math.round(high * 100)} %, n ${n.toLocaleString()}`

function Figure({ name, value, more }: { name: string; value: string; more?: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {more && <span className="me-more">{more}</span>}
      </dd>
    </div>
  )
}

const hourMs = 3_600_000
const percent = (share: number): number => Math.round(share * 1000) / 10

interface PlotProps<Name extends string> {
  title: string
  label: string
  days: Measures['days']
  values: (day: Measures['days'][number]) => Record<Name, number | null>
  series: { name: Name; label: string; color?: string }[]
}

function Plot<Name extends string>({ title, label, days, values, series }: PlotProps<Name>) {
  const data = days.map((day) => ({ x: dayText(day.day, 'short'), ...values(day) }))
  const isEmpty = days.every((day) => Object.values(values(day)).every((value) => value === null))
  return (
    <div>
      <h3>{title}</h3>
      {isEmpty ? (
        <p className="lr-dimmed">Nothing to be told in these days.</p>
      ) : (
        <LineChart label={label} height={180} data={data} series={series} />
      )}
    </div>
  )
}

const Plots = ({ days }: { days: Measures['days'] }) => (
  <div className="me-plots">
    <Plot
      title="Messages and answers"
      label="Messages and answers by day"
      days={days}
      values={({ heard, answered }) => ({ heard, answered })}
      series={[
        { name: 'heard', label: 'Messages to you' },
        { name: 'answered', label: 'Answers' },
      ]}
    />
    <Plot
      title="Negative, in %, with its range"
      label="Share of negative messages by day, with its 95 % range"
      days={days}
      values={({ negative }) => ({
        share: negative && percent(negative.share),
        low: negative && percent(negative.low),
        high: negative && percent(negative.high),
      })}
      series={[
        { name: 'share', label: 'Negative' },
        { name: 'low', label: 'At least', color: 'slate.3' },
        { name: 'high', label: 'At most', color: 'slate.3' },
      ]}
    />
    <Plot
      title="First reply, in hours (median)"
      label="Median of the time to the first reply by day, in hours"
      days={days}
      values={({ firstReply }) => ({
        hours: firstReply === null ? null : Math.round((firstReply / hourMs) * 100) / 100,
      })}
      series={[{ name: 'hours', label: 'Hours' }]}
    />
    <Plot
      title="First replies in time, in %"
      label="Share of first replies in time by day"
      days={days}
      values={({ kept }) => ({ kept: kept && percent(kept.share) })}
      series={[{ name: 'kept', label: 'In time' }]}
    />
  </div>
)
