// The command behind bin/test-servers: installs every real server that the tests use, or says what is there.
import { mkdir } from 'node:fs/promises'
import { cacheDir, missing, type ServerName } from '../cache.ts'
import { ensurePart, type Outcome, removeAbandonedDrafts, say } from './build.ts'
import { databaseParts } from './databases.ts'
import { ensureDebianPackages } from './debian.ts'
import { npmParts } from './npm-parts.ts'

const servers: ServerName[] = ['pds', 'ghost', 'wordpress', 'mariadb', 'postgres15', 'oidc']

function sayOutcome(outcome: Outcome): void {
  const line = `  ${outcome.name.padEnd(11)} ${outcome.result.padEnd(10)} ${outcome.seconds.toFixed(1).padStart(6)} s  ${outcome.note}`
  const loud = outcome.result === 'skipped' || outcome.result === 'failed'
  if (loud) process.stderr.write(`!!${line.slice(2)}\n`)
  else say(line)
}

function sayStatus(): void {
  for (const server of servers) say(`  ${server.padEnd(11)} ${missing(server) ?? 'ready'}`)
}

async function install(): Promise<boolean> {
  const started = Date.now()
  say(`Installing the real servers for connector tests into ${cacheDir} (first time: some minutes, about 1.3 GB)`)
  await mkdir(cacheDir, { recursive: true })
  await removeAbandonedDrafts()
  const outcomes: Outcome[] = []
  const note = (outcome: Outcome): void => {
    outcomes.push(outcome)
    sayOutcome(outcome)
  }
  note(await ensureDebianPackages())
  // One after the other: each keeps a machine with two cores busy, and the last one runs what the others installed.
  for (const part of [...npmParts, ...databaseParts]) note(await ensurePart(part))
  say(`Servers that can be started now (${((Date.now() - started) / 1000).toFixed(1)} s in all):`)
  sayStatus()
  return outcomes.every(({ result }) => result !== 'failed' && (result !== 'skipped' || process.env.CI !== 'true'))
}

const command = process.argv[2]
if (command === 'install') {
  process.exitCode = (await install()) ? 0 : 1
} else if (command === 'status') {
  sayStatus()
} else {
  process.stderr.write('usage: bin/test-servers install | status\n')
  process.exitCode = 2
}
