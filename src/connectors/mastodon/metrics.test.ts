// Numbers of posts as the double has them.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FaultServer, startFaultServer } from '../testing/fault-server.ts'
import { favourite, reblog } from './double/reactions.ts'
import { type MastodonDouble, startMastodonDouble } from './double/server.ts'
import { write } from './double/statuses.ts'
import { metrics } from './metrics.ts'
import { sessionFor } from './test-session.ts'

let double: MastodonDouble
let faults: FaultServer
beforeAll(async () => {
  double = await startMastodonDouble({ accounts: ['me', 'you'] })
  faults = await startFaultServer(double.url)
})
afterAll(async () => {
  await faults.stop()
  await double.stop()
  expect(double.violations ?? []).toEqual([])
})

test.each([
  { version: '4.5.3', software: 'mastodon' as const, requests: 1, quotes: 0 },
  { version: '4.2.0', software: 'mastodon' as const, requests: 3, quotes: 0 },
  { version: '0.20.0', software: 'gotosocial' as const, requests: 3, quotes: null },
])(
  '$software $version: what is there is counted, what is gone is left out',
  async ({ version, software, requests, quotes }) => {
    double.settings.software = software
    faults.reset()
    const [me, you] = [double.account('me'), double.account('you')]
    const by = { application: null, state: double.state }
    const [loved, lonely] = [write({ status: 'Loved' }, me, by), write({ status: 'Lonely' }, me, by)]
    favourite(loved, you, double.state)
    reblog(loved, you, double.state)
    write({ status: 'Yes', in_reply_to_id: loved.id }, you, by)
    write({ status: 'No', in_reply_to_id: loved.id }, you, by)
    const session = sessionFor(double, { server: faults.url, instance: { software, version } })
    expect(await metrics.posts(session, [loved.id, '404', lonely.id])).toEqual(
      new Map([
        [loved.id, { likes: 1, replies: 2, reposts: 1, quotes, views: null }],
        [lonely.id, { likes: 0, replies: 0, reposts: 0, quotes, views: null }],
      ]),
    )
    expect(faults.requests).toHaveLength(requests)
    expect(await metrics.posts(session, [])).toEqual(new Map())
  },
)
