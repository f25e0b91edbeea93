// How an installation presents itself to sign-in servers, by the address at which people come back to it.

import { describe, expect, it } from 'vitest'
import type { AuthMethod } from '../contract.ts'
import { startFaultServer } from '../testing/fault-server.ts'
import { bluesky } from './index.ts'
import { clientDocument, clientDocumentPath, clientFor } from './oauth-client.ts'
import { testSession } from './test-session.ts'

describe('clientFor', () => {
  it('is known by its document at a public address', () => {
    const redirect = 'https://longrun.example.org/accounts/callback'
    expect(clientFor(redirect)).toEqual({
      id: `https://longrun.example.org${clientDocumentPath}`,
      redirectUri: redirect,
    })
  })

  it.each([
    ['http://localhost:4000/cb', 'http://127.0.0.1:4000/cb'],
    ['http://127.0.0.1:4000/cb', 'http://127.0.0.1:4000/cb'],
    ['http://[::1]:4000/cb', 'http://[::1]:4000/cb'],
  ])('is the nameless client on the machine itself: %s', (redirect, redirectUri) => {
    const client = clientFor(redirect)
    const id = new URL(client.id)
    expect(client.redirectUri).toBe(redirectUri)
    expect(client.id).toMatch(/^http:\/\/localhost\?/)
    expect(Object.fromEntries(id.searchParams)).toEqual({
      redirect_uri: redirectUri,
      scope: 'atproto transition:generic transition:chat.bsky',
    })
  })

  it.each(['http://longrun.office:4000/cb', 'http://192.168.1.5/cb'])('cannot be anybody at %s', (redirect) => {
    expect(() => clientFor(redirect)).toThrow('public-address-needed')
  })
})

describe('clientDocument', () => {
  it('names itself and the one way back', () => {
    const redirect = 'https://longrun.example.org/accounts/callback'
    expect(clientDocument(redirect)).toMatchObject({
      client_id: clientFor(redirect).id,
      redirect_uris: [redirect],
      dpop_bound_access_tokens: true,
      token_endpoint_auth_method: 'none',
    })
  })
})

describe('signing in', () => {
  it.each([
    ['an old server', 404, '{"error":"NotFound"}'],
    ['a blog', 200, '<h1>A blog</h1>'],
  ])('is not offered by %s, and the field says so', async (_, status, body) => {
    const server = await startFaultServer((_, response) => response.writeHead(status).end(body))
    const method = bluesky.auth.find(({ kind }) => kind === 'oauth') as Extract<AuthMethod, { kind: 'oauth' }>
    const redirect = { url: 'http://localhost:4000/cb', state: 'state' }
    const beginning = method.begin(testSession([server.url]), { service: server.url }, redirect)
    await expect(beginning).rejects.toMatchObject({ kind: 'rejected', code: 'sign-in-not-offered', field: 'service' })
    await server.stop()
  })
})
