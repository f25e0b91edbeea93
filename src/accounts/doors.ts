// Beside the API: where networks send people back to, and what networks read about Longrun.

import type { Hono } from 'hono'
import type { Doors } from '../app.ts'
import { connectors } from '../connectors/registry.ts'
import { isLoopback } from '../lib/loopback.ts'
import { Refusal } from '../lib/refusal.ts'
import { mustBePerson } from '../people/admit.ts'
import { slugOf } from '../people/doors.ts'
import type { Services } from '../services.ts'
import { callbackUrl, finishAuthorisation } from './connect.ts'

export function mountConnections(app: Hono, doors: Pick<Doors, 'identity'>, services: Services): void {
  app.get('/connect/callback', async (c) => {
    const url = new URL(c.req.url)
    const home = new URL(services.publicUrl)
    // Some networks send people to 127.0.0.1 where they know us as localhost; the session's cookie lives at our own address.
    if (url.host !== home.host && isLoopback(url.hostname) && isLoopback(home.hostname))
      return c.redirect(`${home.origin}${url.pathname}${url.search}`, 303)
    const params = Object.fromEntries(url.searchParams)
    try {
      const identity = await doors.identity(c.req.raw)
      mustBePerson(identity)
      const { orgId, account } = await finishAuthorisation(services, identity.userId, params)
      return c.redirect(`/o/${await slugOf(services.db, orgId)}/accounts/${account.id}?connected=1`, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // The person stands in the middle of the web app: they are told there, not in JSON.
      return c.redirect(`/connect/refused?${new URLSearchParams({ code: error.code, ...textParams(error) })}`, 303)
    }
  })
  for (const { document } of connectors) {
    if (document) app.get(document.path, (c) => c.json(document.content(callbackUrl(services)) as object))
  }
}

const textParams = (error: Refusal): Record<string, string> =>
  Object.fromEntries(Object.entries(error.params).map(([key, value]) => [`param-${key}`, String(value)]))
