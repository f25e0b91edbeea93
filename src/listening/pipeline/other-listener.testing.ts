// Another process that listens to the same: stores what it is told to, and hears what others store.

import type pg from 'pg'
import type { Heard } from '../../connectors/listen.ts'
import { openNotices } from '../../db/notices.ts'
import { openAt } from '../../db/open.ts'
import { asSystem } from '../../db/tx.ts'
import { storeMentions } from '../mentions/store-write.ts'
import { mentionOf } from '../mentions/test-mentions.ts'
import { announce } from './announce.ts'
import { hearOthers } from './hear-others.ts'
import { labeller } from './labels.ts'

const { connection } = JSON.parse(process.argv[2]!) as { connection: pg.ClientConfig }
const { db } = await openAt(connection)
const notices = openNotices(connection)
const log = { info: () => {}, warn: () => {}, error: () => {} }
const others = await hearOthers({ db, log, notices }, { restMs: 100 })
const { marks } = await labeller()

process.on('message', async ({ org, id, text, at }: { org: string; id: string; text: string; at: string }) => {
  const said: Partial<Heard> & { id: string } = { id, text, at: new Date(at) }
  const mention = mentionOf(org, said, { marks: marks({ title: null, text, languages: [] }), heardAt: new Date() })
  await asSystem(db, async (tx) => announce(tx, await storeMentions(tx, [mention])))
  process.send!('stored')
})
process.once('disconnect', async () => {
  await others.stop()
  process.exit(0)
})
process.send!('ready')
