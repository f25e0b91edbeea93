// Minutes of a week below their ceiling: in words, and as a bar for the eye.

import { numberText } from '../programme-words.ts'
import './guards.css'

interface Props {
  minutes: number
  ceiling: number
}

export function LoadBar({ minutes, ceiling }: Props) {
  const width = `${Math.min(100, ceiling > 0 ? (minutes / ceiling) * 100 : minutes > 0 ? 100 : 0)}%`
  return (
    <span className="gu-load">
      <span>
        {numberText(Math.round(minutes))} of {numberText(Math.round(ceiling))} min
      </span>
      <span className="gu-bar" aria-hidden data-over={minutes > ceiling || undefined}>
        <span style={{ width }} />
      </span>
    </span>
  )
}
