// For every post that something is wrong with: each attempt and each part as the ledger has it, to find out why.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { asSystem } from '../../src/db/tx.ts'
import type { Campaign } from './campaign.ts'
import type { Judgement } from './judge.ts'
import type { Stage } from './stage.ts'

const most = 12

export async function printWays(
  { database, folder }: Stage,
  campaign: Campaign,
  { violations }: Judgement,
): Promise<void> {
  const { items, crew } = campaign
  if (crew.counts.endedBadly > 0) console.log(`\n${lastWordsOfTheLog(join(folder, 'workers.log'))}`)
  const runs = [...new Set(violations.flatMap(({ run }) => run ?? []))].slice(0, most)
  for (const item of items.filter(({ run }) => runs.includes(run.index))) {
    const steps = await asSystem(database.db, (tx) =>
      sql<{ at: Date; line: string }>`
        select claimed_at as at, concat_ws(' ', 'attempt', number, purpose, 'by', left(worker_id::text, 4), 'sent', to_char(sent_at, 'MI:SS.MS'), 'ended',
          to_char(ended_at, 'MI:SS.MS'), outcome, error_kind, error_code, 'part', position) as line from attempts where variant_id = ${item.variantId}
        union all select coalesce(published_at, sent_at, 'epoch'), concat_ws(' ', 'part', position, 'sent', to_char(sent_at, 'MI:SS.MS'), 'out',
          to_char(published_at, 'MI:SS.MS'), remote_id, ref) from parts where variant_id = ${item.variantId} order by 1`.execute(
        tx,
      ),
    )
    console.log(`\nrun ${item.run.index} (${item.run.network}, ${item.run.shape}) was due ${item.dueAt.toISOString()}`)
    for (const { at, line } of steps.rows) console.log(`  ${at.toISOString().slice(14, 23)} ${line}`)
  }
}

/** What Node itself writes when a process ends by an error is no JSON. */
const lastWordsOfTheLog = (file: string): string =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{"at"'))
    .slice(0, 40)
    .join('\n')
