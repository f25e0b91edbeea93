// How many people keep a promise next week, and what the rota as it stands would keep.

import { NumberInput, Select } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage, Section } from '../../../kit/app-page.tsx'
import { DataTable, LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { LineChart } from '../../../kit/line-chart.tsx'
import { ButtonLink, TextLink } from '../../../kit/links.tsx'
import { timeIn } from '../../../kit/time.ts'
import { useSearchWord } from '../../../kit/url-state.ts'
import { useOrg, useZone } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { minutesWords } from '../../promises/rules.ts'
import { shareText, spanWords } from '../measures/measure-words.ts'
import '@mantine/core/styles/NumberInput.css'
import '../measures/measures.css'

type Staffing = NonNullable<Output<typeof client.staffing.read>>
type Outcome = Staffing['rota']

const number = (text: string | undefined, usual: number, [least, most]: [number, number]): number => {
  const value = Number(text)
  return text !== undefined && value >= least && value <= most ? value : usual
}

export function StaffingPage() {
  const org = useOrg()
  const [promiseId] = useSearchWord('promise')
  const [minutes] = useSearchWord('minutes')
  const [share] = useSearchWord('share')
  const input = {
    ...{ org: org.id, promiseId },
    ...{ handlingMinutes: number(minutes, 6, [0.1, 480]), share: number(share, 90, [50, 99.9]) / 100 },
  }
  const found = useQuery(api.staffing.read.queryOptions({ input, placeholderData: keepPreviousData }))
  return (
    <AppPage
      title="Staffing"
      description="How many people keep the promise in the next seven days."
      crumbs={[
        <TextLink key="inbox" to="/o/$slug/inbox" params={{ slug: org.slug }}>
          Inbox
        </TextLink>,
      ]}
    >
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      {found.data === null && (
        <EmptyState
          title="No first reply is promised"
          icon={<IconUsersGroup size={28} stroke={1.5} />}
          action={
            <ButtonLink to="/o/$slug/settings/promises" params={{ slug: org.slug }}>
              Make a promise
            </ButtonLink>
          }
        >
          What is not promised needs no number of people.
        </EmptyState>
      )}
      {found.data && (
        <>
          <Question staffing={found.data} handlingMinutes={input.handlingMinutes} share={input.share} />
          <Answer staffing={found.data} share={input.share} />
          <Week hours={found.data.hours} />
          <Tried staffing={found.data} />
        </>
      )}
    </AppPage>
  )
}

interface QuestionProps {
  staffing: Staffing
  handlingMinutes: number
  share: number
}

function Question({ staffing, handlingMinutes, share }: QuestionProps) {
  const org = useOrg()
  const promises = useQuery(api.promises.list.queryOptions({ input: { org: org.id } }))
  const [, setPromise] = useSearchWord('promise')
  const [, setMinutes] = useSearchWord('minutes')
  const [, setShare] = useSearchWord('share')
  const withReply = (promises.data ?? []).filter(({ policy }) =>
    policy.targets.some(({ metric }) => metric === 'first-reply'),
  )
  return (
    <div className="me-filters">
      <Select
        label="Promise"
        allowDeselect={false}
        data={withReply.map(({ id, policy }) => ({ value: id, label: policy.name }))}
        value={staffing.promise.id}
        onChange={setPromise}
      />
      <NumberInput
        label="Minutes for an answer"
        min={0.5}
        max={480}
        value={handlingMinutes}
        onChange={(value) => setMinutes(value === '' ? null : String(value))}
      />
      <NumberInput
        label="To be in time, in %"
        min={50}
        max={99.9}
        value={Math.round(share * 1000) / 10}
        onChange={(value) => setShare(value === '' ? null : String(value))}
      />
    </div>
  )
}

const rangeText = ({ kept }: Pick<Outcome, 'kept'>): string =>
  kept
    ? `${shareText({ share: kept.mean })} (${Math.round(kept.low * 100)}–${Math.round(kept.high * 100)} %)`
    : 'nothing falls due'

function Answer({ staffing, share }: { staffing: Staffing; share: number }) {
  const { promise, needed, rota, peak, basis, weeks, counted, openNow, shrinkage } = staffing
  const best = staffing.tried.find(({ people }) => people === needed?.people)
  return (
    <>
      <dl className="me-figures">
        <div>
          <dt>At work at the same time</dt>
          <dd>
            {needed ? needed.people : 'More than 200'}
            {best?.kept && <span className="me-more">keep {rangeText(best)}</span>}
          </dd>
        </div>
        <div>
          <dt>On the rota</dt>
          <dd>
            {needed ? needed.onRota : '–'}
            <span className="me-more">with {Math.round(shrinkage * 100)} % away, 40 hours a week each</span>
          </dd>
        </div>
        <div>
          <dt>The rota as it stands</dt>
          <dd>
            {rota.kept ? shareText({ share: rota.kept.mean }) : '–'}
            <span className="me-more">
              {rangeText(rota)}, at most {count(rota.people, 'person', 'people')} at once
            </span>
          </dd>
        </div>
        <div>
          <dt>Busy, by the rota</dt>
          <dd>
            {rota.occupancy === null ? '–' : shareText({ share: rota.occupancy })}
            <span className="me-more">of their time at work</span>
          </dd>
        </div>
      </dl>
      <p>
        “{promise.name}” promises a first reply in {minutesWords(promise.minutes)}
        {promise.hours === 'business' && ' of opening hours'}; {shareText({ share })} are to be in time. Counted:{' '}
        {basis === 'promise' ? `${count(counted, 'reply', 'replies')} owed under it` : count(counted, 'conversation')}{' '}
        in {weeks === 1 ? 'a week' : `${Math.round(weeks * 10) / 10} weeks`}
        {basis === 'conversations' && ' (under the promise itself nothing came yet)'}, and {openNow} open now. The
        ranges hold 80 % of drawn weeks.
      </p>
      {peak.perHour > 0 && (
        <p className="lr-dimmed">
          Up to {Math.round(peak.perHour * 10) / 10} an hour come; a steady queue of that would need{' '}
          {count(peak.people, 'person', 'people')} (Erlang C).
        </p>
      )}
    </>
  )
}

function Week({ hours }: { hours: Staffing['hours'] }) {
  const zone = useZone()
  const at = (instant: string) => `${timeIn(new Date(instant), zone, 'moment', new Date())}`
  return (
    <Section title="Hour by hour">
      <div className="me-plots">
        <div>
          <h3>What comes, and what waits with the rota</h3>
          <LineChart
            label="Conversations an hour, and the backlog with the rota, by hour"
            height={200}
            data={hours.map((hour) => ({
              x: at(hour.at),
              comes: Math.round(hour.perHour * 100) / 100,
              backlog: Math.round(hour.backlog * 10) / 10,
            }))}
            series={[
              { name: 'comes', label: 'Come in the hour' },
              { name: 'backlog', label: 'Wait, in the mean' },
            ]}
          />
        </div>
        <div>
          <h3>People at work</h3>
          <LineChart
            label="People at work by the rota and by what is needed, by hour"
            height={200}
            data={hours.map((hour) => ({ x: at(hour.at), rota: hour.atWork, needed: hour.needed }))}
            series={[
              { name: 'rota', label: 'By the rota' },
              { name: 'needed', label: 'Needed' },
            ]}
          />
        </div>
      </div>
    </Section>
  )
}

const Tried = ({ staffing }: { staffing: Staffing }) => (
  <Section title="What was tried">
    <DataTable
      label="People and what they keep"
      rows={staffing.tried}
      rowKey={({ people }) => String(people)}
      csv={{ name: 'staffing' }}
      empty={
        <EmptyState title="Nothing was tried" order={3}>
          Nothing comes.
        </EmptyState>
      }
      columns={[
        {
          id: 'people',
          header: 'People at work',
          primary: true,
          cell: ({ people }) => people,
          csv: ({ people }) => people,
        },
        { id: 'kept', header: 'In time', cell: rangeText, csv: ({ kept }) => kept?.mean ?? null },
        {
          id: 'wait',
          header: 'Mean wait',
          cell: ({ meanWaitMs }) => spanWords(meanWaitMs),
          csv: ({ meanWaitMs }) => meanWaitMs,
        },
        {
          id: 'open',
          header: 'Left open',
          align: 'end',
          cell: ({ leftOpen }) => Math.round(leftOpen * 10) / 10,
          csv: ({ leftOpen }) => leftOpen,
        },
        {
          id: 'busy',
          header: 'Busy',
          align: 'end',
          cell: ({ occupancy }) => (occupancy === null ? '–' : shareText({ share: occupancy })),
          csv: ({ occupancy }) => occupancy,
        },
      ]}
    />
  </Section>
)
