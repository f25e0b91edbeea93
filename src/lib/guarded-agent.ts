// Connections to outside addresses: the address is judged when the socket is opened, so no name can point elsewhere later.

import { lookup as resolveHost } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { classifyAddress } from './addresses.ts'
import { FetchError, type FetchFailure } from './fetch-error.ts'

const connectTimeoutMs = 10_000

/** For the open internet. */
export const publicAgent = guardedAgent(false)

/** For hosts that an administrator named: private addresses too, but never link-local ones or worse. */
export const homeAgent = guardedAgent(true)

/** Which hosts an administrator allowed, asked by address: those may lie in a private network. */
export function allowedHosts(allowed: readonly string[] = []): (url: URL) => boolean {
  const names = new Set(allowed.map((host) => host.toLowerCase()))
  return (url) => {
    const port = url.port || (['https:', 'wss:'].includes(url.protocol) ? 443 : 80)
    return names.has(url.hostname) || names.has(`${url.hostname}:${port}`)
  }
}

/** Whether a socket may connect to an IP address. */
export function mayReach(address: string, home: boolean): boolean {
  const found = classifyAddress(address)
  return found === 'public' || (home && found === 'private')
}

/**
 * The socket connects to the addresses that this look-up returns and to no others, so a second answer of the name
 * server (DNS rebinding) has no effect.
 */
export function guardedLookup(home: boolean): LookupFunction {
  return (host, options, done) => {
    resolveHost(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, [])
      const good = addresses.filter(({ address }) => mayReach(address, home))
      const first = good[0]
      if (!first) return done(new FetchError('address-refused', false), [])
      if (options.all) done(null, good)
      else done(null, first.address, first.family)
    })
  }
}

/** An address at which a host may be reached by another protocol than HTTP. @throws FetchError where it may not. */
export type Reach = (host: string, port: number) => Promise<string>

export function guardedReach(allowedPrivate: readonly string[] = []): Reach {
  const allowed = allowedHosts(allowedPrivate)
  return async (host, port) => {
    const url = URL.parse(`http://${host.includes(':') ? `[${host}]` : host}:${port}`)
    if (!url) throw new FetchError('bad-request', false)
    const home = allowed(url)
    if (isIP(host)) {
      if (!mayReach(host, home)) throw new FetchError('address-refused', false)
      return host
    }
    return new Promise((resolve, reject) => {
      guardedLookup(home)(host, { all: false }, (error, address) => {
        if (error) reject(connectFailure(error))
        else resolve(String(address))
      })
    })
  }
}

function guardedAgent(home: boolean): Agent {
  const lookup = guardedLookup(home)
  // HTTP/2 is off: one request a connection is what makes "sent or not" certain.
  const connect = buildConnector({ allowH2: false, timeout: connectTimeoutMs, lookup } as buildConnector.BuildOptions)
  return new Agent({
    allowH2: false,
    // Short, so that a write seldom meets a connection which the other side is just closing.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 4_000,
    connect(options, done) {
      if (isIP(options.hostname) && !mayReach(options.hostname, home))
        return done(new FetchError('address-refused', false), null)
      connect(options, (...result) => (result[0] ? done(connectFailure(result[0]), null) : done(null, result[1])))
    },
  })
}

/** Why no connection came about. */
export function connectFailure(error: Error & { code?: string; errors?: unknown }): FetchError {
  if (error instanceof FetchError) return error
  const attempts: unknown[] = Array.isArray(error.errors) ? error.errors : []
  const codes = [error, ...attempts].map((each) => (each as { code?: string }).code ?? '')
  return new FetchError(
    codes.map((code) => connectCodes[code]).find(Boolean) ?? otherConnectFailure(codes[0] ?? ''),
    false,
  )
}

const connectCodes: Record<string, FetchFailure> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'host-not-found',
  ENODATA: 'host-not-found',
  ECONNREFUSED: 'connection-refused',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  ETIMEDOUT: 'connect-timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
}

/** What is left fails while TLS is agreed: certificates, protocol versions, a peer that hangs up in the handshake. */
function otherConnectFailure(code: string): FetchFailure {
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|UNABLE_|SELF_SIGNED|HOSTNAME_|EPROTO|ECONNRESET)/.test(code)
    ? 'tls-failed'
    : 'unreachable'
}
