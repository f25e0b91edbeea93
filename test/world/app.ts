// A real app on a fresh database with two organisations, for every test of routes.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnyRouter } from '@orpc/server'
import type { Hono } from 'hono'
import { type AppOptions, createApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import { apiPath } from '../../src/contract.ts'
import { inOrg } from '../../src/db/tx.ts'
import { jobs } from '../../src/jobs.ts'
import { type Clock, systemClock } from '../../src/lib/clock.ts'
import { guardedFetch } from '../../src/lib/guarded-fetch.ts'
import { newId } from '../../src/lib/ids.ts'
import type { Log } from '../../src/lib/log.ts'
import type { Mail, Mailer } from '../../src/lib/mail.ts'
import { type Job, openQueue } from '../../src/lib/queue.ts'
import { createSealer } from '../../src/lib/seal.ts'
import { type Auth, createAuth } from '../../src/people/auth.ts'
import type { Role } from '../../src/people/permissions.ts'
import { createOrganisation } from '../../src/people/set-up.ts'
import { insertMember } from '../../src/people/store.ts'
import { linkBasesOf } from '../../src/publishing/links/addresses.ts'
import { routes } from '../../src/routes.ts'
import type { Services } from '../../src/services.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export interface Answer {
  status: number
  headers: Headers
  /** Parsed JSON; the text where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes, and a wrong look fails them.
  body: any
}

export interface TestSession {
  userId: string
  memberId: string
  orgId: string
  email: string
  /** Bearer token of a real session. */
  token: string
  /** Path below `/api/v1`; `{org}` stands for the organisation of this session. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

export interface TestApp {
  app: Hono
  services: Services
  auth: Auth
  database: TestDatabase
  /** Two organisations that must never see each other. */
  ours: string
  theirs: string
  mails: Mail[]
  /** Everything that was logged as warning or error. */
  logged: { message: string; facts: Record<string, unknown> }[]
  request(path: string, init?: RequestInit): Promise<Response>
  /** A new person with this role, signed in; in `ours` unless said otherwise. */
  as(role: Role, orgId?: string): Promise<TestSession>
  /** A further organisation; answers its id. */
  found(name: string): Promise<string>
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  close(): Promise<void>
}

export interface TestAppOptions extends AppOptions {
  config?: Partial<Config>
  publicUrl?: string
  clock?: Clock
  /** As before the first start: no user, no organisation. */
  empty?: true
  /** Where it is not a test that asks; closed with the app. */
  database?: TestDatabase
  /** Whether there is a mail server; letters end in `mails`. */
  mail?: boolean
  /** A real one, in place of `mails`. */
  mailer?: Mailer
  routes?: AnyRouter
  jobs?: Job<Services, unknown>[]
}

export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await testDatabase())
  const dataDir = mkdtempSync(join(tmpdir(), 'longrun-app-'))
  const { services, mails, logged } = await servicesOf(database, dataDir, options)
  const app = createApp(services, options.routes ?? routes, {
    mount: options.mount,
    webFolder: options.webFolder ?? join(dataDir, 'web'),
  })
  const auth = createAuth(services)
  const request = async (path: string, init?: RequestInit) => app.request(path, init)
  const call: TestApp['call'] = async (method, path, body, headers) =>
    answerOf(await request(`${apiPath}${path}`, initOf(method, body, headers)))
  const ours = options.empty ? '' : await insertOrganisation(services, 'Ours', 'Europe/Berlin')
  const theirs = options.empty ? '' : await insertOrganisation(services, 'Theirs', 'UTC')
  return {
    app,
    services,
    auth,
    database,
    ours,
    theirs,
    mails,
    logged,
    request,
    call,
    as: (role, orgId = ours) => signIn({ services, auth, call }, role, orgId),
    found: (name) => insertOrganisation(services, name, 'Europe/Berlin'),
    async close() {
      await services.queue.stop()
      await database.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function servicesOf(database: TestDatabase, dataDir: string, options: TestAppOptions) {
  const mails: Mail[] = []
  const logged: TestApp['logged'] = []
  const keep = (message: string, facts: Record<string, unknown> = {}) => void logged.push({ message, facts })
  const log: Log = { info: () => {}, warn: keep, error: keep }
  const config = { ...plainConfig(dataDir), ...options.config }
  const publicUrl = options.publicUrl ?? 'http://localhost:4545'
  const services: Services = {
    config,
    publicUrl,
    linkBases: linkBasesOf(publicUrl, config.shortUrl),
    db: database.db,
    notices: database.notices,
    queue: await openQueue(database.owner, (options.jobs ?? jobs) as Job<never, unknown>[], log),
    clock: options.clock ?? systemClock,
    log,
    sealer: createSealer(config.secrets),
    fetch: guardedFetch({ allowedPrivate: config.allowPrivate }),
    mailer: options.mailer ?? {
      available: options.mail ?? false,
      send: async (mail) => void mails.push(mail),
      open: () => {
        throw new Error('This test has no mail server.')
      },
    },
  }
  return { services, mails, logged }
}

function plainConfig(dataDir: string): Config {
  return {
    dataDir,
    databaseUrl: null,
    host: '127.0.0.1',
    port: 4545,
    publicUrl: 'http://localhost:4545',
    shortUrl: null,
    secrets: ['a secret for tests alone, long enough'],
    allowPrivate: [],
    secondLook: false,
    smtpUrl: null,
    mailFrom: 'Longrun <longrun@localhost>',
    oidc: null,
  }
}

async function insertOrganisation(services: Services, name: string, timeZone: string): Promise<string> {
  const founder = await insertPerson(services, `Founder of ${name}`)
  return (await createOrganisation(services, { name, timeZone, userId: founder.id })).id
}

/** A user without a password: signing in with one takes a while on purpose. */
async function insertPerson({ db }: Services, name: string): Promise<{ id: string; email: string }> {
  const id = newId()
  const email = `${id}@example.org`
  await db.insertInto('users').values({ id, name, email }).execute()
  return { id, email }
}

async function signIn(
  { services, auth, call }: Pick<TestApp, 'services' | 'auth' | 'call'>,
  role: Role,
  orgId: string,
): Promise<TestSession> {
  const { id: userId, email } = await insertPerson(services, `A person, ${role}`)
  const row = { org_id: orgId, id: newId(), user_id: userId, role, department_id: null, created_at: services.clock() }
  const { id: memberId } = await inOrg(services.db, orgId, (tx) => insertMember(tx, row))
  const { token } = await (await auth.$context).internalAdapter.createSession(userId)
  return {
    userId,
    memberId,
    orgId,
    email,
    token,
    call: (method, path, body, headers) =>
      call(method, path.replace('{org}', orgId), body, { authorization: `Bearer ${token}`, ...headers }),
  }
}

function initOf(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  if (body === undefined) return { method, headers }
  if (body instanceof FormData) return { method, headers, body }
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

export async function answerOf(response: Response): Promise<Answer> {
  // What stays open is answered when it opens.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, headers: response.headers, body: null }
  }
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
