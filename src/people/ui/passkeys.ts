// Passkeys: the questions of the server put to the browser, and its answers brought back.

import { Refused } from '../../kit/api.ts'
import { callAuth } from './auth.ts'

export interface Passkey {
  id: string
  name: string | null
  createdAt: string | null
  deviceType: string
  backedUp: boolean
}

/** They are bound to a name, which an address is not. */
const isAddress = (host: string): boolean => /^[\d.]+$|^\[/.test(host)

/** They need https or localhost, and a browser that reads the server's questions. */
export const passkeysWork = (): boolean =>
  window.isSecureContext &&
  !isAddress(window.location.hostname) &&
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function'

export const listPasskeys = () => callAuth<Passkey[]>('/passkey/list-user-passkeys')
export const renamePasskey = (id: string, name: string) => callAuth('/passkey/update-passkey', { id, name })
export const removePasskey = (id: string) => callAuth('/passkey/delete-passkey', { id })

export async function addPasskey(name: string): Promise<void> {
  requirePasskeys()
  const query = new URLSearchParams({ name })
  const options = await callAuth<PublicKeyCredentialCreationOptionsJSON>(`/passkey/generate-register-options?${query}`)
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const made = await asked('registration-cancelled', () => navigator.credentials.create({ publicKey }))
  await callAuth('/passkey/verify-registration', { response: wire(made), name })
}

export async function signInWithPasskey(): Promise<void> {
  requirePasskeys()
  const options = await callAuth<PublicKeyCredentialRequestOptionsJSON>('/passkey/generate-authenticate-options')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const proof = await asked('auth-cancelled', () => navigator.credentials.get({ publicKey }))
  await callAuth('/passkey/verify-authentication', { response: wire(proof) })
}

function requirePasskeys(): void {
  if (!passkeysWork()) throw new Refused({ code: 'passkeys-unsupported' })
}

/** The browser tells neither apart: closed, timed out or no passkey here. */
async function asked(code: string, ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask()
    if (credential instanceof PublicKeyCredential) return credential
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError')
      throw new Refused({ code: 'passkey-already-here' })
  }
  throw new Refused({ code })
}

const wire = (credential: PublicKeyCredential): unknown => credential.toJSON()
