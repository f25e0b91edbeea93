// A value with the range in which 80 % of what is believed lies, on one scale with its neighbours. The numbers stand beside it as text.

import { shortly } from './worth-words.ts'
import './choosing.css'

interface Props {
  range: { likely: number; low: number; high: number }
  /** The end of the scale. */
  most: number
  /** Drawn weaker: nobody measured it. */
  isWeak?: boolean
}

export function RangeBar({ range: { likely, low, high }, most, isWeak = false }: Props) {
  const at = (value: number) => `${Math.min(100, most > 0 ? (value / most) * 100 : 0)}%`
  return (
    <span className="worth-range" data-weak={isWeak || undefined}>
      <span className="worth-numbers">
        <strong>{shortly(likely)}</strong> <span className="lr-dimmed">{`${shortly(low)} to ${shortly(high)}`}</span>
      </span>
      <span className="worth-track" aria-hidden>
        <span
          className="worth-span"
          style={{ insetInlineStart: at(low), insetInlineEnd: `calc(100% - ${at(high)})` }}
        />
        <span className="worth-dot" style={{ insetInlineStart: at(likely) }} />
      </span>
    </span>
  )
}
