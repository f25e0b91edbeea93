// The calendar: month, week or list of what is planned and what went out, kept in the address; posts move by drag or dialog.

import { Button, Group, SegmentedControl, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useAccounts } from '../../accounts/ui/use-accounts.ts'
import { api } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { useNow } from '../../kit/time-text.tsx'
import { useSetSearch } from '../../kit/url-state.ts'
import { useMay, useOrg, useViewer } from '../../kit/viewer.tsx'
import { ZoneSelect } from '../../kit/zone-select.tsx'
import { CalendarContext, type CalendarLine } from './calendar-context.ts'
import { type CalendarView, calendarViews, cellOf, rangeOf, wallClock } from './calendar-days.ts'
import { Legend } from './calendar-legend.tsx'
import { DayDialog } from './day-dialog.tsx'
import { ListView } from './list-view.tsx'
import { MonthView } from './month-view.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { useMovePost } from './use-move-post.ts'
import { WeekView } from './week-view.tsx'
import './refusal-words.ts'
import './calendar.css'

const route = getRouteApi('/o/$slug/calendar')
const views = { month: MonthView, week: WeekView, list: ListView }

export function CalendarPage() {
  const org = useOrg()
  const may = useMay()
  const accounts = useAccounts()
  const { view, zone, date, account, today } = useCalendarState()
  const set = useSetSearch()
  const range = rangeOf(view, date, zone)
  const { cell, shown } = cellOf[view]
  const input = { org: org.id, from: range.from, to: range.to, zone, cell, most: shown + 1, accountId: account }
  const posts = useQuery(
    api.posts.calendar.queryOptions({ input, placeholderData: keepPreviousData, refetchInterval: 60_000 }),
  )
  const [moving, setMoving] = useState<CalendarLine | null>(null)
  const [openDay, setOpenDay] = useState<string | null>(null)
  const move = useMovePost(zone, input)
  useShortcut('t', 'Calendar: today', () => set({ date: null }))
  useShortcut('n', 'Calendar: next', () => set({ date: range.after }))
  useShortcut('p', 'Calendar: previous', () => set({ date: range.before }))
  const View = views[view]
  const lines = posts.data?.posts ?? []
  const counts = useMemo(() => new Map(posts.data?.cells.map((each) => [each.cell, each.count])), [posts.data])
  return (
    <AppPage
      title="Calendar"
      width="full"
      actions={
        may('posts.write') && (
          <ButtonLink to="/o/$slug/compose" params={{ slug: org.slug }}>
            Write a post
          </ButtonLink>
        )
      }
    >
      <CalendarContext
        value={{
          zone,
          today,
          accounts,
          mayWrite: may('posts.write'),
          mayMove: may('posts.schedule'),
          move,
          askMove: setMoving,
          openDay: setOpenDay,
        }}
      >
        <CalendarBar view={view} title={range.title} before={range.before} after={range.after} />
        <ErrorPanel error={posts.error} retry={() => void posts.refetch()} />
        {posts.data?.posts.length === 0 && <NothingPlanned filtered={account !== undefined} view={view} />}
        <div aria-busy={posts.isFetching} className="ca-view">
          {/* After an error an empty calendar would say that nothing is planned. */}
          {(posts.data || !posts.error) && (
            <View range={range} month={date.slice(0, 7)} lines={lines} counts={counts} />
          )}
        </div>
        <Legend lines={lines} />
        {openDay && <DayDialog key={openDay} cell={openDay} account={account} close={() => setOpenDay(null)} />}
        <MoveDialog line={moving} close={() => setMoving(null)} />
      </CalendarContext>
    </AppPage>
  )
}

function useCalendarState() {
  const search = route.useSearch()
  const viewer = useViewer()
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const zone = search.zone ?? viewer.zone
  const today = wallClock(useNow(60_000), zone)
  const wanted = calendarViews.find((each) => each === search.view) ?? 'month'
  const view: CalendarView = narrow ? 'list' : wanted
  const date =
    search.date && /^\d{4}-\d{2}-\d{2}$/.test(search.date) && !Number.isNaN(Date.parse(search.date))
      ? search.date
      : today.slice(0, 10)
  return { view, zone, date, account: search.account, today }
}

function CalendarBar({
  view,
  title,
  before,
  after,
}: {
  view: CalendarView
  title: string
  before: string
  after: string
}) {
  const set = useSetSearch()
  const { account } = route.useSearch()
  const { all } = useAccounts()
  const { zone } = useCalendarState()
  return (
    <div className="ca-bar">
      <Group gap={4} wrap="nowrap">
        <Button variant="default" size="xs" onClick={() => set({ date: before })} aria-label="Before" px={8}>
          <IconChevronLeft size={16} />
        </Button>
        <Button variant="default" size="xs" onClick={() => set({ date: null })}>
          Today
        </Button>
        <Button variant="default" size="xs" onClick={() => set({ date: after })} aria-label="After" px={8}>
          <IconChevronRight size={16} />
        </Button>
      </Group>
      <h2 aria-live="polite">{title}</h2>
      <div className="ca-filters">
        <Select
          size="xs"
          aria-label="Account"
          placeholder="All accounts"
          clearable
          searchable
          data={all.filter((each) => each.publishes).map(({ id, name }) => ({ value: id, label: name }))}
          value={account ?? null}
          onChange={(value) => set({ account: value })}
        />
        <ZoneSelect
          size="xs"
          aria-label="Time zone of the calendar"
          value={zone}
          allowDeselect={false}
          onChange={(value) => set({ zone: value })}
        />
        <SegmentedControl
          className="ca-views"
          size="xs"
          aria-label="View"
          value={view}
          onChange={(value) => set({ view: value === 'month' ? null : value })}
          data={[
            { value: 'month', label: 'Month' },
            { value: 'week', label: 'Week' },
            { value: 'list', label: 'List' },
          ]}
        />
      </div>
    </div>
  )
}

function NothingPlanned({ filtered, view }: { filtered: boolean; view: CalendarView }) {
  const { slug } = useOrg()
  const may = useMay()
  return (
    <p className="ca-empty">
      {filtered
        ? 'Nothing of this account lies here.'
        : `Nothing is planned in ${view === 'list' ? 'these four weeks' : `this ${view}`}.`}{' '}
      {may('posts.write') && (
        <ButtonLink to="/o/$slug/compose" params={{ slug }} variant="light" size="compact-sm">
          Write a post
        </ButtonLink>
      )}
    </p>
  )
}
