// Days and money of campaigns as people read them, and days as they are drawn on a time line.

import { digitsOf } from '../../../kit/money.ts'
import { dayText } from '../../../kit/time.ts'
import type { Budget } from '../../campaigns/types.ts'

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayMs = 86_400_000

export const shortDay = (day: string): string => dayText(day, 'short')

/** “3 – 9 Nov 2026”, “28 Nov – 3 Dec 2026”. */
export function daysText(beginsOn: string, endsOn: string): string {
  if (beginsOn === endsOn) return dayText(beginsOn)
  if (beginsOn.slice(0, 7) === endsOn.slice(0, 7)) return `${Number(beginsOn.slice(8))} – ${dayText(endsOn)}`
  const from = beginsOn.slice(0, 4) === endsOn.slice(0, 4) ? shortDay : dayText
  return `${from(beginsOn)} – ${dayText(endsOn)}`
}

/** Where days lie between two others, both included, in fractions; cut off at the ends. null: outside. */
export function spanOf(
  from: string,
  to: string,
  beginsOn: string,
  endsOn: string,
): { left: number; width: number } | null {
  const whole = at(to) + dayMs - at(from)
  const left = Math.max(0, at(beginsOn) - at(from))
  const right = Math.min(whole, at(endsOn) + dayMs - at(from))
  return right > left ? { left: left / whole, width: (right - left) / whole } : null
}

export const lengthInDays = (beginsOn: string, endsOn: string): number =>
  Math.round((at(endsOn) - at(beginsOn)) / dayMs) + 1

export const isDay = (text: string | undefined): text is string =>
  text !== undefined &&
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(at(text)) &&
  new Date(at(text)).toISOString().startsWith(text)

// ── Money ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const budgetText = ({ amount, currency }: Budget): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, minimumFractionDigits: 0 }).format(
    amount / 10 ** digitsOf(currency),
  )

export const majorOf = ({ amount, currency }: Budget): number => amount / 10 ** digitsOf(currency)

export const budgetFrom = (major: number, currency: string): Budget => ({
  amount: Math.round(major * 10 ** digitsOf(currency)),
  currency,
})
