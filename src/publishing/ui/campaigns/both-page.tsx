// Both processes at once: always-on above, campaigns below, by account, two weeks around today or one day by the hour.

import { ActionIcon, Button, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowsSplit2, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useAccounts } from '../../../accounts/ui/use-accounts.ts'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { EmptyState } from '../../../kit/empty-state.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { ButtonLink } from '../../../kit/links.tsx'
import { useShortcut } from '../../../kit/shortcuts.tsx'
import { timeIn, wallTimeIn, zoneCity } from '../../../kit/time.ts'
import { useNow } from '../../../kit/time-text.tsx'
import { useSetSearch } from '../../../kit/url-state.ts'
import { useMay, useOrg, useZone } from '../../../kit/viewer.tsx'
import { CampaignTabs } from './campaign-tabs.tsx'
import { LaneGrid } from './lane-grid.tsx'
import { LaneLists } from './lane-lists.tsx'
import { type LaneView, laneView } from './lane-range.ts'
import './campaign-words.ts'
import './campaigns.css'
import './lanes.css'

const route = getRouteApi('/o/$slug/campaigns/both')

export type Lanes = Output<typeof client.campaigns.lanes>

export function BothPage() {
  const org = useOrg()
  const may = useMay()
  const zone = useZone()
  const { date, zoom } = route.useSearch()
  const today = wallTimeIn(useNow(60_000), zone).slice(0, 10)
  const view = laneView(date, zoom === 'day', today, zone)
  const accounts = useAccounts()
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })
  const lanes = useQuery(
    api.campaigns.lanes.queryOptions({
      input: { org: org.id, from: view.from, to: view.to, zone, cell: view.unit },
      placeholderData: keepPreviousData,
      refetchInterval: 60_000,
    }),
  )
  // An answer of the view before has other cells; it stays only until the new one has come.
  const shown = lanes.data
  const nothing = shown && shown.alwaysOn.length === 0 && shown.campaigns.length === 0
  return (
    <AppPage
      title="Both at once"
      description={`Always-on has no end, campaigns do; both run side by side on the same accounts. Times are those of ${zoneCity(zone)}.`}
      width="full"
    >
      <CampaignTabs />
      <Bar view={view} today={today} />
      {(lanes.isPending || accounts.pending) && <LoadingRows />}
      <ErrorPanel
        error={lanes.error ?? accounts.error}
        retry={() => void Promise.all([lanes.refetch(), accounts.retry()])}
      />
      {nothing && (
        <EmptyState
          title="Nothing is planned in these days"
          icon={<IconArrowsSplit2 size={32} stroke={1.5} />}
          action={
            may('posts.write') && (
              <ButtonLink to="/o/$slug/compose" params={{ slug: org.slug }}>
                Write a post
              </ButtonLink>
            )
          }
        >
          Posts of every day stand in the lane above, those of campaigns below, as soon as they have a time.
        </EmptyState>
      )}
      {shown && !nothing && !accounts.pending && (
        <div aria-busy={lanes.isPlaceholderData || undefined}>
          {!phone && <LaneGrid lanes={shown} view={view} today={today} accounts={accounts} />}
          {(phone || view.unit === 'hour') && <LaneLists lanes={shown} accounts={accounts} />}
        </div>
      )}
    </AppPage>
  )
}

function Bar({ view, today }: { view: LaneView; today: string }) {
  const set = useSetSearch()
  const go = (day: string) => set({ date: day === today ? null : day })
  useShortcut('p', 'Both at once: earlier', () => go(view.before))
  useShortcut('n', 'Both at once: later', () => go(view.after))
  useShortcut('t', 'Both at once: today', () => go(today))
  const step = view.unit === 'hour' ? 'day' : 'week'
  const title =
    view.unit === 'hour'
      ? timeIn(new Date(`${view.day}T12:00:00Z`), 'UTC', 'day', new Date())
      : `Two weeks around ${timeIn(new Date(`${view.day}T12:00:00Z`), 'UTC', 'date', new Date())}`
  return (
    <Group gap="xs" className="la-bar">
      <ActionIcon variant="default" size="input-xs" aria-label={`One ${step} earlier`} onClick={() => go(view.before)}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <Button variant="default" size="xs" onClick={() => go(today)}>
        Today
      </Button>
      <ActionIcon variant="default" size="input-xs" aria-label={`One ${step} later`} onClick={() => go(view.after)}>
        <IconChevronRight size={16} />
      </ActionIcon>
      <h2 aria-live="polite">{title}</h2>
      <Button variant="subtle" size="xs" onClick={() => set({ zoom: view.unit === 'hour' ? null : 'day' })}>
        {view.unit === 'hour' ? 'Two weeks' : 'One day'}
      </Button>
    </Group>
  )
}
