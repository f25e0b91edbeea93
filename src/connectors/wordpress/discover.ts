// Finds a site's REST API from any of its addresses, as WordPress announces it, or says why it cannot be reached.

import type { z } from 'zod'
import { asReached } from '../blog-address.ts'
import type { Json, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { type Credentials, callAs } from './api.ts'
import { plainText, rootSchema } from './wire.ts'

export interface Site {
  root: string
  index: z.infer<typeof rootSchema>
  version: string | null
}

/** Enough for the head of a page, and little enough to search a hostile one. */
const readChars = 200_000

interface Page {
  url: string
  headers: Headers
  html: string
}

/** The password is shown only to a REST API that has proved to be one, and only where it says nothing without. */
export async function discover(session: Session, site: string, credentials: Credentials): Promise<Site> {
  const page = await openPage(session, site)
  const version = /<meta name="generator" content="WordPress ([\d.]+)/i.exec(page.html)?.[1] ?? null
  let guarded: string | null = null
  for (const root of rootCandidates(page)) {
    const index = await openRoot(session, root, null)
    if (index === 'guarded') guarded ??= root
    else if (index) return { root, index, version }
  }
  const index = guarded ? await openRoot(session, guarded, credentials) : null
  if (guarded && index && index !== 'guarded') return { root: guarded, index, version }
  const blocked = guarded !== null || announced(page) !== null || /\/wp-(?:content|includes)\//.test(page.html)
  throw new ConnectorError({
    kind: blocked ? 'forbidden' : 'rejected',
    code: blocked ? 'rest-blocked' : 'not-this-network',
    field: 'site',
  })
}

/** An error page announces the REST API too: what counts is who answers. */
async function openPage(session: Session, site: string): Promise<Page> {
  let refused: { headers: Headers; body: Json } | null = null
  try {
    const { url, headers, body } = await session.http({
      url: `${site}/`,
      maxBytes: 3_000_000,
      timeoutMs: 20_000,
      explain: ({ headers, body }) => {
        refused = { headers, body }
        return null
      },
    })
    return { url, headers, html: body.slice(0, readChars) }
  } catch (error) {
    const answer = refused as { headers: Headers; body: Json } | null
    if (answer) return { url: `${site}/`, headers: answer.headers, html: String(answer.body) }
    if (!(error instanceof ConnectorError) || session.signal.aborted) throw error
    throw new ConnectorError({ kind: error.kind, code: error.code, field: 'site' })
  }
}

function rootCandidates(page: Page): string[] {
  const base = new URL('.', page.url).href
  const origin = new URL('/', page.url).href
  const guesses = [base, origin].flatMap((at) => [`${at}wp-json/`, `${at}?rest_route=/`])
  const told = announced(page)
  return [...new Set([...(told ? [told] : []), ...guesses])]
}

/** `Link: <https://site/wp-json/>; rel="https://api.w.org/"`, or the same as an element of the page. */
function announced({ url, headers, html }: Page): string | null {
  const header = /<([^>]+)>\s*;[^,]*\brel="?https:\/\/api\.w\.org\/"?/i.exec(headers.get('link') ?? '')?.[1]
  const element = /<link[^>]{1,300}rel=["']https:\/\/api\.w\.org\/["'][^>]{0,300}>/i.exec(html)?.[0]
  const told = header ?? /href=["']([^"']+)["']/i.exec(element ?? '')?.[1]
  const root = told === undefined ? null : URL.parse(plainText(told), url)
  return root && /^https?:$/.test(root.protocol) ? asReached(root.href, url) : null
}

async function openRoot(session: Session, root: string, credentials: Credentials | null) {
  try {
    const { body } = await callAs(session, { root, credentials }, { path: '', schema: rootSchema, timeoutMs: 20_000 })
    return body.namespaces.includes('wp/v2') ? body : null
  } catch (error) {
    if (!(error instanceof ConnectorError) || session.signal.aborted) throw error
    if (error.status !== 401 && error.status !== 403) return null
    // Without a password a refusal means that the site is for members; with one it is the password that is refused.
    if (!credentials || error.status === 403) return 'guarded'
    throw new ConnectorError({ kind: 'auth-revoked', code: 'wrong-credentials', field: 'password', status: 401 })
  }
}
