// A server on this machine that speaks the part of the Mastodon API which Longrun and ordinary clients use.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { ApiError, type DoubleEnv, identified, type Params, queryParams, rateLimited, readParams } from './exchange.ts'
import { instanceRoutes } from './instance.ts'
import { mediaRoutes } from './media.ts'
import { knownScopes, newApplication, newToken, oauthRoutes } from './oauth.ts'
import { findDescription, type Judge, judgeBy } from './openapi.ts'
import { peopleRoutes } from './people.ts'
import { reactionRoutes } from './reactions.ts'
import {
  addAccount,
  type DoubleAccount,
  type DoubleSettings,
  type DoubleState,
  findAccount,
  newState,
} from './state.ts'
import { statusRoutes } from './statuses.ts'
import { attachStreaming, type Streaming } from './streaming.ts'

export interface MastodonDoubleOptions extends Partial<DoubleSettings> {
  /** `me`, or `bob@remote.example` for people of other servers. The first one signs in by default. */
  accounts?: string[]
  port?: number
  /** The OpenAPI file both directions are held to. Absent: where `findDescription` finds it. null: not held to it. */
  description?: string | null
}

export interface MastodonDouble {
  url: string
  /** `host:port`, for `allowPrivate`. */
  host: string
  state: DoubleState
  /** May be changed while the server runs. */
  settings: DoubleSettings
  streaming: Streaming
  /** Departures from the OpenAPI file, by us as a client or by the double; null when there is no file to hold them to. */
  violations: string[] | null
  account(acct: string): DoubleAccount
  /** A token for one of the accounts; all permissions unless named. */
  tokenFor(acct: string, scopes?: string[], application?: string): string
  stop(): Promise<void>
}

export async function startMastodonDouble(options: MastodonDoubleOptions = {}): Promise<MastodonDouble> {
  const { accounts = ['me'], port = 0, description = findDescription(), ...settings } = options
  const state = newState(settingsOf(settings))
  for (const acct of accounts) addAccount(state, acct)
  const violations: string[] | null = description === null ? null : []
  const judge = description === null ? null : await judgeBy(description)
  const app = application(state, (departures) => violations?.push(...departures), judge)
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const starting = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(starting))
  })
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const streaming = attachStreaming(server as Server, state)
  return {
    url: state.url,
    host: new URL(state.url).host,
    state,
    streaming,
    settings: state.settings,
    violations,
    account: (acct) => known(state, acct),
    tokenFor: (acct, scopes = knownScopes, name = 'Longrun') => tokenFor(state, known(state, acct), { scopes, name }),
    stop: () =>
      new Promise((resolve) => {
        streaming.cut()
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

function settingsOf(given: Partial<DoubleSettings>): DoubleSettings {
  const gotosocial = given.software === 'gotosocial'
  return {
    software: 'mastodon',
    version: gotosocial ? '0.20.0+git-double' : '4.5.3',
    domain: 'example.social',
    now: () => new Date(),
    idempotency: gotosocial ? 'ignored' : 'honoured',
    maxCharacters: 500,
    charactersPerUrl: 23,
    maxMedia: 4,
    descriptionLimit: 1500,
    imageBytes: 16 * 1024 * 1024,
    videoBytes: 99 * 1024 * 1024,
    mediaProcessingMs: 0,
    mediaProcessingFails: false,
    autoApprove: false,
    tokenLifetime: null,
    refreshTokens: true,
    instanceV2: true,
    oauthMetadata: true,
    streaming: null,
    rateLimits: { requests: 300, uploads: 30, deletions: 30 },
    ...given,
  }
}

function known(state: DoubleState, acct: string): DoubleAccount {
  const account = findAccount(state, acct)
  if (!account) throw new Error(`the double has no account ${acct}`)
  return account
}

function tokenFor(
  state: DoubleState,
  account: DoubleAccount,
  { scopes, name }: { scopes: string[]; name: string },
): string {
  const application =
    state.applications.find((one) => one.name === name) ??
    newApplication(state, { name, redirectUris: ['urn:ietf:wg:oauth:2.0:oob'], scopes: knownScopes, website: null })
  return newToken(state, { application, account, scopes }).value
}

function application(state: DoubleState, report: (departures: string[]) => void, judge: Judge | null): Hono<DoubleEnv> {
  const app = new Hono<DoubleEnv>()
  app.use(async (exchange, next) => {
    const params = await readParams(exchange.req.raw.clone())
    exchange.set('params', params)
    await next()
    if (!judge) return
    const { method, path, url } = exchange.req
    const answer = exchange.res.headers.get('content-type')?.includes('json')
      ? await exchange.res.clone().json()
      : undefined
    const body: Params | null = method === 'GET' ? null : params
    report(judge({ method, path, query: queryParams(url), body, status: exchange.res.status, answer }))
  })
  app.use(rateLimited(state))
  app.use(identified(state))
  for (const routes of [oauthRoutes, instanceRoutes, mediaRoutes, statusRoutes, reactionRoutes, peopleRoutes]) {
    routes(app, state)
  }
  app.notFound((exchange) => exchange.json({ error: 'Record not found' }, 404))
  app.onError((error, exchange) => {
    if (!(error instanceof ApiError)) {
      report([`the double failed: ${error.stack}`])
      return exchange.json({ error: 'We are sorry, but something went wrong on our end.' }, 500)
    }
    const { status, message, description } = error
    return exchange.json({ error: message, ...(description ? { error_description: description } : {}) }, status)
  })
  return app
}
