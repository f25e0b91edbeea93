// Every place on a post's way at which a worker can die: between any two statements, calls and requests, and within each.

/** `during`: it has been handed over, and nobody will read the answer. */
export type Moment = 'before' | 'during' | 'after'

/** What has to happen to a post for this place to be passed at all. */
export type Need = 'doubt' | 'polling' | 'expiry' | 'failure'

export interface Boundary {
  /** `stage: what happens`. */
  name: string
  moment: Moment
  need: Need | null
  /** Whose passing counts: that of the post itself, of its account, or any, where the statement names neither. */
  by: 'post' | 'account' | 'any'
}

export type Stage = 'claim' | 'arm' | 'settle' | 'renew' | 'prolong' | 'look-up'

interface Statement {
  /** null: occurs in several stages and takes the name of the one it is in. */
  stage: Stage | null
  name: string
  pattern: RegExp
}

/** Recognises the product's statements by their words; one that is written anew shows up as a boundary that was never hit. */
const statements: Statement[] = [
  { stage: 'claim', name: 'read what is due', pattern: /from variants v\s+join posts p[\s\S]*skip locked/ },
  { stage: 'claim', name: 'read accounts', pattern: /^select \* from accounts\s+where/ },
  { stage: 'claim', name: 'end lost attempts', pattern: /error_code = 'worker-lost'/ },
  { stage: 'claim', name: 'take', pattern: /^\s*with taken as/ },
  { stage: 'claim', name: 'put off', pattern: /^update "variants" set "state"/ },
  { stage: 'claim', name: 'read what comes next', pattern: /^\s*select min\(wake_at\)/ },
  { stage: null, name: 'lock the post', pattern: /^\s*select from posts where/ },
  { stage: null, name: 'post state', pattern: /^\s*update posts p set state/ },
  { stage: 'arm', name: 'permit the write', pattern: /^\s*with wanted as/ },
  { stage: 'settle', name: 'part, attempt, variant', pattern: /^\s*with told as/ },
  { stage: 'settle', name: 'account is well', pattern: /^\s*update accounts set last_success_at/ },
  { stage: 'settle', name: 'account failed', pattern: /^update "accounts" set "last_failure_at"/ },
  { stage: null, name: 'chain begun', pattern: /^insert into "event_heads"/ },
  { stage: null, name: 'chain locked', pattern: /from event_heads where/ },
  { stage: null, name: 'event', pattern: /^insert into "events"/ },
  { stage: null, name: 'chain moved on', pattern: /^update "event_heads"/ },
  { stage: 'renew', name: 'lock the account', pattern: /^select \* from "accounts"[\s\S]*for update/ },
  { stage: 'renew', name: 'take the renewal', pattern: /^update "accounts" set "renewing_until"/ },
  { stage: 'renew', name: 'keep the credentials', pattern: /^update "accounts" set "credentials_sealed"/ },
  { stage: 'prolong', name: 'leases', pattern: /^\s*update variants set lease_until/ },
  { stage: 'look-up', name: 'known posts', pattern: /from "parts" inner join "variants"/ },
]

export interface Recognised {
  stage: Stage | null
  name: string
}

/** null: a statement of no interest here. */
export function recognise(sql: string): Recognised | null {
  const word = sql.trim().toLowerCase()
  if (word === 'begin' || word.startsWith('start transaction')) return { stage: null, name: 'begin' }
  if (word === 'commit') return { stage: null, name: 'commit' }
  if (word.startsWith('select set_config')) return { stage: null, name: 'choose walls' }
  return statements.find(({ pattern }) => pattern.test(sql)) ?? null
}

const all: Moment[] = ['before', 'during', 'after']
const around: Moment[] = ['before', 'after']

const each = (names: string[], moments: Moment[], facts: Partial<Boundary> = {}): Boundary[] =>
  names.flatMap((name) => moments.map((moment) => ({ name, moment, need: null, by: 'post' as const, ...facts })))

/** The way of a post, in its order. */
export const boundaries: Boundary[] = [
  ...each(['any: begin', 'any: choose walls', 'claim: read what is due', 'claim: read what comes next'], all, {
    by: 'any',
  }),
  ...each(['claim: read accounts', 'claim: take', 'claim: commit'], all),
  ...each(['claim: end lost attempts', 'claim: put off', 'claim: lock the post', 'claim: post state'], all, {
    by: 'any',
  }),
  ...each(['prepare'], around),
  ...each(['prepare: request'], all),
  ...each(['arm: permit the write', 'arm: commit'], all),
  ...each(['submit'], around),
  ...each(['submit: request'], all),
  ...each(['settle: part, attempt, variant'], all),
  ...each(['settle: account is well'], all, { by: 'any' }),
  ...each(['settle: account failed'], all, { need: 'failure' }),
  ...each(
    ['settle: chain begun', 'settle: chain locked', 'settle: event', 'settle: chain moved on', 'settle: commit'],
    all,
  ),
  ...each(['poll'], around, { need: 'polling', by: 'account' }),
  ...each(['poll: request'], all, { need: 'polling', by: 'account' }),
  ...each(['find'], around, { need: 'doubt' }),
  ...each(['find: request'], all, { need: 'doubt' }),
  ...each(['renew: lock the account', 'renew: take the renewal'], all, { need: 'expiry', by: 'account' }),
  ...each(['refresh'], around, { need: 'expiry', by: 'account' }),
  ...each(['refresh: request'], all, { need: 'expiry', by: 'account' }),
  ...each(['renew: keep the credentials', 'renew: commit'], all, { need: 'expiry', by: 'account' }),
  ...each(['prolong: leases', 'prolong: commit'], all, { by: 'any' }),
]

/** Where a worker that sleeps past its lease and then goes on is most dangerous. */
export const sleepy: readonly string[] = [
  'claim: commit/after',
  'prepare/after',
  'arm: commit/before',
  'arm: commit/after',
  'submit/before',
  'submit: request/before',
  'submit: request/during',
  'submit: request/after',
  'submit/after',
  'settle: commit/before',
  'settle: commit/after',
  'settle: part, attempt, variant/after',
  'find/after',
]

/**
 * After the last look at the clock and before the first byte. Whoever sleeps just there past everybody's patience writes when he
 * wakes; only a network that knows keys or conditions can refuse him. On one that knows neither, nothing can.
 */
export const pastTheLastLook = 'submit: request/before'

export const placeOf = ({ name, moment }: Pick<Boundary, 'name' | 'moment'>): string => `${name}/${moment}`
