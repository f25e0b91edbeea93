// Signing in and its safety, as the server's sign-in part at /api/auth offers them. Refusals are like those of the API.

import { Refused } from '../../kit/api.ts'

interface AuthAnswer {
  code?: string
  message?: string
}

/** Calls one operation of /api/auth. @throws Refused with the code in kebab-case, such as `invalid-password`. */
export async function callAuth<Answer>(path: string, body?: Record<string, unknown>): Promise<Answer> {
  const answer = await fetch(`/api/auth${path}`, {
    method: body ? 'POST' : 'GET',
    credentials: 'same-origin',
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  })
  const text = await answer.text()
  const value = readJson(text)
  if (answer.ok) return value as Answer
  throw new Refused({ code: codeOf(value as AuthAnswer | null, answer.status), status: answer.status })
}

function readJson(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null
  } catch {
    return null
  }
}

function codeOf(answer: AuthAnswer | null, status: number): string {
  if (answer?.code) return answer.code.toLowerCase().replaceAll('_', '-')
  if (status === 429) return 'too-many-requests'
  return status === 401 ? 'unauthorized' : 'internal-server-error'
}

/** `second-step` when a code of the authenticator is wanted before the session begins. */
export async function signInWithPassword(email: string, password: string): Promise<'signed-in' | 'second-step'> {
  const answer = await callAuth<{ twoFactorRedirect?: boolean }>('/sign-in/email', {
    email,
    password,
    rememberMe: true,
  })
  return answer.twoFactorRedirect ? 'second-step' : 'signed-in'
}

export const verifyCode = (code: string, trustDevice: boolean) =>
  callAuth('/two-factor/verify-totp', { code: code.replaceAll(/\s/g, ''), trustDevice })

export const verifyBackupCode = (code: string, trustDevice: boolean) =>
  callAuth('/two-factor/verify-backup-code', { code: code.trim(), trustDevice })

/** Leads to the provider; comes back to `to`, or to the sign-in page with `error`. */
export async function signInAtProvider(to: string): Promise<void> {
  const { url } = await callAuth<{ url: string }>('/sign-in/social', {
    provider: 'oidc',
    callbackURL: to,
    errorCallbackURL: '/sign-in',
  })
  window.location.assign(url)
}

export const askForNewPassword = (email: string) =>
  callAuth('/request-password-reset', { email, redirectTo: '/reset-password' })

export const setNewPassword = (token: string, newPassword: string) =>
  callAuth('/reset-password', { token, newPassword })

export const changePassword = (currentPassword: string, newPassword: string, revokeOtherSessions: boolean) =>
  callAuth('/change-password', { currentPassword, newPassword, revokeOtherSessions })

export interface TwoFactorSetUp {
  totpURI: string
  backupCodes: string[]
}

export const beginTwoFactor = (password: string) => callAuth<TwoFactorSetUp>('/two-factor/enable', { password })

export const endTwoFactor = (password: string) => callAuth('/two-factor/disable', { password })

export const newBackupCodes = (password: string) =>
  callAuth<{ backupCodes: string[] }>('/two-factor/generate-backup-codes', { password })

/** Only addresses of this app; anything else leads home. */
export const safePath = (to: string | undefined): string => (to && /^\/(?![/\\])/.test(to) ? to : '/')
