// The licences of packages: those of the list pass, others only where they were decided, and the list names nothing in vain.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type exceptions, licenceFaults } from '../scripts/licences.ts'
import { packagesIn } from '../scripts/lockfile.ts'
import { root } from './imports.ts'

const faults = (licence: string | null, name = 'anything', granted: typeof exceptions = []) =>
  licenceFaults([{ name, licence }], granted)

test.each(['MIT', 'MPL-2.0', '(MIT OR CC0-1.0)', 'GPL-3.0-only OR MIT', 'MIT AND ISC AND BSD-3-Clause'])(
  '%s may be used',
  (licence) => {
    expect(faults(licence)).toEqual([])
  },
)

test.each([
  'GPL-3.0-only',
  'AGPL-3.0-or-later',
  'LGPL-3.0-or-later',
  'MIT AND GPL-2.0-only',
  '(MIT OR (GPL-2.0-only AND X))',
  'SEE LICENSE IN LICENSE',
  'UNLICENSED',
  '',
  null,
])('%s may not', (licence) => {
  expect(faults(licence)).toHaveLength(1)
})

test('an exception holds for its packages alone, and only while something needs it', () => {
  const granted = [{ packages: /^one$/, licence: 'OFL-1.1' }]
  expect(faults('OFL-1.1', 'one', granted)).toEqual([])
  expect(faults('OFL-1.1', 'two', granted)).toHaveLength(2)
  expect(faults('MIT', 'one', granted)).toEqual(['nothing needs OFL-1.1 for /^one$/'])
})

test('every package of the lockfile may be used', () => {
  const lockfile = readFileSync(`${root}/package-lock.json`, 'utf8')
  expect(packagesIn(lockfile).length).toBeGreaterThan(100)
  expect(licenceFaults(packagesIn(lockfile))).toEqual([])
})
