// The gates of a rung for one team: how far each is open, what was read, and when it opened.

import { IconLock, IconLockOpen } from '@tabler/icons-react'
import { dayText } from '../../../kit/time.ts'
import { TimeText } from '../../../kit/time-text.tsx'
import { gateLabel, gateWords, readText } from './gate-words.ts'
import type { Stand } from './ladder-page.tsx'

export function GateList({ gates, label }: { gates: Stand['gates']; label: string }) {
  return (
    <ul className="ld-gates" aria-label={label}>
      {gates.map((gate) => {
        const isNowOpen = gate.isOpen || gate.share === 1
        return (
          <li key={gate.id} className="ld-gate" data-open={isNowOpen || undefined}>
            {isNowOpen ? <IconLockOpen size={16} aria-hidden /> : <IconLock size={16} aria-hidden />}
            <div>
              <p className="ld-gate-name" title={gateWords[gate.measure].means}>
                {gateLabel(gate)}
                <span className="lr-dimmed"> {isNowOpen ? 'open' : 'shut'}</span>
              </p>
              <div className="ld-bar" aria-hidden>
                <span style={{ width: `${Math.round(gate.share * 100)}%` }} />
              </div>
              <p className="lr-dimmed">
                {readText(gate, gate.evidence)}
                {gate.openedAt && (
                  <>
                    , kept as read <TimeText at={gate.openedAt} />
                  </>
                )}
                {!gate.openedAt && gate.evidence && `, since ${dayText(gate.evidence.from)}`}
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
