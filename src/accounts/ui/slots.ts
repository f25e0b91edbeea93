// The weekly slots of an account's queue: adding, removing, copying a day. Pure; Monday is 1.

import type { Account } from './use-accounts.ts'

export type Slot = Account['slots'][number]

export const days = [1, 2, 3, 4, 5, 6, 7] as const

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
export const dayName = (day: number): string => dayNames[day - 1]!

/** What the server keeps of one account. */
export const mostSlots = 100

const keyOf = ({ day, time }: Slot): string => `${day} ${time}`

/** In the order of the week, each slot once. */
const tidy = (slots: Slot[]): Slot[] =>
  [...new Map(slots.map((slot) => [keyOf(slot), slot])).values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))

export const timesOf = (slots: Slot[], day: number): string[] =>
  tidy(slots)
    .filter((slot) => slot.day === day)
    .map(({ time }) => time)

export const addSlot = (slots: Slot[], slot: Slot): Slot[] => tidy([...slots, slot])

export const removeSlot = (slots: Slot[], slot: Slot): Slot[] =>
  tidy(slots).filter((each) => keyOf(each) !== keyOf(slot))

/** The other days get exactly the times of this one. */
export const copyDay = (slots: Slot[], from: number, to: readonly number[]): Slot[] => {
  const copied = tidy(slots).filter((slot) => slot.day === from)
  const kept = slots.filter(({ day }) => day === from || !to.includes(day))
  return tidy([...kept, ...to.flatMap((day) => copied.map((slot) => ({ ...slot, day })))])
}

export const sameSlots = (one: Slot[], other: Slot[]): boolean => {
  const said = (slots: Slot[]) => tidy(slots).map((slot) => `${keyOf(slot)} ${slot.for ?? ''}`)
  return said(one).join() === said(other).join()
}

/** What a slot is kept for: any post, or one of the two kinds. */
export const keepFor = (slots: Slot[], { day, time }: Slot, kind: Slot['for']): Slot[] =>
  tidy(slots).map((slot) => (slot.day === day && slot.time === time ? { day, time, ...(kind && { for: kind }) } : slot))

export const slotsOf = (slots: Slot[], day: number): Slot[] => tidy(slots).filter((slot) => slot.day === day)
