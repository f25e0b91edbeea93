// A browser as the server sees one: keeps cookies and says from which page it asks.

import { type Answer, answerOf, type TestApp } from './app.ts'

export interface Browser {
  /** Any path of the app, as a script of its own pages would ask. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  cookies: Map<string, string>
}

export function openBrowser(world: TestApp, origin = world.services.publicUrl): Browser {
  const cookies = new Map<string, string>()
  return {
    cookies,
    async send(method, path, body, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await world.request(path, {
        method,
        headers: {
          origin,
          ...(cookie ? { cookie } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: 'manual',
      })
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
        if (/max-age=0/i.test(line) || value === '') cookies.delete(name!)
        else cookies.set(name!, value!)
      }
      return answerOf(response)
    },
  }
}
