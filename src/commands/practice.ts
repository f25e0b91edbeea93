// `longrun practice`: a small network of our own to try Longrun with; everything in it is gone when it stops.

import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { SetupError } from '../config.ts'
import { startFakeNetwork } from '../connectors/fake/server.ts'
import type { Invocation } from './index.ts'

const usualPort = 4546

export async function practice({ args, env }: Invocation): Promise<number> {
  parseArgs({ args })
  const port = Number(env.PRACTICE_PORT ?? usualPort)
  const network = await startFakeNetwork({ port }).catch((error) => {
    throw error.code === 'EADDRINUSE'
      ? new SetupError(`Port ${port} is in use. Set PRACTICE_PORT to another one.`)
      : error
  })
  const { handle, token } = network.createAccount()
  process.stdout.write(
    `The practice network is ready.\n  Server  ${network.url}\n  Handle  @${handle}\n  Token   ${token}\nConnect it in Longrun under Accounts. Stop it with Ctrl-C.\n`,
  )
  await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)))
  await network.stop()
  return 0
}
