// Answers that come as finished JSON: thousands of rows are not read, checked against the contract and written a second time.

import type { AnyProcedure } from '@orpc/server'

/** For the handler of a route that is wrapped in `writesJson`. Its type is the contract's; a test has to compare the two. */
export function writtenJson<Output>(json: string, headers: Headers | undefined): Output {
  headers?.set('content-type', 'application/json')
  return new Response(json).body as Output
}

/** Spares a route the check of its own answer: a stream passes as it is. */
export function writesJson<Route extends AnyProcedure>(route: Route): Route {
  const unchecked = { ...route['~orpc'], outputValidationIndex: Number.NaN }
  return Object.assign(Object.create(Object.getPrototypeOf(route)), route, { '~orpc': unchecked })
}
