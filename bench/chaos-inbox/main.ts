// npm run chaos:inbox: a whole real network on which fifty people speak to an account of ours, while Longruns are killed and the network stands still.
// Every message is in the inbox exactly once, in order; and answering two hundred makes two hundred answers.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Bluesky, startBluesky } from '../../test/servers/bluesky.ts'
import { startPostgres15 } from '../../test/servers/postgres15.ts'
import { readArguments } from '../arguments.ts'
import { seeded } from '../chaos/random.ts'
import { setUp } from '../product.ts'
import { judge, printMachine, printTable } from '../report.ts'
import { startCrew } from './crew.ts'
import { allConversations, answerSome, type Desk, patiently, settledAnswers } from './desk.ts'
import { judgeAnswers, judgeMessages } from './judge.ts'
import { enter, isKnown, type Person, post, speak } from './people.ts'

const given = readArguments({
  people: '50',
  messages: '2000',
  seconds: '240',
  answers: '200',
  kill: '20',
  still: '60',
  seed: '1',
})
const [people, messages, seconds, answers] = [given.people, given.messages, given.seconds, given.answers].map(
  Number,
) as [number, number, number, number]
const random = seeded(Number(given.seed))

const dataDir = mkdtempSync(join(tmpdir(), 'longrun-bench-'))
const database = await startPostgres15()
const network = await startBluesky()
const crew = await startCrew({
  dataDir,
  databaseUrl: database.url,
  env: {
    ...{ CHAOS_DIRECTORY: network.plcUrl, CHAOS_APPVIEW: network.appViewUrl },
    LONGRUN_ALLOW_PRIVATE: '127.0.0.1,localhost',
  },
})
printMachine({ people: given.people, messages: given.messages, answers: given.answers, seed: given.seed })
try {
  const owner = await setUp(crew.url())
  const desk: Desk = { url: crew.url, owner }
  const us = await enter(network, 'tortoise')
  const about = await post(network, us, 'Our new shoe for slow runners')
  await isKnown(network, about)
  const values = { service: network.url, identifier: us.handle, password: us.appPassword }
  await patiently(desk, 'POST', '/accounts', { connector: 'bluesky', method: 'app-password', values })
  const runners: Person[] = []
  for (let at = 0; at < people; at += 5)
    runners.push(...(await Promise.all([0, 1, 2, 3, 4].map((next) => enter(network, `runner${at + next}`)))))

  crew.beginKilling(Number(given.kill))
  const standingStill = standStill(network, { afterSeconds: seconds / 3, seconds: Number(given.still) })
  const scene = { network, us, about, people: runners, each: messages / people, seconds, random }
  const written = await speak(scene)
  await standingStill
  const conversations = await allConversations(desk, written.length)
  const asked = await answerSome(desk, conversations, { count: answers, random })
  const ended = await settledAnswers(desk, asked)
  await crew.stopKilling()
  const targets = [
    ...judgeMessages(written, await allConversations(desk, written.length + asked.length)),
    ...(await judgeAnswers({ network, us, asked, written, ended })),
  ]
  printTable(
    'what was done',
    ['messages', 'conversations', 'answers', 'Longruns killed', 'workers killed', 'network still, s'],
    [[written.length, conversations.length, asked.length, crew.kills.all, crew.kills.worker, given.still]],
  )
  judge(targets)
} finally {
  await crew.stop()
  await network.stop()
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** Whoever asks it meanwhile gets no answer; what it was asked for it may do afterwards. */
async function standStill(
  server: Bluesky,
  { afterSeconds, seconds }: { afterSeconds: number; seconds: number },
): Promise<void> {
  await sleep(afterSeconds * 1000)
  await server.kill('SIGSTOP')
  await sleep(seconds * 1000)
  await server.kill('SIGCONT')
}
