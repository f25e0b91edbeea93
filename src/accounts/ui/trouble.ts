// What is wrong with an account just now, in a sentence with its time; null where all is well. Pure.

import type { Account } from './use-accounts.ts'
import { codeWords } from './words.ts'

/** From here on people are told that an access ends which nobody can renew; as the server announces it. */
const soonMs = 7 * 86_400_000

export interface Trouble {
  what: string
  next?: string
  at: string | null
  /** What `at` is. */
  when: 'Since' | 'Until' | 'Ends' | 'Ended' | 'Expected' | 'Last try'
  /** Something a person must do. */
  serious: boolean
}

/** The one thing to know first. */
export function troubleOf(
  { state, stateReason, stateSince, health }: Account,
  network: string,
  now: Date,
): Trouble | null {
  if (state !== 'connected') {
    const { what, next } = codeWords({ code: stateReason ?? 'account-not-connected' }, network)
    return { what, next, at: stateSince, when: 'Since', serious: state === 'needs-reconnect' }
  }
  const { accessEndsAt, renews, restUntil, lastFailureAt, lastSuccessAt, lastFailure } = health
  const endsIn = accessEndsAt ? Date.parse(accessEndsAt) - now.getTime() : Number.POSITIVE_INFINITY
  const ending = endsIn < soonMs && { at: accessEndsAt, over: endsIn < 0 }
  if (ending && !renews) return endOf(ending)
  if (restUntil && Date.parse(restUntil) > now.getTime())
    return {
      what: 'The network asks for a rest; its posts wait until then.',
      at: restUntil,
      when: 'Until',
      serious: false,
    }
  if (lastFailure && lastFailureAt && lastFailureAt > (lastSuccessAt ?? ''))
    return { ...codeWords({ code: lastFailure }, network), at: lastFailureAt, when: 'Last try', serious: false }
  return ending ? signInAhead(ending) : null
}

interface Ending {
  at: string | null
  over: boolean
}

const endOf = ({ at, over }: Ending): Trouble => ({
  what: over ? 'The access has ended.' : 'The access ends soon, and Longrun cannot renew it.',
  next: 'Connect the account again.',
  at,
  when: over ? 'Ended' : 'Ends',
  serious: true,
})

/** Of access that renews the end is only foreseen: the account works until the network really asks. */
const signInAhead = ({ at, over }: Ending): Trouble => ({
  what: over ? 'The network may ask for a new sign-in at any time.' : 'The network may soon ask for a new sign-in.',
  next: 'Connecting the account again puts that off.',
  at,
  when: over ? 'Since' : 'Expected',
  serious: false,
})
