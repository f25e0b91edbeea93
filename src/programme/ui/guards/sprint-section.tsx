// Whether this is a marathon or a sprint: points with their reasons, what to do, and times in which nobody could see us.

import { Section } from '../../../kit/app-page.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { timeIn } from '../../../kit/time.ts'
import { useZone } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'
import { sprintWords } from './guard-words.ts'
import type { Guards } from './guards-page.tsx'

const tones = { steady: 'done', watch: 'amber', intervene: 'crimson' } as const
const hourMs = 3_600_000

export function SprintSection({ guards: { sprint, hasQuit, visible, gaps } }: { guards: Guards }) {
  const zone = useZone()
  const now = new Date()
  return (
    <Section
      title="Marathon or sprint"
      description="Sudden enthusiasm, full activity everywhere, then quitting: the pattern is known early by its points."
    >
      <p>
        <Badge tone={tones[sprint.level]}>{count(sprint.points, 'point')}</Badge>{' '}
        {hasQuit ? 'Nothing was posted or answered for a long time.' : sprintWords[sprint.level]}
      </p>
      {sprint.reasons.length > 0 && (
        <ul className="gu-points" aria-label="Why">
          {sprint.reasons.map(({ reason, points, says }) => (
            <li key={reason}>
              <b>+ {points}</b> <span>{says}.</span>
            </li>
          ))}
        </ul>
      )}
      {sprint.interventions.length > 0 && (
        <ul aria-label="What to do">
          {sprint.interventions.map(({ kind, says }) => (
            <li key={kind}>{says}</li>
          ))}
        </ul>
      )}
      <p className="lr-dimmed">
        {visible === null
          ? 'No account was connected in the last four weeks, so nobody could be seen.'
          : `In the last four weeks you could be seen ${Math.round(visible * 100)} % of the time: something of yours was alive, or somebody had just been answered.`}
        {gaps.length > 0 &&
          ` The longest gap of ${count(gaps.length, 'gap')}: ${longestText(gaps, (at) => timeIn(new Date(at), zone, 'moment', now))}.`}
      </p>
    </Section>
  )
}

function longestText(gaps: Guards['gaps'], moment: (at: string) => string): string {
  const hours = ({ from, to }: Guards['gaps'][number]) => Math.round((Date.parse(to) - Date.parse(from)) / hourMs)
  const longest = gaps.reduce((a, b) => (hours(b) > hours(a) ? b : a))
  return `${count(hours(longest), 'hour')} from ${moment(longest.from)}`
}
