// Another process that reads the past of accounts, until it is killed.

import type pg from 'pg'
import { practiceServices } from '../../../test/world/practice.ts'
import { openAt } from '../../db/open.ts'
import { readHistories } from './read-histories.ts'

const { connection, ahead } = JSON.parse(process.argv[2]!) as { connection: pg.ClientConfig; ahead: number }
const { db } = await openAt(connection)
await readHistories(practiceServices(db, { clock: () => new Date(Date.now() + ahead) }))
process.send!('done')
process.disconnect()
