// Weekly slots: in order, each once, and a copied day is exactly the day it was copied from.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addSlot, copyDay, keepFor, removeSlot, type Slot, sameSlots, slotsOf, timesOf } from './slots.ts'

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const day = fc.integer({ min: 1, max: 7 })
const slot: fc.Arbitrary<Slot> = fc.record({ day, time })
const week = fc.array(slot, { maxLength: 40 })

test('a day lists its times in order, each once', () => {
  const slots = [
    { day: 2, time: '16:00' },
    { day: 2, time: '09:30' },
    { day: 1, time: '12:00' },
  ]
  expect(timesOf(addSlot(slots, { day: 2, time: '09:30' }), 2)).toEqual(['09:30', '16:00'])
})

test('adding and removing a new slot leaves the week as it was', () => {
  fc.assert(
    fc.property(week, slot, (slots, extra) => {
      fc.pre(!timesOf(slots, extra.day).includes(extra.time))
      expect(sameSlots(removeSlot(addSlot(slots, extra), extra), slots)).toBe(true)
    }),
  )
})

test('copying makes the other days equal and leaves those not named', () => {
  fc.assert(
    fc.property(week, day, fc.uniqueArray(day), (slots, from, to) => {
      const copied = copyDay(slots, from, to)
      for (let each = 1; each <= 7; each++) {
        expect(timesOf(copied, each)).toEqual(timesOf(slots, to.includes(each) ? from : each))
      }
    }),
  )
})

test('what a slot is kept for is said, copied and taken back', () => {
  const slots = keepFor(addSlot([], { day: 1, time: '09:00' }), { day: 1, time: '09:00' }, 'campaign')
  expect(slotsOf(copyDay(slots, 1, [3]), 3)).toEqual([{ day: 3, time: '09:00', for: 'campaign' }])
  const any = keepFor(slots, { day: 1, time: '09:00' }, undefined)
  expect(any).toEqual([{ day: 1, time: '09:00' }])
  expect(sameSlots(slots, any)).toBe(false)
})
