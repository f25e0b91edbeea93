// Sign-in by better-auth: password, TOTP, passkeys and one OIDC provider. Nobody can sign up: users arise by first set-up and invitations.

import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { bearer, genericOAuth, twoFactor } from 'better-auth/plugins'
import { newId } from '../lib/ids.ts'
import { loopbackNames } from '../lib/loopback.ts'
import type { Services } from '../services.ts'
import { authSecrets } from './auth-secrets.ts'
import { authTables } from './auth-tables.ts'
import { hasOpenInvitation, joinInvited } from './join.ts'
import { sendPasswordReset } from './mails.ts'
import { markEmailVerified } from './store-users.ts'

export type Auth = ReturnType<typeof createAuth>

export const oidcProvider = 'oidc'
const daySeconds = 86_400
/** A session that was not renewed for an hour is renewed when it is next used. */
export const sessionSeconds = { lasts: 30 * daySeconds, renewedAfter: daySeconds / 24 }

/** Set by `app.ts` from the connection; whatever a client sends under this name is dropped there. */
export const clientAddressHeader = 'x-longrun-client'

/** Routes of better-auth that stay closed: sign-up, and what Longrun's own API offers or does not want. */
const closed = [
  '/sign-up/email',
  '/update-user',
  '/update-session',
  '/delete-user',
  '/change-email',
  '/verify-email',
  '/send-verification-email',
]
const closedToo = [
  '/list-sessions',
  '/revoke-session',
  '/revoke-sessions',
  '/get-access-token',
  '/refresh-token',
  '/account-info',
  '/verify-password',
]

export function createAuth(services: Services) {
  const { config, db, log, publicUrl } = services
  const origins = trustedOrigins(publicUrl)
  return betterAuth({
    appName: 'Longrun',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secrets: authSecrets(config.secrets),
    trustedOrigins: origins,
    database: { db, type: 'postgres', transaction: true },
    disabledPaths: [...closed, ...closedToo],
    user: { ...authTables.user, validateUserInfo: ({ user, source }) => refuseStranger(services, user, source) },
    session: { ...authTables.session, expiresIn: sessionSeconds.lasts, updateAge: sessionSeconds.renewedAfter },
    account: { ...authTables.account, encryptOAuthTokens: true, accountLinking: { trustedProviders: [oidcProvider] } },
    verification: { ...authTables.verification, storeIdentifier: 'hashed' },
    emailAndPassword: passwords(services),
    databaseHooks: {
      user: {
        create: { after: ({ id, email, emailVerified }) => joinAfterSignUp(services, { id, email, emailVerified }) },
      },
    },
    rateLimit: {
      ...authTables.rateLimit,
      enabled: true,
      storage: 'database',
      customRules: {
        // A whole office may come from one address on Monday morning.
        '/sign-in/*': { window: 60, max: 20 },
        '/two-factor/*': { window: 60, max: 10 },
        '/request-password-reset': { window: 300, max: 5 },
        '/reset-password': { window: 60, max: 10 },
        '/get-session': false,
      },
    },
    advanced: {
      cookiePrefix: 'longrun',
      useSecureCookies: publicUrl.startsWith('https://'),
      // With joins a session comes with its person, in one statement: it is asked with every request.
      database: { generateId: () => newId(), joins: true },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    plugins: [
      bearer(),
      twoFactor({ issuer: 'Longrun', schema: authTables.twoFactor }),
      passkey({ rpID: passkeyHost(publicUrl), rpName: 'Longrun', origin: origins, schema: authTables.passkey }),
      ...(config.oidc ? [oidc(config.oidc)] : []),
    ],
    onAPIError: { errorURL: `${publicUrl}/sign-in` },
    logger: {
      level: 'warn',
      log: (level, message) => (level === 'error' ? log.error : log.warn)(`Sign-in: ${message}`),
    },
    telemetry: { enabled: false },
  })
}

function passwords(services: Services) {
  return {
    enabled: true,
    disableSignUp: true,
    minPasswordLength: 10,
    maxPasswordLength: 200,
    revokeSessionsOnPasswordReset: true,
    // Whoever could open the mail has shown that the address is theirs.
    onPasswordReset: ({ user }: { user: { id: string } }) => markEmailVerified(services.db, user.id),
    ...(services.mailer.available
      ? {
          sendResetPassword: ({ user, token }: { user: { id: string }; token: string }) =>
            sendPasswordReset(services, user.id, token),
        }
      : {}),
  }
}

const oidc = ({ issuer, clientId, clientSecret, name }: NonNullable<Services['config']['oidc']>) =>
  genericOAuth({
    config: [
      {
        providerId: oidcProvider,
        name,
        discoveryUrl: `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        authentication: 'basic',
        requireIdTokenVerification: true,
      },
    ],
  })

/** The provider must vouch for the address, and the address must be invited or known. */
async function refuseStranger(
  services: Services,
  user: { email?: string | null; emailVerified?: boolean },
  source: { action: string; method: string },
) {
  if (source.method !== 'oauth') return
  if (user.emailVerified !== true || !user.email) return { error: 'email_not_verified' }
  if (source.action === 'create-user' && !(await hasOpenInvitation(services, user.email)))
    return { error: 'not_invited' }
}

async function joinAfterSignUp(
  services: Services,
  user: { id: string; email: string; emailVerified: boolean },
): Promise<void> {
  if (user.emailVerified) await joinInvited(services, user)
}

/** Browsers know this machine by three names; cookies and passkeys made under one must be usable with the others' links. */
export function trustedOrigins(publicUrl: string): string[] {
  const { protocol, hostname, port, origin } = new URL(publicUrl)
  if (!loopbackNames.includes(hostname)) return [origin]
  return loopbackNames.map((host) => `${protocol}//${host}${port ? `:${port}` : ''}`)
}

/** Passkeys are bound to a domain name; an address is none. */
function passkeyHost(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return loopbackNames.includes(hostname) ? 'localhost' : hostname
}
