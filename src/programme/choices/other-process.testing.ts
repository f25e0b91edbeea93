// Another process that works on a choice until it is killed.

import type pg from 'pg'
import { openAt } from '../../db/open.ts'
import { makeChoice } from './work.ts'

export interface OtherChoosing {
  connection: pg.ClientConfig
  now: string
  orgId: string
  choiceId: string
}

const { connection, now, orgId, choiceId } = JSON.parse(process.argv[2]!) as OtherChoosing
const { db } = await openAt(connection)
const log = { info: () => {}, warn: () => {}, error: () => {} }
await makeChoice({ db, clock: () => new Date(now), log }, { orgId, choiceId })
process.disconnect()
