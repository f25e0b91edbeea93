// Across the app while everything is on hold: that nothing goes out, why, until when, and the way to what it stopped.

import { IconHandStop } from '@tabler/icons-react'
import { TextLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { useActiveHolds } from './use-active-holds.ts'
import './holds.css'

export function HoldBanner() {
  const { slug } = useOrg()
  const { everything } = useActiveHolds()
  if (!everything) return null
  return (
    <div className="ho-banner" role="status">
      <IconHandStop size={18} aria-hidden />
      <p>
        <strong>Everything is on hold.</strong> Nothing goes out. “{everything.reason}”
        {everything.begunBy && ` – ${everything.begunBy.name}`}
        {everything.endsAt && (
          <>
            , until <TimeText at={everything.endsAt} zone={everything.endsZone} />
          </>
        )}
        .{' '}
        <TextLink to="/o/$slug/holds/$holdId" params={{ slug, holdId: everything.id }} inherit underline="always">
          See what it stopped
        </TextLink>
      </p>
    </div>
  )
}
