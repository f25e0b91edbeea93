// The practice network as a source, in the listening suite.

import { startFaultServer } from '../testing/fault-server.ts'
import * as faults from '../testing/faults.ts'
import { listeningSuite } from '../testing/listening-suite.ts'
import { accountOf, createTestSession } from '../testing/session.ts'
import { fake } from './index.ts'
import { startFakeNetwork } from './server.ts'
import { timelineKind } from './timeline.ts'

listeningSuite('The practice network', timelineKind, async () => {
  const network = await startFakeNetwork()
  const front = await startFaultServer(network.url)
  const [mine, other] = [network.createAccount(), network.createAccount()]
  const [method] = fake.auth
  if (method?.kind !== 'fields') throw new Error('the practice network connects by a form')
  const connectAs = ({ handle, token }: typeof mine) =>
    method.connect(createTestSession({ allowPrivate: [front.host] }), { url: front.url, handle, token })
  const connection = await connectAs(mine)
  const { access } = (await connectAs(other)).credentials as { access: string }
  return {
    values: {},
    account: accountOf(connection.profile),
    credentials: connection.credentials,
    allowPrivate: [front.host],
    async say(text) {
      const answer = await fetch(`${network.url}/api/posts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text: text.toWellFormed() }),
      })
      return ((await answer.json()) as { url: string }).url
    },
    refuse: (status, headers) => front.inject(faults.status(status, { headers })),
    async stop() {
      await front.stop()
      await network.stop()
    },
  }
})
