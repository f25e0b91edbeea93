// Connecting a site: where its REST API is, whether it takes application passwords, and what the person may do there.

import { z } from 'zod'
import { asReached, blogAddress } from '../blog-address.ts'
import type { AuthMethod, Connection, Profile, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { type Credentials, callAs, credentialsSchema, siteOf } from './api.ts'
import { discover, type Site } from './discover.ts'
import { explainWordpress } from './errors.ts'
import { type Instance, plainText, rootSchema, termFields, termSchema, userSchema } from './wire.ts'

const neededCapabilities = ['publish_posts', 'upload_files'] as const

export const applicationPassword: AuthMethod = {
  kind: 'fields',
  id: 'application-password',
  label: 'Application password',
  fields: [
    {
      name: 'site',
      label: 'Address of your site',
      type: 'url',
      placeholder: 'https://blog.example.org',
      help: 'Any address of the site will do.',
    },
    { name: 'username', label: 'User name', type: 'text', help: 'The name or e-mail address you sign in with.' },
    {
      name: 'password',
      label: 'Application password',
      type: 'secret',
      help: 'Make one in WordPress under Users, Profile, Application Passwords. It is not the password you sign in with.',
    },
  ],
  async connect(session, values): Promise<Connection> {
    const credentials = { username: (values.username ?? '').trim(), password: (values.password ?? '').trim() }
    const typed = blogAddress(values.site ?? '', /\/(?:wp-admin|wp-json|wp-login\.php|xmlrpc\.php|wp-content)\b.*$/i)
    const empty = credentials.username === '' ? 'username' : credentials.password === '' ? 'password' : null
    if (empty) throw new ConnectorError({ kind: 'rejected', code: `${empty}-missing`, field: empty })
    const site = await discover(session, typed, credentials)
    const profile = await readProfile(session, site, credentials)
    const { capabilities } = profile.instance as Instance
    if (!capabilities.includes('publish_posts')) {
      throw new ConnectorError({
        kind: 'forbidden',
        code: 'may-not-publish',
        field: 'username',
        scope: 'publish_posts',
      })
    }
    return { credentials, expiresAt: null, profile, scopes: capabilities }
  },
}

export async function identify(session: Session): Promise<Profile> {
  const credentials = credentialsSchema.parse(session.credentials)
  const known = siteOf(session)
  const { body: root } = await callAs(session, { root: known.root, credentials }, { path: '', schema: rootSchema })
  return readProfile(session, { root: known.root, index: root, version: known.version }, credentials)
}

async function readProfile(session: Session, site: Site, credentials: Credentials): Promise<Profile> {
  const { body: user } = await callAs(
    session,
    { root: site.root, credentials },
    {
      path: 'wp/v2/users/me',
      query: { context: 'edit', _fields: 'id,name,slug,username,capabilities,avatar_urls' },
      schema: userSchema,
      explain: explainSignIn(site),
    },
  )
  const home = trimmed(asReached(site.index.home || site.index.url, site.root))
  const instance: Instance = {
    root: site.root,
    admin: trimmed(asReached(site.index.url || home, site.root)),
    name: plainText(site.index.name),
    version: site.version,
    capabilities: neededCapabilities.filter((name) => user.capabilities[name] === true),
    categories: await readCategories(session, site, credentials),
  }
  return {
    remoteId: String(user.id),
    handle: `${user.username ?? user.slug}@${new URL(home).host}`,
    displayName: instance.name || user.name,
    avatarUrl: site.index.site_icon_url || user.avatar_urls['96'] || null,
    url: home,
    server: home,
    instance,
  }
}

/** WordPress mostly says only that nobody is signed in: the name or password is wrong, or never reached it. */
function explainSignIn(site: Site): NonNullable<Parameters<typeof callAs>[2]['explain']> {
  const explain = explainWordpress()
  const offered = 'application-passwords' in site.index.authentication
  return (answer) => {
    const facts = explain(answer)
    if (answer.status !== 401 || facts?.code !== 'rest_not_logged_in') return facts
    return offered
      ? { kind: 'auth-revoked', code: 'wrong-credentials', field: 'password' }
      : { kind: 'forbidden', code: 'application-passwords-off', field: 'password' }
  }
}

const mostCategoryPages = 5

async function readCategories(session: Session, site: Site, credentials: Credentials): Promise<Instance['categories']> {
  const categories: Instance['categories'] = []
  for (let page = 1; page <= mostCategoryPages; page++) {
    const query = { per_page: 100, page, orderby: 'count', order: 'desc', _fields: termFields }
    const call = { path: 'wp/v2/categories', query, schema: z.array(termSchema) }
    const { body, headers } = await callAs(session, { root: site.root, credentials }, call)
    categories.push(...body.map(({ id, name }) => ({ id, name: plainText(name) })))
    if (page >= Number(headers.get('x-wp-totalpages') ?? 1)) break
  }
  return categories
}

function trimmed(address: string): string {
  return address.replace(/\/+$/, '')
}
