// One conditional request for a feed, with the limits and the meaning of refusals that feeds have.

import type { Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'

/** What the server gave with the last complete answer, sent back so that it may say "unchanged". */
export interface Validators {
  etag: string | null
  modified: string | null
}

export interface Download {
  /** null: unchanged since the validators. */
  bytes: Uint8Array | null
  contentType: string | null
  validators: Validators
  /** Address after all redirects, without name and password: relative links are resolved against it and shown. */
  url: string
  /** The new address for good; null when the old one stands. */
  movedTo: string | null
  /** The `Link` header, in which a server may name its hub. */
  link: string | null
}

/** After decompression. The largest honest feeds (podcasts with every episode) stay below 5 MB. */
export const maxFeedBytes = 8_000_000

const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, ' +
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1'

export async function download(
  session: Pick<Session, 'http'>,
  address: string,
  validators?: Validators,
): Promise<Download> {
  const headers: Record<string, string> = { accept }
  if (validators?.etag) headers['if-none-match'] = validators.etag
  if (validators?.modified) headers['if-modified-since'] = validators.modified
  try {
    const answer = await session.http<Uint8Array>({
      url: address,
      headers,
      as: 'bytes',
      accept: [304],
      maxBytes: maxFeedBytes,
      explain: ({ status }) => explained[status] ?? null,
    })
    return {
      bytes: answer.status === 304 ? null : answer.body,
      contentType: answer.headers.get('content-type'),
      validators: { etag: header(answer.headers, 'etag'), modified: header(answer.headers, 'last-modified') },
      url: withoutLogin(answer.url),
      movedTo: answer.movedTo ? withLoginOf(address, answer.movedTo) : null,
      link: answer.headers.get('link'),
    }
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'answer-too-large') {
      throw new ConnectorError({ kind: 'changed', code: 'feed-too-large' })
    }
    throw error
  }
}

const explained: Record<number, { kind: 'gone' | 'unavailable' | 'forbidden'; code: string } | undefined> = {
  410: { kind: 'gone', code: 'feed-gone' },
  // Sites lose their feeds for an hour while they are rebuilt; only 410 says that it is for good.
  404: { kind: 'unavailable', code: 'feed-not-found' },
  // There is nothing to renew: the person has to put name and password into the address.
  401: { kind: 'forbidden', code: 'feed-needs-password' },
}

/** A validator is kept for months and sent each time, so an absurd one is not taken. */
function header(headers: Headers, name: string): string | null {
  const value = headers.get(name)
  return value && value.length <= 1000 ? value : null
}

function withoutLogin(address: string): string {
  const url = new URL(address)
  url.username = url.password = ''
  return url.href
}

/** A server that moves a protected feed names the new place without the login, which is still needed there and nowhere else. */
function withLoginOf(old: string, moved: string): string {
  const [from, to] = [new URL(old), new URL(moved)]
  if (from.origin !== to.origin || to.username !== '') return to.href
  to.username = from.username
  to.password = from.password
  return to.href
}
