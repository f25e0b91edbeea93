// npm run chaos:publish -- --runs 300 --seed 1: proves on real networks that nothing is sent twice and nothing is lost, whatever breaks.

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { missing, type ServerName } from '../../test/servers/cache.ts'
import { printMachine } from '../report.ts'
import { runCampaign } from './campaign.ts'
import { judge } from './judge.ts'
import { drawPlan, type NetworkName, networkNames, type Plan } from './plan.ts'
import { describe, printResults } from './results.ts'
import { setStage } from './stage.ts'
import { printWays } from './ways.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    /** Comma-separated. */
    networks: { type: 'string', default: networkNames.join() },
    /** Seconds over which the posts are due. Absent: by their number. */
    window: { type: 'string' },
    /** Takes keys, look-ups and drafts of our own out of the connectors; then it must fail. */
    unprotected: { type: 'boolean', default: false },
    /** Share of the posts whose worker dies. With 0 networks fail, but no worker and no database does. */
    deaths: { type: 'string', default: '0.32' },
    /** Prints what the seed draws, and does nothing. */
    plan: { type: 'boolean', default: false },
    /** Where the workers' own log is kept. */
    log: { type: 'string' },
  },
})

const networks = values.networks.split(',').map(networkOf)
const runs = Number(values.runs)
const plan = drawPlan({
  seed: Number(values.seed),
  runs,
  networks,
  windowMs: values.window ? Number(values.window) * 1000 : Math.max(8_000, runs * 620),
  deaths: Number(values.deaths),
})
if (values.plan) printPlan(plan)
else process.exitCode = await main()

function networkOf(name: string): NetworkName {
  const known = networkNames.find((each) => each === name)
  if (!known) throw new Error(`There is no network ${name}; there are ${networkNames.join(', ')}.`)
  return known
}

async function main(): Promise<number> {
  const servers: Partial<Record<NetworkName, ServerName>> = { bluesky: 'pds', ghost: 'ghost', wordpress: 'wordpress' }
  for (const name of networks) {
    const lack = servers[name] ? missing(servers[name]) : undefined
    if (lack) {
      console.error(`${name} cannot be started: ${lack}`)
      return 2
    }
  }
  const began = performance.now()
  const say = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`)
  printMachine({
    seed: String(plan.seed),
    runs: String(plan.runs.length),
    protection: values.unprotected ? 'TAKEN OUT' : 'as shipped',
  })
  const stage = await setStage(networks)
  const interrupted = () => void stage.stop().finally(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    say(`${networks.join(', ')} are up`)
    const campaign = await runCampaign(stage, plan, { unprotected: values.unprotected, say })
    say('settled; counting what is really there')
    const judgement = await judge(stage, campaign)
    printResults(plan, stage, campaign, judgement)
    await printWays(stage, campaign, judgement)
    say('done')
    return judgement.violations.length > 0 ? 1 : 0
  } finally {
    if (values.log) copyFileSync(join(stage.folder, 'workers.log'), values.log)
    await stage.stop()
  }
}

function printPlan({ runs: all, kills, databases }: Plan): void {
  for (const run of all)
    console.log(
      `${run.index}\t${(run.dueMs / 1000).toFixed(1)} s\t${run.network} ${run.account}\t${run.shape}\t${describe({ run })}`,
    )
  console.log(
    `workers killed at ${kills.join(', ')} ms; database ${databases.map(({ atMs, how }) => `${how} at ${atMs} ms`).join(', ')}`,
  )
}
