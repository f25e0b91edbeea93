// Decides by a route's verb whether a request may enter, and says on whose behalf it acts.

import { os } from '@orpc/server'
import { seenBy } from '../db/tx.ts'
import { uuidPattern } from '../lib/ids.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import type { RouteMeta } from '../lib/route.ts'
import type { Services } from '../services.ts'
import { callerOf, type Identity } from './identify.ts'
import { isVerb, may, scopeCovers, type Verb } from './permissions.ts'
import type { RequestContext } from './serve.ts'
import type { Caller, Person } from './types.ts'

const uuid = new RegExp(`^${uuidPattern}$`, 'i')

export const admit = os.$context<RequestContext>().middleware(async ({ context, procedure, next }, input) => {
  return next({ context: await admission(context, procedure['~orpc'].meta as unknown as RouteMeta, input) })
})

async function admission(
  context: RequestContext,
  { verb, inPerson }: RouteMeta,
  input: unknown,
): Promise<{ caller: Caller; person: Person; services: Services }> {
  const { services } = context
  if (verb === 'public') return { caller: noCaller, person: noPerson, services }
  const identity = await context.identity()
  if (!identity) throw new Refusal('sign-in-needed', { status: 401 })
  const caller = verb === 'signed-in' ? noCaller : await admitToOrg(services, identity, verb, orgOf(input))
  // What belongs to a person and not to an organisation is out of a token's reach.
  if (verb === 'signed-in' || inPerson) mustBePerson(identity)
  return {
    caller,
    person: personOf(identity),
    services: caller === noCaller ? services : seenThrough(services, caller),
  }
}

/** What stands behind the walls of other departments is not there for this caller, whatever a route asks. */
const seenThrough = (services: Services, { memberId }: Caller): Services => ({
  ...services,
  db: seenBy(services.db, { memberId }),
})

/** @throws Refusal when it is a program that asks. */
export function mustBePerson(identity: Identity): void {
  if (identity.kind === 'token') throw new Refusal('session-needed', { status: 403 })
}

const orgOf = (input: unknown): unknown => (input as { org?: unknown } | undefined)?.org

/**
 * The caller as a member who may do `verb`. @throws Refusal otherwise. Organisations that the caller does not belong to look
 * exactly like organisations that do not exist.
 */
export async function admitToOrg({ db }: Services, identity: Identity, verb: string, org: unknown): Promise<Caller> {
  if (!isVerb(verb)) throw new Error(`The permission table lacks ${verb}.`)
  const caller = typeof org === 'string' && uuid.test(org) ? await callerOf(db, identity, org.toLowerCase()) : null
  if (!caller) throw notFound('organisation')
  mustMay(caller, verb)
  return caller
}

/** For what an input asks for beyond the verb of its route. @throws Refusal where role or scopes do not reach so far. */
export function mustMay({ role, scopes }: Caller, verb: Verb): void {
  if (!may(role, verb)) throw new Refusal('role-forbids', { status: 403, params: { role, verb } })
  if (scopes && !scopeCovers(scopes, verb)) throw new Refusal('scope-missing', { status: 403, params: { verb } })
}

const personOf = (identity: Identity): Person =>
  identity.kind === 'session' ? { userId: identity.userId, sessionId: identity.sessionId } : noPerson

/** A handler that asks for what its route cannot have is a mistake of ours: it fails at the first look. */
const absent = (sentence: string) =>
  new Proxy(Object.create(null), {
    get() {
      throw new Error(sentence)
    },
  })
const noCaller: Caller = absent('This route is not inside an organisation, so it has no caller.')
const noPerson: Person = absent('Nobody signed in here in person.')
