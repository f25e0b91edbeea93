// Who may do what: a ladder that nobody has climbed limits nobody, a certificate does, and whoever learns has somebody at their side.

import { describe, expect, test } from 'vitest'
import { knownActivities } from '../../load/costs/activities.ts'
import { defaultLadder } from '../default-ladder.ts'
import { abilitiesOf, type Grounds, nobodyMay, usualNeeds } from './rules.ts'

const ground = (more: Partial<Grounds> = {}) =>
  abilitiesOf({
    rungs: defaultLadder,
    ...{ begun: new Set(), said: new Map(), shown: new Set(), skills: new Map(), buddies: [] },
    ...more,
  })
const shown = new Set(['publishing'])

describe('an activity', () => {
  test('is anybody’s without a ladder, whatever is said', () => {
    const none = ground({ rungs: [], shown, said: new Map([['short-video', 'publishing']]) })
    for (const { id } of knownActivities) expect(none.may('ada', id)).toBe(true)
  })

  test('is anybody’s until somebody has on record what it usually needs; from then on theirs', () => {
    expect(ground().may('ada', 'short-post')).toBe(true)
    const some = ground({ shown, skills: new Map([['ada', ['publishing']]]) })
    expect(['ada', 'ben'].map((who) => some.may(who, 'short-post'))).toEqual([true, false])
    // Nobody ever had that one.
    expect(some.may('ben', 'inbox-reply')).toBe(true)
    // What is nobody’s usual business needs nothing.
    expect(some.needOf('podcast')).toBeNull()
  })

  test('is nobody’s when the last certificate is over', () => {
    const over = ground({ shown })
    expect(over.may('ada', 'short-post')).toBe(false)
  })

  test('needs what the organisation says, from the first day on, or nothing', () => {
    const said = ground({ said: new Map([['short-video', 'insight']]) })
    expect([said.may('ada', 'short-video'), said.needOf('short-video')?.name]).toEqual([false, 'Insight'])
    const free = ground({ shown, said: new Map([['short-post', null]]) })
    expect(free.may('ben', 'short-post')).toBe(true)
    // A rung that was taken away asks nothing of anybody.
    const gone = ground({ said: new Map([['short-video', 'videos']]) })
    expect(gone.may('ada', 'short-video')).toBe(true)
  })

  test('is learned at the side of somebody who has it, and of nobody else', () => {
    const skills = new Map([
      ['ada', ['publishing']],
      ['kim', ['answering']],
    ])
    const buddies = [
      { noviceId: 'ben', buddyId: 'ada' },
      { noviceId: 'eve', buddyId: 'kim' },
    ]
    const learning = ground({ shown, skills, buddies })
    expect(['ada', 'ben', 'eve'].map((who) => learning.may(who, 'short-post'))).toEqual([true, true, false])
    expect(['ada', 'ben', 'eve'].map((who) => learning.besideOf(who, 'short-post'))).toEqual([null, 'ada', null])
    expect(learning.keysOf('ben')).toEqual(['publishing'])
    expect(learning.keysOf('eve')).toEqual(['answering'])
  })
})

test('what activities usually need stands on the ladder that programmes begin with, and known activities have one', () => {
  const keys = new Set(defaultLadder.map(({ key }) => key))
  expect(Object.values(usualNeeds).filter((key) => !keys.has(key))).toEqual([])
  expect(knownActivities.map(({ id }) => id).filter((id) => !(id in usualNeeds))).toEqual([])
})

test('where nobody may, the sentence says what to do', () => {
  const need = { key: 'videos', name: 'Videos', isBegun: false }
  expect(nobodyMay('a short video', need)).toBe(
    'Nobody who takes part may do a short video yet: it needs “Videos”. Begin “Videos” on the ladder, or put on record who has it.',
  )
  expect(nobodyMay('a short video', { ...need, isBegun: true })).toContain('give somebody a buddy who does')
})
