// The statements behind a question, as they go to the database: the reference that an answer is held against.

import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { DB } from '../src/db/schema.gen.ts'
import type { Question } from './asking.ts'

/** Runs the question's statements once and gives them back as they went to the server. */
export async function statementsOf(
  client: pg.Client,
  question: Pick<Question, 'statements'>,
): Promise<CompiledQuery[]> {
  const seen: CompiledQuery[] = []
  const pooled = { query: client.query.bind(client), release() {} }
  const pool = { connect: async () => pooled, end: async () => {}, options: {} }
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => {
      if (event.level === 'query') seen.push(event.query)
    },
  })
  await db.transaction().execute((tx) => question.statements(tx))
  return seen.filter(({ sql }) => !/^(begin|commit)$/.test(sql))
}
