// Refuses input that no table can hold, with the field it stands in, before anything else looks at it.

import { os } from '@orpc/server'
import { Refusal } from '../lib/refusal.ts'
import { findUnstorable } from '../lib/storable.ts'
import type { RequestContext } from './serve.ts'

export const refuseUnstorable = os.$context<RequestContext>().middleware(({ next }, input) => {
  const found = findUnstorable(input)
  if (found) throw new Refusal('not-storable', { field: found.field, params: { reason: found.reason } })
  return next()
})
