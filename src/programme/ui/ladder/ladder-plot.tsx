// The ladder as it stands: highest rung on top, and on each rung the teams that have it, learn it, or come to it next.

import { IconCheck, IconCircle, IconCircleHalf2, IconPlayerPause } from '@tabler/icons-react'
import { stateLook } from './gate-words.ts'
import type { Ladder, Rung, Stand } from './ladder-page.tsx'
import { teamName } from './ladder-page.tsx'

interface Props {
  ladder: Ladder
  open: (id: string) => void
}

const marks = {
  mastered: IconCheck,
  'going-on': IconCircleHalf2,
  'set-aside': IconPlayerPause,
  next: IconCircle,
  later: IconCircle,
} as const

export function LadderPlot({ ladder, open }: Props) {
  return (
    <ol className="ld-ladder" reversed>
      {ladder.rungs.toReversed().map((rung) => (
        <li key={rung.id} className="ld-rung" data-state={rung.teams[0]?.state}>
          <button type="button" className="ld-name" onClick={() => open(rung.id)}>
            {rung.name}
          </button>
          <Teams rung={rung} ladder={ladder} />
        </li>
      ))}
    </ol>
  )
}

/** The whole organisation always; departments where they stand somewhere. */
function Teams({ rung, ladder }: { rung: Rung; ladder: Ladder }) {
  const shown = rung.teams.filter((stand) => isShown(stand, ladder))
  return (
    <ul className="ld-teams">
      {shown.map((stand) => {
        const team = ladder.teams.find(({ departmentId }) => departmentId === stand.departmentId)!
        const Mark = marks[stand.state]
        return (
          <li key={stand.departmentId ?? 'all'} className="ld-team" data-state={stand.state}>
            <Mark size={14} stroke={2} aria-hidden />
            <span>
              {teamName(team)}: {standText(stand)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function isShown({ departmentId, state }: Stand, { rungs }: Ladder): boolean {
  if (state === 'later') return false
  if (departmentId === null) return true
  // A department that never began is on no rung.
  return rungs.some(({ teams }) => teams.some((each) => each.departmentId === departmentId && each.stepId !== null))
}

function standText({ state, gates }: Stand): string {
  if (state !== 'going-on') return stateLook[state].label.toLowerCase()
  const open = gates.filter(({ isOpen, share }) => isOpen || share === 1).length
  return `learning, ${open} of ${gates.length} gates open`
}
