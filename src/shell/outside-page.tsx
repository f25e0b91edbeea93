// Pages before and outside an organisation.

import { Outlet } from '@tanstack/react-router'
import { OutsideFrame } from './frame.tsx'

export function OutsidePage() {
  return (
    <OutsideFrame>
      <Outlet />
    </OutsideFrame>
  )
}
