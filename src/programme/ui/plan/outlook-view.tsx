// What a cadence takes, in a sentence, and the load curve towards it: planned weeks, what was done, and what people give at most.

import { Section } from '../../../kit/app-page.tsx'
import { Badge } from '../../../kit/state-badge.tsx'
import { dayText } from '../../../kit/time.ts'
import { count } from '../../../kit/words.ts'
import type { Because } from '../../load/weeks/types.ts'
import type { CadenceLines } from '../../plan/types.ts'
import { numberText } from '../programme-words.ts'
import { GrowingLines } from './growing-lines.tsx'
import { LoadCurve } from './load-curve.tsx'
import { phaseWords } from './phase-words.ts'
import type { Outlook } from './plan-page.tsx'

const baselineWords: Record<Outlook['baseline']['from'], string> = {
  measured: 'what was written down in the last weeks',
  new: 'an assumption for people who begin',
  evidence: 'what an experienced team has shown',
  realigned: 'what was done before the break',
}

/** What decided about the minutes of a week. */
const becauseWords: Record<Because, string> = {
  pace: 'it grows at the usual pace',
  target: 'that is all that the plan asks for',
  'new-high': 'no week goes far above the highest before it',
  ratio: 'no week goes far above the usual ones before it',
  ceiling: 'more you do not give',
  available: 'not everybody is there',
  'after-break': 'after a break it begins gently',
  presence: 'being there and what was promised take so much',
  wish: 'somebody asked for it',
  'cut-back': 'a lighter week lets people recover',
  taper: 'strength is saved for the event',
  event: 'the event itself takes strength',
  away: 'nobody is there',
  build: 'it grows',
  hold: 'it stays as it is',
}

/** Plans of other releases may name what this one does not know. */
const becauseText = (because: string): string =>
  Object.hasOwn(becauseWords, because) ? `: ${becauseWords[because as Because]}` : ''

const minutes = (value: number): string => count(Math.round(value), 'minute')

export function OutlookView({ outlook, lines }: { outlook: Outlook; lines: CadenceLines }) {
  const { baseline, ceiling, reachesTarget, people } = outlook
  return (
    <Section title="What it takes">
      <p className="plan-says">
        {outlook.minutes.says} {outlook.grows.length > 0 && beginText(outlook)}{' '}
        {outlook.minutes.isAssumed && <Badge tone="quiet">Partly assumed: log time to know</Badge>}
      </p>
      <p className="lr-dimmed">
        It sets out from {minutes(baseline.minutes)} a week for {count(people, 'person', 'people')}:{' '}
        {baselineWords[baseline.from]}. {reachText(reachesTarget, outlook)}
        {ceiling !== null && ` Together you give ${minutes(ceiling)} a week at most.`}
      </p>
      <LoadCurve outlook={outlook} />
      <GrowingLines outlook={outlook} lines={lines} />
      <Weeks outlook={outlook} />
    </Section>
  )
}

/** What is said above it is of all lines as they are in the end. */
const beginText = ({ minutes: { first, week } }: Outlook): string =>
  first < week - 0.5 ? `That is when every line has grown; it begins with ${minutes(first)} a week.` : ''

const reachText = (reaches: string | null, { weeks, grows }: Outlook): string => {
  if (!reaches && grows.some(({ steps }) => steps.at(-1)!.fits === null))
    return 'Its lines grow on beyond this half-year.'
  if (reaches === weeks[0]?.monday) return 'All of it fits from this week on.'
  return reaches
    ? `All of it fits from ${dayText(reaches)} on; until then the weeks hold less.`
    : 'All of it does not fit within half a year: plan less, or give more time.'
}

/** The next weeks in words: what each has, and why it has no more. */
function Weeks({ outlook: { weeks, findings, events, heavy } }: { outlook: Outlook }) {
  return (
    <ul className="plan-list">
      {weeks.slice(0, 8).map(({ monday, minutes: value, phase, because }) => {
        const said = findings.filter(({ week, severity }) => week === monday && severity !== 'note')
        const isHeavy = heavy.find((each) => each.monday === monday)
        const event = events.find(({ day }) => day >= monday && day < nextMonday(weeks, monday))
        return (
          <li key={monday} className="plan-row">
            <span>
              Week of {dayText(monday)} {event && <Badge tone="slate">{event.name}</Badge>}
            </span>
            <span className="lr-dimmed">
              {phaseWords[phase]}, {numberText(Math.round(value))} min{becauseText(because)}.
              {said.map(({ says }) => ` ${says}`)}
              {isHeavy && ` ${heavyText(isHeavy)}`}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

const heavyText = ({ because, usual }: Outlook['heavy'][number]): string =>
  because === 'event'
    ? 'Pictures, facts and approvals for it are gathered in the two weeks before.'
    : `Heavier than usual (${minutes(usual ?? 0)}): pictures, facts and approvals are gathered in the two weeks before.`

const nextMonday = (weeks: Outlook['weeks'], monday: string): string =>
  weeks.find((week) => week.monday > monday)?.monday ?? '9999-12-31'
