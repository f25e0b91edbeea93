// The command reads texts line by line and answers in their order, as columns or as JSON.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'

// Each test starts a process that loads the models.
vi.setConfig({ testTimeout: 120_000 })

const main = join(import.meta.dirname, '../main.ts')

interface Answer {
  code: number | null
  lines: string[]
  error: string
}

const ask = (args: string[], input: string): Promise<Answer> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [main, 'classify', ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, lines: stdout.trim().split('\n'), error: stderr }),
    )
    child.stdin!.end(input)
  })

test('columns come in the order of the lines, with their names in front', async () => {
  const { code, lines } = await ask(
    [],
    'I love it so much!\n1\tThis is the worst &amp; ugliest thing\n\nThe shop opens at 9\n',
  )
  expect(code).toBe(0)
  expect(lines[0]!.split('\t').slice(0, 5)).toEqual(['sentiment', 'negative', 'neutral', 'positive', 'valence'])
  expect(lines.slice(1).map((line) => line.split('\t')[0])).toEqual(['positive', 'negative', 'neutral', 'neutral'])
})

test('JSON names every answer, and the words that decided', async () => {
  const { lines } = await ask(['--json', '--words', '--column', '1'], 'This is horrible\tnot read\n')
  const said = JSON.parse(lines[0]!)
  expect(said).toMatchObject({ text: 'This is horrible', language: 'en', by: 'fast', sentiment: { label: 'negative' } })
  expect(said.words[0].word).toBe('horrible')
})

test('the accurate path answers too', async () => {
  const { code, lines } = await ask(['--json', '--path', 'accurate'], 'This could not have gone better\n')
  expect(code).toBe(0)
  expect(JSON.parse(lines[0]!).by).toBe('accurate')
})

test('a wrong option is told', async () => {
  expect(await ask(['--path', 'slow'], '')).toMatchObject({ code: 2, error: '--path takes "fast" or "accurate".\n' })
})
