// What can be said of every connector without asking its network, and that shared rules run in the browser.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { connectorOf, connectors } from './registry.ts'

test('ids are unique, and each names its connector', () => {
  expect(new Set(connectors.map(({ id }) => id)).size).toBe(connectors.length)
  for (const connector of connectors) expect(connectorOf(connector.id)).toBe(connector)
  expect(() => connectorOf('nowhere')).toThrow('unknown connector: nowhere')
})

describe.each(connectors.map((connector) => [connector.id, connector] as const))('%s', (id, connector) => {
  test('says what people and the database need', () => {
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(connector.name).not.toBe('')
    expect(connector.docs).not.toBe('')
    expect(connector.reviewed).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
    const { auth, publish, listen, metrics, hears } = connector
    expect(publish ?? listen ?? metrics ?? hears).toBeDefined()
    // Without a way to connect there is nothing but listening, and that without an account.
    if (auth.length === 0) expect(hears?.every(({ needsAccount }) => !needsAccount)).toBe(true)
  })

  test('asks for secrets as secrets', () => {
    for (const { fields } of connector.auth) {
      expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length)
      for (const { name, type } of fields) if (/password|token|secret|key/i.test(name)) expect(type).toBe('secret')
    }
  })

  test('offers each way of listening under one name, with one reader', () => {
    const hears = connector.hears ?? []
    expect(new Set(hears.map(({ key }) => key)).size).toBe(hears.length)
    for (const kind of hears) {
      expect([kind.stream, kind.poll].filter(Boolean)).toHaveLength(1)
      expect(kind.way).toBe(kind.stream ? 'stream' : 'poll')
      if (kind.poll) expect(kind.everySeconds).toBeGreaterThanOrEqual(60)
      // What is read with somebody's account serves that organisation alone.
      if (kind.needsAccount) expect(kind.shared).toBe(false)
    }
  })

  test('waits before it looks a write up', () => {
    if (connector.publish) expect(connector.publish.settle).toBeGreaterThanOrEqual(0)
    if (connector.publish?.keyLifetime !== undefined) expect(connector.publish.keyLifetime).toBeGreaterThan(0)
  })
})

test.each(['check.ts', 'text.ts'])('%s and what it imports run in the browser', (start) => {
  const files = [start]
  for (const file of files) {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8')
    for (const [, found = ''] of source.matchAll(/^import (?!type ).*? from '([^']+)'/gms)) {
      expect(found).toMatch(/^\.\/[a-z-]+\.ts$/)
      if (!files.includes(found.slice(2))) files.push(found.slice(2))
    }
  }
})
