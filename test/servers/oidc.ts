// Starts a real OpenID Connect provider with a development sign-in that accepts any name and any password.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { compileCache, moduleInPart, nodeBinary } from './cache.ts'
import type { OidcSettings } from './oidc-program.ts'
import { answers, freePort, makeRunDir, type RunningServer, startServer } from './process.ts'

export type OidcProvider = RunningServer & {
  issuer: string
  /** The same as `issuer`. */
  url: string
  clientId: string
  clientSecret: string
  /**
   * Walks the sign-in and consent pages as `login` would in a browser, and returns the redirect back to the client,
   * code and state included. The subject is the login; the claims are its email (`login`@example.org unless it is one),
   * name and groups.
   */
  signIn(authorizationUrl: string, login: string): Promise<URL>
}

export type OidcOptions = {
  redirectUris: string[]
  /** More or other claims for some logins, such as `{ anna: { groups: ['pr'] } }`. */
  claims?: Record<string, Record<string, unknown>>
  authMethod?: 'client_secret_basic' | 'client_secret_post'
}

export async function startOidcProvider(options: OidcOptions): Promise<OidcProvider> {
  const dir = await makeRunDir('oidc')
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const settings: OidcSettings = {
    module: moduleInPart('tools', 'oidc-provider'),
    port,
    issuer,
    clientId: 'longrun',
    clientSecret: randomBytes(24).toString('hex'),
    redirectUris: options.redirectUris,
    claims: options.claims ?? {},
    authMethod: options.authMethod ?? 'client_secret_basic',
  }
  const server = await startServer({
    name: 'OIDC provider',
    command: nodeBinary,
    args: [join(import.meta.dirname, 'oidc-program.ts'), JSON.stringify(settings)],
    dir,
    env: compileCache,
    ready: () => answers(`${issuer}/.well-known/openid-configuration`),
  })
  const { clientId, clientSecret } = settings
  return { ...server, issuer, url: issuer, clientId, clientSecret, signIn: (url, login) => signIn(issuer, url, login) }
}

function keepCookies(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (name === undefined) continue
    if (value) jar.set(name, value)
    else jar.delete(name)
  }
}

async function signIn(issuer: string, authorizationUrl: string, login: string): Promise<URL> {
  const jar = new Map<string, string>()
  let url = new URL(authorizationUrl)
  let body: URLSearchParams | undefined
  for (let step = 0; step < 12; step += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response: Response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      body,
      headers: { cookie },
      redirect: 'manual',
    })
    keepCookies(jar, response)
    const page = await response.text()
    const location = response.headers.get('location')
    if (location !== null) {
      url = new URL(location, url)
      body = undefined
      if (url.origin !== issuer) return url
      continue
    }
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1]
    if (!response.ok || !action || !prompt)
      throw new Error(`sign-in: ${response.status} at ${url}: ${page.slice(0, 500)}`)
    url = new URL(action, url)
    body = new URLSearchParams({ prompt, login, password: 'any' })
  }
  throw new Error('sign-in: never left the provider')
}
