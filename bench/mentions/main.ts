// npm run bench:mentions: how long search, facets and dashboards take in an organisation with ten million mentions, beside the bare statements.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Agent } from 'undici'
import { readArguments } from '../arguments.ts'
import { type Asked, measure, type Stage, tell } from '../asking.ts'
import { usedByServer } from '../processor-time.ts'
import { databaseIn, setUp, startProduct } from '../product.ts'
import { judge, printMachine, printTable, shown } from '../report.ts'
import { fill } from './filling.ts'
import { oneRow, questionsOf } from './questions.ts'

const given = readArguments({ mentions: '10000000', requests: '100', question: '' })
const [mentions, requests] = [Number(given.mentions), Number(given.requests)]

const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
const agent = new Agent({ connections: 1, pipelining: 1 })
const product = await startProduct({ dataDir })
const client = new pg.Client(databaseIn(dataDir))
printMachine()
try {
  await client.connect()
  const owner = await setUp(product.url)
  console.log(`Filling ${mentions} mentions …`)
  const begun = performance.now()
  const topics = await fill(client, { orgId: owner.orgId, mentions })
  console.log(`filled in ${Math.round((performance.now() - begun) / 1000)} s`)
  await client.query("set role longrun_app; select set_config('longrun.scope', '', false)")
  await client.query("select set_config('longrun.org', $1, false)", [owner.orgId])
  const stage: Stage = {
    product,
    owner,
    client,
    usedByDatabase: await usedByServer({ owner: client }),
    agent,
    requests,
  }
  const floors = [await measure(stage, oneRow(owner.orgId))]
  const asked: Asked[] = []
  for (const question of questionsOf(owner.orgId, topics, new Date()).filter(({ name }) =>
    name.includes(given.question),
  ))
    asked.push(await measure(stage, question))
  // Others may work on the machine: before and after.
  floors.push(await measure(stage, oneRow(owner.orgId)))
  const targets = tell(`${mentions} mentions, one request at a time through HTTP with a session`, 'mentions', [
    ...floors,
    ...asked,
  ])
  const floor = floors.reduce((sum, { api, bare }) => sum + (api.p50 - bare.p50) / floors.length, 0)
  const beyond = ({ api, bare }: Asked) => (api.p50 - floor) / bare.p50
  printTable(
    `What every answer takes besides its own statements (HTTP, who asks, whether they may): ${shown(floor)} ms of the median`,
    ['question', 'API p50 ms', 'bare SQL p50 ms', 'ratio', 'ratio without it'],
    asked.map((each) => [each.question.name, each.api.p50, each.bare.p50, each.api.p50 / each.bare.p50, beyond(each)]),
  )
  printMachine()
  judge([
    ...targets,
    ...asked.flatMap((each) => [
      { what: `${each.question.name}: ratio to the bare statements`, value: each.api.p50 / each.bare.p50, most: 2 },
      { what: `${each.question.name}: ratio without what every answer takes`, value: beyond(each), most: 2 },
    ]),
  ])
} finally {
  await client.end()
  await product.stop()
  await agent.close()
  rmSync(dataDir, { recursive: true, force: true })
}
