// The one error a connector throws, with its nine kinds.

import type { ErrorKind } from './contract.ts'

export interface ConnectorErrorFacts {
  kind: ErrorKind
  /** Stable word for people's messages and for tests: the network's own code where it has one. */
  code: string
  retryAt?: Date
  /** Path into the draft that the network refused. */
  field?: string
  /** The permission that is missing. */
  scope?: string
  status?: number
}

/** Carries codes and parameters only: no answer body, no token, no address with a query ever enters it. */
export class ConnectorError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly retryAt: Date | undefined
  readonly field: string | undefined
  readonly scope: string | undefined
  readonly status: number | undefined

  constructor(facts: ConnectorErrorFacts) {
    super(`${facts.kind}: ${facts.code}`)
    this.name = 'ConnectorError'
    this.kind = facts.kind
    this.code = facts.code
    this.retryAt = facts.retryAt
    this.field = facts.field
    this.scope = facts.scope
    this.status = facts.status
  }
}

/** Anything that is not yet a connector error becomes one: a failed write is `unknown`, a failed read `unavailable`. */
export function asConnectorError(error: unknown, write: boolean): ConnectorError {
  if (error instanceof ConnectorError) return error
  return new ConnectorError({ kind: write ? 'unknown' : 'unavailable', code: 'unexpected' })
}
