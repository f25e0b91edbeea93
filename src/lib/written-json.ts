// Answers that come as finished JSON: thousands of rows are not read, checked against the contract and written a second time.

import type { AnyProcedure } from '@orpc/server'
import { pack } from './pack.ts'

interface Exchange {
  request: { headers: Headers }
  resHeaders?: Headers
}

/** For the handler of a route that is wrapped in `writesJson`. Its type is the contract's; a test has to compare the two. */
export async function writtenJson<Output>(json: string, { request, resHeaders }: Exchange): Promise<Output> {
  // Packed here and not on the way out: each copy of a text of megabytes brings the next collection of garbage nearer.
  const { bytes, encoding } = await pack(new TextEncoder().encode(json), request.headers.get('accept-encoding'))
  resHeaders?.set('content-type', 'application/json')
  resHeaders?.set('vary', 'accept-encoding')
  if (encoding) resHeaders?.set('content-encoding', encoding)
  return new Response(bytes).body as Output
}

/** Spares a route the check of its own answer: a stream passes as it is. */
export function writesJson<Route extends AnyProcedure>(route: Route): Route {
  const unchecked = { ...route['~orpc'], outputValidationIndex: Number.NaN }
  return Object.assign(Object.create(Object.getPrototypeOf(route)), route, { '~orpc': unchecked })
}
