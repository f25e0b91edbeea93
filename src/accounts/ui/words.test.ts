// Every code that a connector's source names has a sentence; the list is read from the sources, so that none is forgotten.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fieldWords } from '../../kit/words.ts'
import { codeWords, hasCodeWords, inWords } from './words.ts'

const folder = join(import.meta.dirname, '../../connectors')
const aside = /(^|\/)(double|testing)\/|\.(test|testing)\.ts$|(^|\/)test-|fake\/(server|routes|state)\.ts$/

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !aside.test(path))
  .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))

const found = (pattern: RegExp, text: string): string[] => [...text.matchAll(pattern)].map((match) => match[1]!)

/** `code: 'x'`, `code: when ? 'x' : 'y'`, `const code = …`, `refused('kind', 'x')`. */
function codesOf(text: string): string[] {
  return [
    ...found(/\bcode: '([\w.-]+)'/g, text),
    ...found(/\bcode(?:: |\b.* = ).* \? '([\w-]+)'/g, text),
    ...found(/\bcode(?:: |\b.* = ).* \? '[\w-]+' : '([\w-]+)'/g, text),
    ...found(/\brefused\('[\w-]+', '([\w-]+)'\)/g, text),
  ]
}

const kind = 'rejected|auth-expired|auth-revoked|forbidden|rate-limited|unavailable|unknown|gone|changed'
/** Tables of the networks' own names: `Name: 'kind'`, `name: { kind: … }`, `name: revoked`. */
const tableEntry = new RegExp(`^ {2}(\\w+): (?:'(?:${kind})'|\\{ kind: |\\{ \\.\\.\\.revoked|revoked,)`, 'gm')
const lists = /new Set\(\[([^\]]*)\]\)/g

function namesOf({ path, text }: { path: string; text: string }): string[] {
  const listed = path.endsWith('/explain.ts') ? found(lists, text).flatMap((list) => found(/'(\w+)'/g, list)) : []
  return [...found(tableEntry, text), ...listed].filter((name) => !/^\d+$/.test(name))
}

/** What `check` says about a draft has a dot or belongs to the composer's words. */
const ofDrafts = (code: string): boolean => code.includes('.') || code === 'options-invalid' || /^status-/.test(code)

const line = found(/\| '([\w-]+)'/g, readFileSync(join(folder, '../lib/fetch-error.ts'), 'utf8'))
const all = sources.flatMap((source) => [...codesOf(source.text), ...namesOf(source)])
const codes = [...new Set([...all, ...line])].filter((code) => !ofDrafts(code)).sort()

test('the sources were read', () => {
  expect(sources.length).toBeGreaterThan(60)
  expect(codes).toEqual(
    expect.arrayContaining([
      'rest-blocked',
      'content-api-key',
      'access-denied',
      'token-refused',
      'tls-failed',
      'ExpiredToken',
    ]),
  )
})

test.each(codes)('%s has words of its own', (code) => {
  expect(hasCodeWords(code)).toBe(true)
  const { what, next } = codeWords({ code }, 'Example')
  expect(`${what} ${next ?? ''}`).not.toMatch(/[{}]|undefined/)
  expect(what).toMatch(/^[A-Z].*\.$/)
  if (next) expect(next).toMatch(/^[A-Z].*[.?]$/)
})

describe('a code that a network invents', () => {
  test.each(kind.split('|'))('says what its kind %s means, with the code in it', (each) => {
    expect(codeWords({ code: 'Odd_Code', kind: each }).what).toContain('Odd_Code')
  })

  test('shows a bare status as the answer it is', () => {
    expect(codeWords({ code: 'status-503', kind: 'unavailable' }).what).toContain('answer 503')
    expect(codeWords({ code: 'status-503' }).what).toContain('answer 503')
  })
})

test('a refusal of the network keeps its field and gets the network’s name', () => {
  const params = { kind: 'rejected', code: 'not-this-network' }
  const facts = inWords({ code: 'network-refused', field: 'values.site', params, status: 422 }, 'Example Blog')
  expect(facts.field).toBe('values.site')
  expect(fieldWords(facts)).toBe(
    'There is no Example Blog at this address. Enter the address where you sign in to it yourself.',
  )
})

test('other refusals stay as they are', () => {
  const facts = { code: 'another-account', params: { handle: '@b' }, status: 409 }
  expect(inWords(facts, 'Example')).toBe(facts)
})
