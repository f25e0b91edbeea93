// Keeps sign-in complete: an OIDC provider that was away when Longrun started is tried again instead of being left out for good.

import type { Services } from '../services.ts'
import { type Auth, createAuth, oidcProvider } from './auth.ts'

const pauseMs = 30_000

/** better-auth reads the provider's description once, when it is made; so a new one is made until that succeeded. */
export function keepAuth(services: Services): () => Auth {
  let current = createAuth(services)
  let complete = services.config.oidc === null
  let nextTry = 0

  async function complement(): Promise<void> {
    if (await hasProvider(current)) complete = true
    else {
      const fresh = createAuth(services)
      complete = await hasProvider(fresh)
      if (complete) current = fresh
      else
        services.log.warn('The OIDC provider does not answer; it is tried again', {
          issuer: services.config.oidc?.issuer,
        })
    }
  }

  return () => {
    if (!complete && Date.now() >= nextTry) {
      nextTry = Date.now() + pauseMs
      complement().catch((error) => services.log.error('Sign-in could not be prepared', { error }))
    }
    return current
  }
}

async function hasProvider(auth: Auth): Promise<boolean> {
  return (await auth.$context).socialProviders.some((provider) => provider.id === oidcProvider)
}
