// Runs the quick tour of the README as it stands there, against a real Longrun and a real server of the network that it names.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSource, root } from './imports.ts'
import { startLongrun } from './longrun.ts'
import { describeServer } from './servers/describe-server.ts'
import { startPds } from './servers/pds.ts'

const readme = readSource('README.md')

/** The block of shell that follows this mark. */
function blockAfter(mark: string): string {
  const found = new RegExp(`${mark}\\n\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(readme)
  if (!found) throw new Error(`The README has no block of shell after ${mark}.`)
  return found[1]!
}

async function runShell(script: string, env: Record<string, string>): Promise<{ code: number | null; out: string[] }> {
  const child = spawn('bash', ['-eu', '-c', script], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out: text.trim().split('\n') }
}

describeServer('pds', () => {
  test('the quick tour publishes a post and shows its way', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'longrun-readme-'))
    const pds = await startPds()
    const longrun = await startLongrun({ dataDir: folder, env: { LONGRUN_ALLOW_PRIVATE: 'localhost' } })
    try {
      const account = await pds.createAccount('marathon-runner')
      const { code, out } = await runShell(blockAfter('<!-- tour -->'), {
        LONGRUN: longrun.address,
        PDS: pds.url,
        HANDLE: account.handle,
        APP_PASSWORD: account.appPassword,
      })
      expect({ code, out: out.slice(0, 2) }).toEqual({ code: 0, out: ['scheduled', 'published'] })
      expect(out.slice(2).map((line) => line.split('  ')[1])).toEqual([
        'post.created',
        'post.scheduled',
        'attempt.send',
        'attempt.sent',
        'part.accepted',
      ])
      expect(out.at(-1)).toMatch(/ {2}https?:\/\//)
      const records = `${pds.url}/xrpc/com.atproto.repo.listRecords?collection=app.bsky.feed.post&repo=${account.did}`
      const { records: there } = (await (await fetch(records)).json()) as {
        records: { value: { text: string; embed: { images: { alt: string }[] } } }[]
      }
      expect(there.map(({ value }) => [value.text, value.embed.images[0]!.alt])).toEqual([
        ['A marathon, not a sprint. #longrun', 'A page that lists what needs you today'],
      ])
    } finally {
      await longrun.end()
      await pds.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

test('every file and picture that the documents name is there', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'STYLE.md', 'GLOSSARY.md', 'docs/guide/operating.md']
  const named = documents.flatMap((path) =>
    [...readSource(path).matchAll(/\]\((?!https?:|#|<)([^)#]+)/g)].map((match) => join(path, '..', match[1]!)),
  )
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('the table of settings names every variable that is read, and no other', () => {
  const read = [...readSource('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): z/gm)].map((match) => match[1]!)
  const told = [...readme.matchAll(/`([A-Z][A-Z_]{3,})`/g)].map((match) => match[1]!)
  expect(read.length).toBeGreaterThan(10)
  expect(read.filter((name) => !told.includes(name))).toEqual([])
  expect(
    told.filter((name) => !read.includes(name) && !['PDS', 'HANDLE', 'APP_PASSWORD', 'HOST'].includes(name)),
  ).toEqual([])
})
