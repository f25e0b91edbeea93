// How a domain implements its contract: every route is admitted by its verb, answered once per idempotency key, and refuses in one form.

import type { ContractRouter } from '@orpc/contract'
import { type ImplementerInternalWithMiddlewares, implement, traverseContractProcedures } from '@orpc/server'
import type { RouteMeta } from '../lib/route.ts'
import type { Services } from '../services.ts'
import { admit } from './admit.ts'
import { answerErrors } from './answer-errors.ts'
import type { Auth } from './auth.ts'
import { answerOnce } from './idempotency.ts'
import type { Identity } from './identify.ts'
import { isVerb } from './permissions.ts'
import { refuseUnstorable } from './refuse-unstorable.ts'
import type { Caller, Person } from './types.ts'

/** What `app.ts` hands to every route. */
export interface RequestContext {
  services: Services
  auth: Auth
  request: { method: string; path: string; headers: Headers }
  /** Headers of the answer; a route may add to them. */
  resHeaders?: Headers
  /** Who sent the request; looked up at the first call only. */
  identity(): Promise<Identity | null>
}

/** What a handler sees. */
export interface RouteContext extends RequestContext {
  /** Throws where the route is not inside an organisation. */
  caller: Caller
  /** Throws where nobody signed in, and for API tokens. */
  person: Person
}

/**
 * The implementer of a contract. `const os = serve(eventsContract); os.router({ events: { list: os.events.list.handler(…) } })`
 * @throws Error at start when a route names a verb that the permission table lacks.
 */
export function serve<Contract extends ContractRouter<RouteMeta>>(
  contract: Contract,
): ImplementerInternalWithMiddlewares<Contract, RequestContext, RouteContext> {
  checkVerbs(contract)
  // The implementer's type is conditional on the contract, which TypeScript cannot resolve while the contract is a parameter.
  const served = implement(contract as Record<never, never>)
    .$context<RequestContext>()
    .use(answerErrors)
    .use(admit)
    .use(refuseUnstorable)
    .use(answerOnce)
  return served as unknown as ImplementerInternalWithMiddlewares<Contract, RequestContext, RouteContext>
}

function checkVerbs(contract: ContractRouter<RouteMeta>): void {
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
    const { verb } = procedure['~orpc'].meta as RouteMeta
    const inOrg = procedure['~orpc'].route.path?.startsWith('/orgs/{org}') ?? false
    const known = inOrg ? isVerb(verb) : verb === 'public' || verb === 'signed-in'
    if (!known)
      throw new Error(
        `Route ${path.join('.')} names the verb ${verb}, which its path does not allow or the permission table lacks.`,
      )
  })
}
