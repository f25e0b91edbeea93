// From a handle to the account behind it: handle → DID → the server that holds the account.

import { z } from 'zod'
import type { Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { anonymous } from './authorize.ts'
import { type DidDocument, didDocument, did as didSchema, resolvedHandle } from './wire.ts'
import { query } from './xrpc.ts'

/** Where `did:plc` documents are kept. There is one for the whole network; tests bring their own. */
export const plcDirectory = 'https://plc.directory'

/** An address as people type it, as an origin: no path, no trailing slash. */
export function readOrigin(text: string, field: string): string {
  const address = /^https?:\/\//i.test(text.trim()) ? text.trim() : `https://${text.trim()}`
  if (!URL.canParse(address)) throw new ConnectorError({ kind: 'rejected', code: 'address-invalid', field })
  return new URL(address).origin
}

/** Handles as people type them: `@Name.Example` is `name.example`. */
export function readIdentifier(text: string): string {
  const trimmed = text.trim().replace(/^@/, '')
  return trimmed.startsWith('did:') || trimmed.includes('@') ? trimmed : trimmed.toLowerCase()
}

/** null: nobody has this handle. Any other trouble is thrown, so that a mention is not lost to a bad moment. */
export async function resolveHandle(session: Session, server: string, handle: string): Promise<string | null> {
  try {
    const found = await query(session, {
      base: server,
      authorize: anonymous,
      id: 'com.atproto.identity.resolveHandle',
      params: { handle },
      schema: resolvedHandle,
    })
    return found.did
  } catch (error) {
    // Servers answer 400 with one of several names when they find nobody.
    if (error instanceof ConnectorError && (error.kind === 'rejected' || error.kind === 'gone')) return null
    throw error
  }
}

export async function readDidDocument(session: Session, directory: string, did: string): Promise<DidDocument> {
  const { body } = await session.http({ url: documentAddress(directory, did), schema: didDocument })
  if (body.id !== did) throw new ConnectorError({ kind: 'changed', code: 'did-mismatch' })
  return body
}

function documentAddress(directory: string, did: string): string {
  if (did.startsWith('did:plc:')) return `${directory}/${did}`
  const host = did.slice('did:web:'.length).replaceAll('%3A', ':')
  return `https://${host}/.well-known/did.json`
}

/** The account's own server (PDS), or null when the document names none. */
export function serverOf(document: unknown): string | null {
  const parsed = didDocument.safeParse(document)
  if (!parsed.success) return null
  const { id, service = [] } = parsed.data
  const entry = service.find(
    (one) => (one.id === '#atproto_pds' || one.id === `${id}#atproto_pds`) && one.type === 'AtprotoPersonalDataServer',
  )
  const endpoint = z.url().safeParse(entry?.serviceEndpoint)
  return endpoint.success ? new URL(endpoint.data).origin : null
}

/** The DID and the server of an account, asked for by handle or DID. */
export async function locate(
  session: Session,
  identifier: string,
  at: { service: string; directory: string },
): Promise<{ did: string; server: string }> {
  const isDid = didSchema.safeParse(identifier).success
  const did = isDid ? identifier : await resolveHandle(session, at.service, identifier)
  if (did === null) throw new ConnectorError({ kind: 'rejected', code: 'handle-not-found', field: 'identifier' })
  const server = serverOf(await readDidDocument(session, at.directory, did))
  if (server === null) throw new ConnectorError({ kind: 'gone', code: 'account-without-server', field: 'identifier' })
  return { did, server }
}
