// A worker that stores what deserves a second look and hangs before it takes it, so that a test can kill it there.

import type pg from 'pg'
import { openAt } from '../../db/open.ts'
import { asSystem } from '../../db/tx.ts'
import type { NewMention } from '../mentions/new-mention.ts'
import { storeMentions } from '../mentions/store-write.ts'
import { mentionOf } from '../mentions/test-mentions.ts'
import { labeller, storedLabels } from './labels.ts'
import { startSecondLook } from './second-look.ts'

const { connection, org, texts, at } = JSON.parse(process.argv[2]!) as {
  connection: pg.ClientConfig
  org: string
  texts: string[]
  at: string
}
const { db } = await openAt(connection)
const { understand, secondLook } = await labeller()
const mentions = texts.map((text, number): NewMention => {
  const understood = understand({ title: null, text, languages: [] })
  const said = { id: String(number), text, at: new Date(at) }
  const change = { labels: storedLabels(understood), secondLook: secondLook(understood), heardAt: new Date() }
  return mentionOf(org, said, change)
})
const look = startSecondLook({
  services: { db, log: { info: () => {}, warn: () => {}, error: () => {} } },
  lessonsOf: () => undefined,
  openPath() {
    process.send!('looking')
    return new Promise(() => {})
  },
})
look.take(await asSystem(db, (tx) => storeMentions(tx, mentions)))
