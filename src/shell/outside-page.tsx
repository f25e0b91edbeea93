// The frame of pages outside an organisation: the name of the place and one calm column.

import { Outlet } from '@tanstack/react-router'
import { Mark } from './mark.tsx'

export function OutsidePage() {
  return (
    <div className="sh-outside">
      <header className="sh-outside-head">
        <Mark />
      </header>
      <main id="main" tabIndex={-1} className="sh-outside-main">
        <Outlet />
      </main>
    </div>
  )
}
