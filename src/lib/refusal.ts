// An expected "no": a code the interface has words for, and the field it belongs to.

export type RefusalParams = Record<string, string | number | boolean | null>

export interface RefusalFacts {
  /** HTTP status of the answer. 422 unless said otherwise. */
  status?: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503
  field?: string
  params?: RefusalParams
}

/** Thrown by verbs; `app.ts` alone turns it into an answer. The message is for logs: people read the words of the code. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly field: string | undefined
  readonly params: RefusalParams

  constructor(code: string, facts: RefusalFacts = {}) {
    super(facts.field ? `${code} (${facts.field})` : code)
    this.name = 'Refusal'
    this.code = code
    this.status = facts.status ?? 422
    this.field = facts.field
    this.params = facts.params ?? {}
  }
}

export const notFound = (what: string) => new Refusal('not-found', { status: 404, params: { what } })
