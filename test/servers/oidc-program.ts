// The program behind startOidcProvider: oidc-provider with one client. Call: node oidc-program.ts SETTINGS-AS-JSON
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'

export type OidcSettings = {
  /** Where oidc-provider is imported from. */
  module: string
  port: number
  issuer: string
  clientId: string
  clientSecret: string
  redirectUris: string[]
  claims: Record<string, Record<string, unknown>>
  authMethod: string
}
type Provider = { listen(port: number, host: string): Server }
type OidcModule = { default: new (issuer: string, configuration: object) => Provider }

const settings = JSON.parse(process.argv[2] ?? '') as OidcSettings
const { default: OidcProvider } = (await import(settings.module)) as OidcModule

function claimsOf(login: string): Record<string, unknown> {
  const email = login.includes('@') ? login : `${login}@example.org`
  return { sub: login, email, email_verified: true, name: login, groups: [], ...settings.claims[login] }
}

const provider = new OidcProvider(settings.issuer, {
  clients: [
    {
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      redirect_uris: settings.redirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: settings.authMethod,
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
  conformIdTokenClaims: false, // puts the claims into the id token too, as the large providers do
  findAccount: (_context: unknown, login: string) => ({ accountId: login, claims: () => claimsOf(login) }),
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => false },
  cookies: { keys: [randomBytes(16).toString('hex')] },
})
provider.listen(settings.port, '127.0.0.1')
