// Before all tests: one PostgreSQL with a migrated template database. TEST_DATABASE_URL names another server to test against.

import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../src/db/embedded.ts'
import { openAt } from '../../src/db/open.ts'
import { openQueue } from '../../src/lib/queue.ts'
import { placeForDatabases } from './memory.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

declare module 'vitest' {
  interface ProvidedContext {
    cluster: pg.ClientConfig
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(placeForDatabases(), 'longrun-test-'))
  const given = process.env.TEST_DATABASE_URL
  const embedded = given ? null : await startEmbedded(folder, quiet)
  const cluster: pg.ClientConfig = given ? fromUrl(given) : embedded!.connection
  if (embedded) await forgetPowerCuts(cluster)
  await query(cluster, `drop database if exists ${templateName}`)
  await query(cluster, `create database ${templateName}`)
  const template = await openAt({ ...cluster, database: templateName })
  // Its tables too: each fresh database would make them anew. Which jobs there are every process says itself.
  await (await openQueue(template.owner, [], quiet)).stop()
  await template.close()
  project.provide('cluster', cluster)
  return async () => {
    await query(cluster, `drop database if exists ${templateName}`)
    await embedded?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A crash keeps what was committed all the same; only a power cut would not, and no test makes one. */
async function forgetPowerCuts(cluster: pg.ClientConfig): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes']) await query(cluster, `alter system set ${setting} = off`)
  await query(cluster, 'select pg_reload_conf()')
}

export const templateName = 'longrun_template'

function fromUrl(text: string): pg.ClientConfig {
  const url = new URL(text)
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  }
}

async function query(cluster: pg.ClientConfig, text: string): Promise<void> {
  const client = new pg.Client(cluster)
  await client.connect()
  await client.query(text)
  await client.end()
}
