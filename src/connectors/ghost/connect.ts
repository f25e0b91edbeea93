// Connecting a site: where its Admin API answers, and whether the key opens it.

import { blogAddress } from '../blog-address.ts'
import type { AuthMethod, Profile, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { callAs, siteOf } from './api.ts'
import { type Credentials, credentialsSchema, parseAdminKey } from './token.ts'
import { type Instance, postsSchema, siteSchema } from './wire.ts'

export const adminKey: AuthMethod = {
  kind: 'fields',
  id: 'admin-key',
  label: 'Admin API key',
  fields: [
    {
      name: 'site',
      label: 'Address of your site',
      type: 'url',
      placeholder: 'https://blog.example.org',
      help: 'If you sign in to Ghost at another address, that one.',
    },
    {
      name: 'key',
      label: 'Admin API key',
      type: 'secret',
      help: 'In Ghost under Settings, Integrations, Add custom integration. It has a colon in the middle.',
    },
  ],
  async connect(session, values) {
    const credentials = parseAdminKey(values.key ?? '')
    const base = await findBase(session, blogAddress(values.site ?? '', /\/ghost(?:\/.*)?$/i))
    return { credentials, expiresAt: null, profile: await readProfile(session, base, credentials), scopes: [] }
  },
}

export function identify(session: Session): Promise<Profile> {
  return readProfile(session, siteOf(session).base, credentialsSchema.parse(session.credentials))
}

/** Ghost redirects to the address of its administration, where alone writes are taken. */
async function findBase(session: Session, typed: string): Promise<string> {
  for (const base of new Set([typed, new URL(typed).origin])) {
    const found = await openSite(session, base)
    if (found) return found
  }
  throw new ConnectorError({ kind: 'rejected', code: 'not-this-network', field: 'site' })
}

async function openSite(session: Session, base: string): Promise<string | null> {
  const path = '/ghost/api/admin/site/'
  try {
    const { url } = await session.http({ url: base + path, schema: siteSchema, timeoutMs: 20_000 })
    return new URL(url).href.split(path)[0]!
  } catch (error) {
    if (!(error instanceof ConnectorError) || session.signal.aborted) throw error
    // Something answers there, but it is not a Ghost.
    if (error.status !== undefined && error.status < 500 && error.kind !== 'rate-limited') return null
    throw new ConnectorError({ kind: error.kind, code: error.code, status: error.status, field: 'site' })
  }
}

async function readProfile(session: Session, base: string, credentials: Credentials): Promise<Profile> {
  const { body } = await callAs(session, { base, credentials }, { path: 'site/', schema: siteSchema })
  await proveKey(session, base, credentials)
  const { title, url, version, icon, logo } = body.site
  const home = url.replace(/\/+$/, '')
  const instance: Instance = { base, title, version }
  const name = home.replace(/^https?:\/\//, '')
  return {
    remoteId: name,
    handle: name,
    displayName: title,
    avatarUrl: icon || logo || null,
    url: home,
    server: base,
    instance,
  }
}

/** What a site says about itself is public; its drafts are not. */
async function proveKey(session: Session, base: string, credentials: Credentials): Promise<void> {
  try {
    const query = { limit: '1', fields: 'id,slug,status,updated_at' }
    await callAs(session, { base, credentials }, { path: 'posts/', query, schema: postsSchema })
  } catch (error) {
    if (!(error instanceof ConnectorError) || !error.kind.startsWith('auth-')) throw error
    throw new ConnectorError({ kind: error.kind, code: error.code, status: error.status, field: 'key' })
  }
}
