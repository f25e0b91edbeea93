// Everything a campaign takes place on: a database of its own, an organisation, networks behind fault servers, accounts on them.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts'
import { type Database, openAt } from '../../src/db/open.ts'
import { createSealer } from '../../src/lib/seal.ts'
import type { Caller } from '../../src/people/types.ts'
import { startMariadb } from '../../test/servers/mariadb.ts'
import {
  anAccount,
  anOrganisation,
  type PracticeServices,
  practiceServices,
  quietLog,
} from '../../test/world/practice.ts'
import type { Network } from './network.ts'
import { startGhostBlog, startWordpressBlog } from './network-blogs.ts'
import { startBluesky } from './network-bluesky.ts'
import { startFake, startMastodonLike } from './network-doubles.ts'
import { accountsEach, type NetworkName } from './plan.ts'

export interface Stage {
  folder: string
  secret: string
  embedded: Embedded
  database: Database
  services: PracticeServices
  caller: Caller
  networks: Map<NetworkName, Network>
  /** Account ids in Longrun. */
  accounts: Map<NetworkName, string[]>
  picture: { file: string; type: string; alt: string; width: number; height: number }
  stop(): Promise<void>
}

export async function setStage(names: readonly NetworkName[]): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'longrun-chaos-'))
  const closing: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const close of closing.reverse().splice(0))
      await close().catch((error: unknown) => console.error(String(error)))
  }
  try {
    const embedded = await startEmbedded(folder, quietLog)
    closing.push(() => embedded.stop())
    const database = await openAt(embedded.connection)
    closing.push(() => database.close())
    const networks = await startNetworks(names, closing)
    const secret = 'a key for rehearsals alone, long enough'
    const services = practiceServices(database.db, { sealer: createSealer([secret]) })
    const caller = await anOrganisation(database.db, 'Storm')
    const accounts = new Map<NetworkName, string[]>()
    for (const network of networks.values()) {
      const ids: string[] = []
      for (let at = 0; at < accountsEach; at++)
        ids.push(await anAccount(services, caller, network.connector.id, await network.connect(at)))
      accounts.set(network.name, ids)
    }
    mkdirSync(join(folder, 'deaths'))
    return {
      folder,
      secret,
      embedded,
      database,
      services,
      caller,
      networks,
      accounts,
      picture: await makePicture(folder),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startNetworks(
  names: readonly NetworkName[],
  closing: (() => Promise<void>)[],
): Promise<Map<NetworkName, Network>> {
  const networks = new Map<NetworkName, Network>()
  const blogs = names.includes('ghost') || names.includes('wordpress')
  const mariadb = blogs ? await startMariadb() : null
  if (mariadb) closing.push(() => mariadb.stop())
  for (const name of names) {
    const network = await startNetwork(name, mariadb)
    networks.set(name, network)
    closing.push(() => network.stop())
  }
  return networks
}

function startNetwork(name: NetworkName, mariadb: Awaited<ReturnType<typeof startMariadb>> | null): Promise<Network> {
  if (name === 'bluesky') return startBluesky()
  if (name === 'ghost') return startGhostBlog(mariadb!)
  if (name === 'wordpress') return startWordpressBlog(mariadb!)
  return name === 'mastodon' || name === 'gotosocial' ? startMastodonLike(name) : startFake(name)
}

async function makePicture(folder: string): Promise<Stage['picture']> {
  const [width, height, file] = [64, 64, join(folder, 'picture.jpg')]
  writeFileSync(
    file,
    await sharp({ create: { width, height, channels: 3, background: '#c63' } })
      .jpeg()
      .toBuffer(),
  )
  return { file, type: 'image/jpeg', alt: 'A plain orange square', width, height }
}
