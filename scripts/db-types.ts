// Writes src/db/schema.gen.ts from a freshly migrated database; with --check it only says whether the file is true.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/db/embedded.ts'
import { openAt } from '../src/db/open.ts'
import { log } from '../src/lib/log.ts'

const target = 'src/db/schema.gen.ts'
const folder = mkdtempSync(join(tmpdir(), 'longrun-types-'))
const embedded = await startEmbedded(folder, log)
try {
  const opened = await openAt(embedded.connection)
  await opened.close()
  const { host, user, database } = embedded.connection
  const url = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`
  const out = process.argv.includes('--check') ? join(folder, 'schema.ts') : target
  execFileSync(
    process.execPath,
    [
      'node_modules/kysely-codegen/dist/cli/bin.js',
      '--dialect',
      'postgres',
      '--url',
      url,
      '--out-file',
      out,
      '--overrides',
      JSON.stringify({ columns: {} }),
      '--type-mapping',
      JSON.stringify({ date: 'string', int8: 'number', timestamp: 'string' }),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (out !== target && readFileSync(out, 'utf8') !== readFileSync(target, 'utf8')) {
    process.stderr.write(`${target} does not match the migrations. Run: npm run db:types\n`)
    process.exitCode = 1
  }
} finally {
  await embedded.stop()
  rmSync(folder, { recursive: true, force: true })
}
