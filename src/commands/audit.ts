// `longrun audit verify`: walks the event log of every organisation and says whether it is unbroken.

import { SetupError } from '../config.ts'
import type { Database } from '../db/open.ts'
import { asSystem } from '../db/tx.ts'
import { verifyChain } from '../events/verify.ts'
import type { Invocation } from './index.ts'
import { withDatabase } from './with-database.ts'

export async function audit({ args, env }: Invocation): Promise<number> {
  if (args.join(' ') !== 'verify') throw new SetupError('What to do with the event log: longrun audit verify')
  const { lines, broken } = await withDatabase(env, ({ database }) => verifyAll(database))
  process.stdout.write(`${lines.join('\n')}\n`)
  return broken === 0 ? 0 : 1
}

/** One line for each organisation, and one for all. Organisations are asked for by name: a log that was removed is missed too. */
export async function verifyAll({ db }: Pick<Database, 'db'>): Promise<{ lines: string[]; broken: number }> {
  const organisations = await asSystem(db, (tx) =>
    tx.selectFrom('organisations').select(['id', 'name']).orderBy('id').execute(),
  )
  const lines: string[] = []
  let broken = 0
  let events = 0
  for (const { id, name } of organisations) {
    const verdict = await verifyChain(db, id)
    events += verdict.count
    if (verdict.ok)
      lines.push(`${name} (${id}): ${verdict.count} events, unbroken, fingerprint ${verdict.headHash ?? 'none'}`)
    else {
      broken += 1
      lines.push(`${name} (${id}): BROKEN at event ${verdict.brokenAt}`)
    }
  }
  const all = `${organisations.length} organisations, ${events} events checked`
  lines.push(
    broken === 0
      ? `${all}: unbroken.`
      : `${all}: ${broken} broken. Somebody changed the database behind Longrun's back.`,
  )
  return { lines, broken }
}
