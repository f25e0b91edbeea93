// Pictures from before there was a comparison get what they are compared by; each is tried once.

import { expect, test } from 'vitest'
import { asSystem } from '../../db/tx.ts'
import { setLibrary } from './ground.testing.ts'
import { lookAtOld } from './look-at-old.ts'

const { held, upload } = setLibrary()

const rowsOf = (ids: string[]) =>
  asSystem(held.app.services.db, (tx) =>
    tx.selectFrom('media').select(['id', 'look', 'looked_at']).where('id', 'in', ids).orderBy('id').execute(),
  )
/** As a file of an older version lies there. */
const forget = (ids: string[], more: object = {}) =>
  asSystem(held.app.services.db, (tx) =>
    tx
      .updateTable('media')
      .set({ look: null, looked_at: null, ...more })
      .where('id', 'in', ids)
      .execute(),
  )

test('an old picture is found beside its double, and a damaged one is not tried every night', async () => {
  const [old, other] = [await upload({ name: 'old.png' }), await upload({ name: 'other.png' })]
  const [before] = await rowsOf([old.id])
  expect(before!.looked_at).not.toBe(null)
  await forget([old.id])
  await forget([other.id], { sha256: '0'.repeat(64) })
  expect(await lookAtOld(held.app.services)).toBe(2)
  const [seen, damaged] = await rowsOf([old.id, other.id])
  expect(seen).toMatchObject({ look: before!.look, looked_at: expect.any(Date) })
  expect(damaged).toMatchObject({ look: null, looked_at: expect.any(Date) })
  expect(await lookAtOld(held.app.services)).toBe(0)
})
