// The calendar: month, week, day or list of what is planned and what went out, kept in the address; posts move alone or many at once.

import { useMediaQuery } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useAccounts } from '../../accounts/ui/use-accounts.ts'
import { api } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { useShortcut } from '../../kit/shortcuts.tsx'
import { useNow } from '../../kit/time-text.tsx'
import { useSetSearch } from '../../kit/url-state.ts'
import { useMay, useOrg, useViewer } from '../../kit/viewer.tsx'
import { BulkBar } from './bulk/bulk-bar.tsx'
import { chooseByKey, useRectangle } from './bulk/choose-posts.ts'
import { type AskedMove, MoveManyDialog } from './bulk/move-many-dialog.tsx'
import { shiftBetween } from './bulk/moves.ts'
import { createSelection, SelectionContext } from './bulk/selection.ts'
import { useBulk } from './bulk/use-bulk.ts'
import { useCampaigns } from './bulk/use-campaigns.ts'
import { CalendarActions } from './calendar-actions.tsx'
import { CalendarBar } from './calendar-bar.tsx'
import { CalendarContext, type CalendarLine } from './calendar-context.ts'
import { type CalendarView, calendarViews, cellOf, rangeOf, wallClock } from './calendar-days.ts'
import { useWhose } from './calendar-filters.tsx'
import { Legend } from './calendar-legend.tsx'
import { DayDialog } from './day-dialog.tsx'
import { DayView } from './day-view.tsx'
import { ListView } from './list-view.tsx'
import { MonthView } from './month-view.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { useDayMarks } from './planning/day-marks.tsx'
import { useMovePost } from './use-move-post.ts'
import { WeekView } from './week-view.tsx'
import './refusal-words.ts'
import './calendar.css'
import './calendar-views.css'
import './bulk/bulk.css'

const route = getRouteApi('/o/$slug/calendar')
const views = { month: MonthView, week: WeekView, day: DayView, list: ListView }

export function CalendarPage() {
  const org = useOrg()
  const { view, zone, date, today } = useCalendarState()
  const whose = useWhose()
  const set = useSetSearch()
  const range = useMemo(() => rangeOf(view, date, zone), [view, date, zone])
  const { cell, shown } = cellOf[view]
  const input = { org: org.id, from: range.from, to: range.to, zone, cell, most: shown + 1, ...whose }
  const posts = useQuery(
    api.posts.calendar.queryOptions({ input, placeholderData: keepPreviousData, refetchInterval: 60_000 }),
  )
  const [moving, setMoving] = useState<CalendarLine | null>(null)
  const [asked, setAsked] = useState<AskedMove | null>(null)
  const [openDay, setOpenDay] = useState<string | null>(null)
  const [choosing, setChoosing] = useState(false)
  const [selection] = useState(createSelection)
  const lines = posts.data?.posts ?? none
  const lineOf = useLineOf(lines)
  const bulk = useBulk(zone)
  const move = useStable(useMovePost(zone, input))
  const value = useCalendarValue({
    zone,
    today,
    days: range.days,
    choosing,
    move,
    lineOf,
    setMoving,
    setAsked,
    setOpenDay,
  })
  const rectangle = useRectangle({ selection, lineOf })
  useShortcut('t', 'Calendar: today', () => set({ date: null }))
  useShortcut('n', 'Calendar: next', () => set({ date: range.after }))
  useShortcut('p', 'Calendar: previous', () => set({ date: range.before }))
  const View = views[view]
  const counts = useMemo(() => new Map(posts.data?.cells.map((each) => [each.cell, each.count])), [posts.data])
  return (
    <AppPage
      title="Calendar"
      width="full"
      actions={<CalendarActions range={range} whose={whose} choosing={choosing} setChoosing={setChoosing} />}
    >
      <CalendarContext value={value}>
        <SelectionContext value={selection}>
          <CalendarBar view={view} range={range} zone={zone} />
          <ErrorPanel error={posts.error} retry={() => void posts.refetch()} />
          {posts.data?.posts.length === 0 && (
            <NothingPlanned filtered={Object.values(whose).some(Boolean)} view={view} />
          )}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and the mouse choose the links in it, which are the controls */}
          <div
            aria-busy={posts.isFetching}
            className="ca-view"
            onKeyDown={(event) => chooseByKey(event, { selection, lineOf })}
            {...rectangle}
          >
            {/* After an error an empty calendar would say that nothing is planned. */}
            {(posts.data || !posts.error) && (
              <View range={range} month={date.slice(0, 7)} lines={lines} counts={counts} />
            )}
          </div>
          <Legend lines={lines} />
          <BulkBar selection={selection} bulk={bulk} ask={(chosen, act) => setAsked({ lines: chosen, act })} />
          {openDay && <DayDialog key={openDay} cell={openDay} whose={whose} close={() => setOpenDay(null)} />}
          <MoveDialog line={moving} close={() => setMoving(null)} />
          {asked && (
            <MoveManyDialog
              asked={asked}
              zone={zone}
              bulk={bulk}
              close={(done) => {
                setAsked(null)
                if (done) selection.clear()
              }}
            />
          )}
        </SelectionContext>
      </CalendarContext>
    </AppPage>
  )
}

const none: CalendarLine[] = []

/** The same function for ever, which calls the newest one: what hundreds of posts are given must not change with each drawing. */
function useStable<Args extends unknown[], Result>(run: (...args: Args) => Result): (...args: Args) => Result {
  const newest = useRef(run)
  useEffect(() => {
    newest.current = run
  })
  return useCallback((...args) => newest.current(...args), [])
}

function useLineOf(lines: CalendarLine[]): (id: string) => CalendarLine | undefined {
  const byId = useMemo(() => new Map(lines.map((line) => [line.id, line])), [lines])
  return useStable((id: string) => byId.get(id))
}

interface Parts {
  zone: string
  days: string[]
  today: string
  choosing: boolean
  move: (line: CalendarLine, wall: string) => Promise<boolean>
  lineOf: (id: string) => CalendarLine | undefined
  setMoving: (line: CalendarLine) => void
  setAsked: (asked: AskedMove) => void
  setOpenDay: (day: string) => void
}

function useCalendarValue({ zone, today, days, choosing, move, lineOf, setMoving, setAsked, setOpenDay }: Parts) {
  const accounts = useAccounts()
  const campaigns = useCampaigns()
  const marks = useDayMarks(days)
  const may = useMay()
  const [mayWrite, mayMove] = [may('posts.write'), may('posts.schedule')]
  return useMemo(() => {
    const names = new Map(campaigns.map(({ id, name }) => [id, name]))
    return {
      ...{ zone, today, marks, choosing, accounts, mayWrite, mayMove, move, lineOf },
      askMove: setMoving,
      askCopy: (line: CalendarLine) => setAsked({ lines: [line], act: 'copy' }),
      openDay: setOpenDay,
      campaignName: (id: string) => names.get(id) ?? 'a campaign',
      drop(some: CalendarLine[], { from, to, copy }: { from: string; to: string; copy: boolean }) {
        const [only] = some
        if (some.length === 1 && only && !copy) return void move(only, to)
        setAsked({ lines: some, act: copy ? 'copy' : 'move', target: shiftBetween(from, to) })
      },
    }
  }, [
    zone,
    today,
    marks,
    choosing,
    accounts,
    campaigns,
    mayWrite,
    mayMove,
    move,
    lineOf,
    setMoving,
    setAsked,
    setOpenDay,
  ])
}

function useCalendarState() {
  const search = route.useSearch()
  const viewer = useViewer()
  const narrow = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const zone = search.zone ?? viewer.zone
  const today = wallClock(useNow(60_000), zone)
  const wanted = calendarViews.find((each) => each === search.view) ?? 'month'
  const view: CalendarView = narrow && wanted !== 'day' ? 'list' : wanted
  const date =
    search.date && /^\d{4}-\d{2}-\d{2}$/.test(search.date) && !Number.isNaN(Date.parse(search.date))
      ? search.date
      : today.slice(0, 10)
  return { view, zone, date, today }
}

function NothingPlanned({ filtered, view }: { filtered: boolean; view: CalendarView }) {
  const { slug } = useOrg()
  const may = useMay()
  return (
    <p className="ca-empty">
      {filtered
        ? 'Nothing that fits these filters lies here.'
        : `Nothing is planned ${view === 'list' ? 'in these four weeks' : view === 'day' ? 'on this day' : `in this ${view}`}.`}{' '}
      {may('posts.write') && (
        <>
          <ButtonLink to="/o/$slug/compose" params={{ slug }} variant="light" size="compact-sm">
            Write a post
          </ButtonLink>
          <ButtonLink to="/o/$slug/imports" params={{ slug }} variant="subtle" size="compact-sm">
            Bring posts from elsewhere
          </ButtonLink>
        </>
      )}
    </p>
  )
}
