// Who Longrun is to the network's sign-in servers: a document at a public address, or the nameless client of one's own machine.

import { loopbackNames } from '../../lib/loopback.ts'
import type { Json } from '../contract.ts'
import { ConnectorError } from '../errors.ts'

/** `transition:generic` is what an app password may do: write records, upload, ask the AppView. The other one is direct messages. */
export const scope = 'atproto transition:generic transition:chat.bsky'

/** Where the installation serves its client document, below its public origin. */
export const clientDocumentPath = '/connectors/bluesky/client-metadata.json'

export interface OAuthClient {
  id: string
  redirectUri: string
}

/**
 * An installation with a public https address is known by its document. One on the person's own machine uses the
 * client that the specification grants to all of them, whose redirect has to name the loopback by number
 * (https://atproto.com/specs/oauth#clients). Anything between, such as a bare address in the office, cannot sign in so.
 */
export function clientFor(redirectUrl: string): OAuthClient {
  const redirect = new URL(redirectUrl)
  if (redirect.protocol === 'http:' && loopbackNames.includes(redirect.hostname)) {
    const redirectUri = loopbackByNumber(redirect)
    const params = new URLSearchParams({ redirect_uri: redirectUri, scope })
    return { id: `http://localhost?${params}`, redirectUri }
  }
  if (redirect.protocol !== 'https:') throw new ConnectorError({ kind: 'rejected', code: 'public-address-needed' })
  return { id: redirect.origin + clientDocumentPath, redirectUri: redirectUrl }
}

/** The document that has to be served as JSON at `clientDocumentPath`. */
export function clientDocument(redirectUrl: string): { [key: string]: Json } {
  const { origin } = new URL(redirectUrl)
  return {
    client_id: origin + clientDocumentPath,
    client_name: 'Longrun',
    client_uri: origin,
    redirect_uris: [redirectUrl],
    scope,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'web',
    dpop_bound_access_tokens: true,
  }
}

function loopbackByNumber(url: URL): string {
  const numbered = new URL(url)
  if (numbered.hostname === 'localhost') numbered.hostname = '127.0.0.1'
  return numbered.href
}
