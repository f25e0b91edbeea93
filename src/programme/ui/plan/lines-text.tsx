// A version to be read: its number, its reason and its lines.

import { lineText } from './cadence-rows.ts'
import type { Plan } from './plan-page.tsx'

export function LinesText({ version }: { version: Pick<Plan, 'number' | 'reason' | 'lines'> | null }) {
  if (!version) return <p className="lr-dimmed">Nothing is in force.</p>
  return (
    <div>
      <strong>Version {version.number}</strong>: {version.reason}
      <p className="lr-dimmed">{version.lines.map((line) => lineText(line)).join('; ')}</p>
    </div>
  )
}
