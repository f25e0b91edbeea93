// The days of a campaign as a line: its phases below each other, today marked. The same as words in each bar.

import type { CSSProperties } from 'react'
import { wallTimeIn } from '../../../kit/time.ts'
import { useNow } from '../../../kit/time-text.tsx'
import { count } from '../../../kit/words.ts'
import { daysText, lengthInDays, shortDay, spanOf } from './campaign-days.ts'
import type { Campaign } from './campaign-form-page.tsx'

export function CampaignTimeline({ campaign }: { campaign: Campaign }) {
  const { beginsOn, endsOn, phases, timeZone } = campaign
  const today = wallTimeIn(useNow(600_000), timeZone).slice(0, 10)
  const now = spanOf(beginsOn, endsOn, today, today)
  return (
    <figure className="cm-line" aria-label="Time line">
      <figcaption>
        <span>{shortDay(beginsOn)}</span>
        <span>{count(lengthInDays(beginsOn, endsOn), 'day')}</span>
        <span>{shortDay(endsOn)}</span>
      </figcaption>
      <div className="cm-track">
        {now && (
          <span className="cm-today" style={{ '--at': now.left + now.width / 2 } as CSSProperties} title="Today" />
        )}
        {phases.length === 0 && (
          <div className="cm-bar" style={{ width: '100%' }}>
            The whole campaign
          </div>
        )}
        {phases.map((phase, index) => {
          const span = spanOf(beginsOn, endsOn, phase.beginsOn, phase.endsOn)
          return (
            span && (
              <div
                key={index}
                className="cm-bar"
                data-now={(today >= phase.beginsOn && today <= phase.endsOn) || undefined}
                style={{ marginInlineStart: `${span.left * 100}%`, width: `${span.width * 100}%` }}
                title={`${phase.name}: ${daysText(phase.beginsOn, phase.endsOn)}`}
              >
                {phase.name}
              </div>
            )
          )
        })}
      </div>
    </figure>
  )
}
