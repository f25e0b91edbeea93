// `longrun start`: database, queue, web and worker, in this order; and back when it is asked to stop.

import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mountConnections } from '../accounts/doors.ts'
import { createApp } from '../app.ts'
import { type Config, readConfig, SetupError } from '../config.ts'
import { connectors, findConnector } from '../connectors/registry.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { seenBy } from '../db/tx.ts'
import { clientAddress } from '../http/client-address.ts'
import { webServer } from '../http/server.ts'
import { mountMessageFiles } from '../inbox/files/doors.ts'
import { startInboxReader } from '../inbox/reading/worker.ts'
import { giveOwners } from '../inbox/routing/give.ts'
import { jobs } from '../jobs.ts'
import { systemClock } from '../lib/clock.ts'
import { guardedFetch } from '../lib/guarded-fetch.ts'
import { log } from '../lib/log.ts'
import { createMailer } from '../lib/mail.ts'
import { openQueue, type Queue } from '../lib/queue.ts'
import { createSealer } from '../lib/seal.ts'
import { mountBriefReading } from '../listening/briefs/doors.ts'
import { startListening } from '../listening/pipeline/start.ts'
import { mountSourceCallbacks } from '../listening/sources/callbacks.ts'
import { mediaFile } from '../media/actions.ts'
import { mountFiles } from '../media/doors.ts'
import { mountLinks } from '../people/doors.ts'
import { mountSessionFeeds } from '../programme/session-feed/doors.ts'
import { mountReviewFiles } from '../publishing/approvals/doors.ts'
import { mountCalendarFeeds } from '../publishing/calendar-feed/doors.ts'
import { startWorker } from '../publishing/delivery/worker.ts'
import { lettersOf } from '../publishing/letters/begin-letter.ts'
import { mountLetters } from '../publishing/letters/doors.ts'
import { linkBasesOf } from '../publishing/links/addresses.ts'
import { openShortLinks } from '../publishing/links/doors.ts'
import { routes } from '../routes.ts'
import type { Services } from '../services.ts'
import type { Invocation } from './index.ts'
import { takeInstallation } from './installation-lock.ts'
import { stopping } from './stopping.ts'

const roles = ['all', 'web', 'worker'] as const

export async function start({ args, env }: Invocation): Promise<number> {
  const { role } = parseArgs({ args, options: { role: { type: 'string', default: 'all' } } }).values
  if (!roles.includes(role as (typeof roles)[number]))
    throw new SetupError(`--role is one of ${roles.join(', ')}, not ${role}.`)
  // From here on: a signal that comes while everything starts must stop what has started.
  const asked = askedToStop()
  const config = await withPort(readConfig(env))
  if (role !== 'all' && !config.databaseUrl)
    throw new SetupError('Several processes need one database server: set DATABASE_URL to use --role web or worker.')
  await stopping(async (stops) => {
    const database = await openDatabase(config, log)
    stops.push(() => database.close())
    if (!config.databaseUrl) stops.push(await takeInstallation(database, config))
    const queue = await openQueue(database.owner, jobs as Parameters<typeof openQueue>[1], log)
    stops.push(() => queue.stop())
    const services = servicesOf(config, database, queue)
    if (role !== 'worker') stops.push(await startWeb(services))
    if (role !== 'web') stops.push(await startWork(services))
    if (role !== 'worker') announce(services)
    await asked
    log.info('Stopping')
  })
  return 0
}

/** PORT=0 asks for any free port. It is chosen first, because links and sign-in name it. */
async function withPort(config: Readonly<Config>): Promise<Readonly<Config>> {
  if (config.port !== 0) return config
  const probe = createServer().listen(0, config.host)
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return Object.freeze({ ...config, port })
}

function servicesOf(config: Readonly<Config>, database: Database, queue: Queue): Services {
  const publicUrl = config.publicUrl ?? `http://${reachableHost(config.host)}:${config.port}`
  return {
    config,
    publicUrl,
    linkBases: linkBasesOf(publicUrl, config.shortUrl),
    db: database.db,
    notices: database.notices,
    queue,
    clock: systemClock,
    log,
    sealer: createSealer(config.secrets),
    fetch: guardedFetch({ allowedPrivate: config.allowPrivate }),
    mailer: createMailer(config),
  }
}

/** What a browser on this machine can type. An address for all of a machine's networks is none. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') {
    log.warn(
      'Longrun listens on every network, but signs people in only at localhost: set PUBLIC_URL to the address that they use.',
    )
    return 'localhost'
  }
  return host.includes(':') ? `[${host}]` : host
}

async function startWeb(services: Services): Promise<() => Promise<void>> {
  const { config } = services
  const app = createApp(services, routes, {
    mount(hono, doors) {
      mountReviewFiles(hono, services, clientAddress)
      mountMessageFiles(hono, doors, services)
      mountFiles(hono, doors, services)
      mountConnections(hono, doors, services)
      mountLinks(hono, services)
      mountCalendarFeeds(hono, services)
      mountSessionFeeds(hono, services)
      mountLetters(hono, services)
      mountBriefReading(hono, services)
      mountSourceCallbacks(hono, services)
    },
  })
  const shortLinks = openShortLinks(services)
  const server = webServer({ fetch: app.fetch, first: shortLinks.answers, hostname: config.host })
  server.listen(config.port, config.host)
  await once(server, 'listening').catch((error) => Promise.reject(listenError(error, config)))
  return async () => {
    server.close()
    server.closeAllConnections()
    await shortLinks.stop()
  }
}

/** Said only when everything runs: from here on trouble with the database is got over. */
function announce({ config, publicUrl }: Services): void {
  writeFileSync(join(config.dataDir, 'address'), `${publicUrl}\n`)
  process.stdout.write(`Longrun is ready: ${publicUrl}\n`)
}

function listenError(error: NodeJS.ErrnoException, config: Config): Error {
  if (error.code === 'EADDRINUSE')
    return new SetupError(
      `Port ${config.port} on ${config.host} is in use. Stop what uses it, or set PORT to another one.`,
    )
  if (error.code === 'EACCES')
    return new SetupError(`Port ${config.port} may not be opened by this user. Set PORT to one above 1023.`)
  if (error.code === 'EADDRNOTAVAIL')
    return new SetupError(`This machine has no address ${config.host}. Set HOST to one that it has.`)
  return error
}

async function startWork(given: Services): Promise<() => Promise<void>> {
  // Work without a person goes on behind every wall.
  const services = { ...given, db: seenBy(given.db, 'all') }
  const worker = startWorker({
    services,
    connectorOf: findConnector,
    media: (orgId, id, wish) => mediaFile(services, orgId, id, wish),
    letters: (orgId, accountId) => lettersOf(services, orgId, accountId),
  })
  await services.queue.work(services, jobs)
  const listener = await startListening(services)
  const inbox = startInboxReader(services, { connectors, arrived: (orgId) => giveOwners(services, orgId) })
  return async () => {
    await inbox.stop()
    await listener.stop()
    await worker.stop()
  }
}

async function askedToStop(): Promise<void> {
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  // A second signal means: now.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
}
