// How often guards take who goes on steadily for a sprint, and whether they see one, over drawn years: small organisations have few minutes and few
// sessions, and a score that jumps with each of them says nothing (R1-06). `npm run bench:guards` looks at many more.

import { describe, expect, test } from 'vitest'
import { loadSettings } from '../load/figures/settings.ts'
import { lookAtYears, seenSprints, steady } from './drawn-years.testing.ts'

const settings = loadSettings()

describe('whoever goes on steadily', () => {
  // Of many people a year takes long to look at, and chance says little of it.
  test.each(steady.map((kind) => [kind.name, kind, kind.people.length > 5 ? 2 : 25] as const))(
    'is hardly ever told to step in: %s',
    (_, kind, years) => {
      expect(lookAtYears(kind, years, settings).intervene).toBeLessThanOrEqual(0.02)
    },
  )
})

test('a sprint of two weeks is seen by day 14', () => {
  expect(seenSprints(200, settings)).toBeGreaterThanOrEqual(0.95)
})
