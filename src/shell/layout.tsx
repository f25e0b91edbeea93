// The frame inside an organisation: navigation on the left, on a phone a bar below and a drawer; the page in the middle.

import { Drawer } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { OrgProvider, orgsOf, ViewerProvider } from '../kit/viewer.tsx'
import { HoldBanner } from '../publishing/ui/holds/hold-banner.tsx'
import { UnknownAddress } from './between-pages.tsx'
import { PagePlace } from './frame.tsx'
import { meQuery } from './guards.ts'
import { Navigation } from './navigation.tsx'
import { NotificationBell } from './notification-bell.tsx'
import { OrgSwitcher } from './org-switcher.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { ShortcutHelp } from './shortcut-help.tsx'
import { UserMenu } from './user-menu.tsx'

const route = getRouteApi('/o/$slug')

export function Layout() {
  const { slug } = route.useParams()
  const me = useSuspenseQuery(meQuery)
  const org = orgsOf(me.data).find((candidate) => candidate.slug === slug)
  const [drawer, setDrawer] = useState(false)
  const [help, setHelp] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => setDrawer(false), [path])
  useFocusOnNewPage(path)
  if (!org) return <UnknownAddress />
  return (
    <ViewerProvider me={me.data}>
      <OrgProvider org={org} key={org.id}>
        <a className="sh-skip" href="#main">
          Skip to the page
        </a>
        <div className="sh-frame">
          <aside className="sh-side">
            <OrgSwitcher />
            <Navigation />
            <div className="sh-user">
              <UserMenu showShortcuts={() => setHelp(true)} />
              <NotificationBell />
            </div>
          </aside>
          <div className="sh-top">
            <OrgSwitcher />
            <NotificationBell />
          </div>
          <main id="main" tabIndex={-1} className="sh-main">
            <HoldBanner />
            <PagePlace>
              <Outlet />
            </PagePlace>
          </main>
          <PhoneBar openMore={() => setDrawer(true)} />
        </div>
        <Drawer opened={drawer} onClose={() => setDrawer(false)} title={org.name} size="280px" position="right">
          <div className="sh-drawer">
            <Navigation />
            <UserMenu showShortcuts={() => setHelp(true)} />
          </div>
        </Drawer>
        <ShortcutHelp opened={help} setOpened={setHelp} />
      </OrgProvider>
    </ViewerProvider>
  )
}

/** Screen readers and keyboards begin at the new page instead of at the link that was left. */
function useFocusOnNewPage(path: string): void {
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [path])
}
