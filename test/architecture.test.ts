// Holds the shape of the code: who may import whom, how long things may get, and which words belong where.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Import, importsOf, readSource, root, sourceFiles } from './imports.ts'
import { anysOf, functionsOf, hasDefaultExport, linesOf, opensWithSentence } from './shape.ts'

/** Each may use those before it; the other direction goes through `events/`. */
const domains = [
  'people',
  'accounts',
  'media',
  'publishing',
  'listening',
  'inbox',
  'protocols',
  'programme',
  'insights',
  'advocacy',
  'tactics',
  'measurement',
]

/** What knows every domain: the process itself. */
const top = /^src\/(main|app|contract|routes|jobs|services)\.ts$|^src\/(commands|http)\//
const isTest = (path: string): boolean =>
  /\.test\.tsx?$|\.testing\.ts$|\/testing\/|\/double\/|\/test-[\w-]+\.ts$/.test(path)

const source = sourceFiles(['src'])
const product = source.filter((path) => !isTest(path))
const everywhere = sourceFiles(['src', 'test', 'bench', 'scripts']).filter(
  (path) => path !== 'src/db/schema.gen.ts' && !path.endsWith('.d.ts'),
)

interface Edge extends Import {
  from: string
}

const edges: Edge[] = product.flatMap((from) =>
  importsOf(from)
    .filter((each) => each.own)
    .map((each) => ({ from, ...each })),
)

const lines = (some: Edge[]): string[] => some.map(({ from, target }) => `${from} → ${target}`)
const first = (path: string): string => path.split('/')[1]!
const isUi = (path: string): boolean => /^src\/\w+\/ui\//.test(path)
const domainOf = (path: string): string | null =>
  path.startsWith('src/') && domains.includes(first(path)) ? first(path) : null

describe('imports', () => {
  test('lead to files that are there', () => {
    const known = new Set([...source, ...sourceFiles(['test', 'src'], /\.(css|json|svg|d\.ts)$/)])
    expect(lines(edges.filter(({ target }) => !known.has(target) && !target.startsWith('test/')))).toEqual([])
  })

  test('of the product never lead to tests', () => {
    expect(
      lines(edges.filter(({ target }) => target.startsWith('test/') || (target.startsWith('src/') && isTest(target)))),
    ).toEqual([])
  })

  test('of lib stay in lib', () => {
    expect(lines(edges.filter(({ from, target }) => first(from) === 'lib' && !target.startsWith('src/lib/')))).toEqual(
      [],
    )
  })

  test('of db stay in db, lib and the configuration', () => {
    const allowed = /^src\/(db|lib)\/|^src\/config\.ts$/
    expect(lines(edges.filter(({ from, target }) => first(from) === 'db' && !allowed.test(target)))).toEqual([])
  })

  test('of a connector stay in its folder, the shared files of connectors, and lib', () => {
    const wrong = edges.filter(({ from, target }) => {
      if (first(from) !== 'connectors' || target.startsWith('src/lib/')) return false
      if (/^src\/connectors\/[\w-]+\.ts$/.test(target)) return target.endsWith('/registry.ts')
      if (from === 'src/connectors/registry.ts') return !/^src\/connectors\/[\w-]+\/index\.ts$/.test(target)
      return !target.startsWith(`${from.split('/').slice(0, 3).join('/')}/`)
    })
    expect(lines(wrong)).toEqual([])
  })

  test('from outside reach a connector through the registry alone', () => {
    const deep = edges.filter(
      ({ from, target }) => first(from) !== 'connectors' && /^src\/connectors\/[\w-]+\//.test(target),
    )
    // A command that runs the practice network is its only other user.
    expect(lines(deep.filter(({ from }) => from !== 'src/commands/practice.ts'))).toEqual([])
  })

  test('between domains go from later to earlier', () => {
    const wrong = edges.filter(({ from, target }) => {
      const [a, b] = [domainOf(from), domainOf(target)]
      return a !== null && b !== null && domains.indexOf(b) > domains.indexOf(a)
    })
    expect(lines(wrong)).toEqual([])
  })

  test('never open the store of another domain', () => {
    const wrong = edges.filter(
      ({ from, target }) => /^src\/\w+\/store(-[\w-]+)?\.ts$/.test(target) && first(from) !== first(target),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('of events know people, and no other domain', () => {
    const allowed =
      /^src\/(events|db|lib|kit)\/|^src\/people\/(types|names|directory|serve|permissions|walls)\.ts$|^src\/services\.ts$/
    expect(lines(edges.filter(({ from, target }) => first(from) === 'events' && !allowed.test(target)))).toEqual([])
  })

  test('of domains take from the top nothing but types', () => {
    const wrong = edges.filter(
      ({ from, target, typeOnly }) =>
        (domainOf(from) ?? first(from)) &&
        !top.test(from) &&
        top.test(target) &&
        !typeOnly &&
        !from.startsWith('src/shell/'),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('of pages take types, rules and shared text of connectors, kit and other pages: no server code', () => {
    const pure =
      /\/(types|rules|permissions|contract|times|numbers-rules)\.ts$|^src\/connectors\/(contract|converse|text|check|check-run|check-media|markdown|article)\.ts$|^src\/programme\/load\//
    const wrong = edges.filter(
      ({ from, target, typeOnly }) =>
        (isUi(from) || /^src\/(kit|shell)\//.test(from)) &&
        !isUi(target) &&
        !/^src\/(kit|shell)\//.test(target) &&
        !typeOnly &&
        !pure.test(target),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('of the load of a programme stay pure: pages count with it too', () => {
    const allowed =
      /^src\/programme\/load\/|^src\/lib\/(days|zone-offsets)\.ts$|^src\/lib\/stats\/|\/(rules|times)\.ts$/
    const wrong = product
      .filter((path) => path.startsWith('src/programme/load/'))
      .flatMap((from) => importsOf(from).map(({ target, typeOnly }) => ({ from, target, typeOnly })))
      .filter(({ target, typeOnly }) => !typeOnly && !allowed.test(target))
    expect(wrong.map(({ from, target }) => `${from} → ${target}`)).toEqual([])
  })

  test('of the kit know no page', () => {
    expect(
      lines(edges.filter(({ from, target }) => first(from) === 'kit' && (isUi(target) || first(target) === 'shell'))),
    ).toEqual([])
  })
})

interface Exception {
  lines?: number
  reason: string
}

interface Budgets {
  files: Record<string, Exception>
  functions: Record<string, Exception>
  any: Record<string, Exception>
}

describe('budgets', () => {
  const exceptions = JSON.parse(readFileSync(join(root, 'test/budgets.json'), 'utf8')) as Budgets
  const limitOf = (kind: 'files' | 'functions', name: string, usual: number): number =>
    exceptions[kind][name]?.lines ?? usual

  test('a file has at most 300 lines', () => {
    const files = [...everywhere, ...sourceFiles(['src'], /\.(css|sql)$/)]
    const long = files.filter((path) => linesOf(path) > limitOf('files', path, 300))
    expect(long.map((path) => `${path}: ${linesOf(path)}`)).toEqual([])
  })

  test('a function has at most 60 lines, a component 120', () => {
    const long = everywhere
      .filter((path) => !isTest(path))
      .flatMap((path) => functionsOf(path).map((each) => ({ ...each, id: `${path} ${each.name}` })))
      .filter(({ id, lines: length, component }) => length > limitOf('functions', id, component ? 120 : 60))
    expect(long.map(({ id, lines: length }) => `${id}: ${length}`)).toEqual([])
  })

  test('every exception is needed and has a reason', () => {
    const all = [
      ...Object.entries(exceptions.files),
      ...Object.entries(exceptions.functions),
      ...Object.entries(exceptions.any),
    ]
    expect(all.filter(([, { reason }]) => reason.length < 20).map(([name]) => name)).toEqual([])
    const idle = Object.keys(exceptions.files).filter((path) => linesOf(path) <= 300)
    expect(idle).toEqual([])
  })

  test('nothing is of type any', () => {
    const found = everywhere
      .filter((path) => !exceptions.any[path])
      .flatMap((path) => anysOf(path).map((line) => `${path}:${line}`))
    expect(found).toEqual([])
  })
})

describe('words', () => {
  test('no default exports, except where a tool demands one', () => {
    expect(everywhere.filter((path) => hasDefaultExport(path))).toEqual([])
  })

  test('every file opens with a sentence that says what it is for', () => {
    const files = [...everywhere, ...sourceFiles(['src'], /\.(css|sql)$/)]
    expect(files.filter((path) => !opensWithSentence(path))).toEqual([])
  })

  test('no name of a network outside of connectors', () => {
    const names =
      /\b(bluesky|bsky|atproto|mastodon|fediverse|wordpress|ghost|linkedin|facebook|instagram|youtube|flickr|twitter|tiktok|pinterest)\b/i
    const outside = [...product, ...sourceFiles(['src'], /\.(css|sql|html)$/)].filter(
      (path) => first(path) !== 'connectors',
    )
    const found = outside.flatMap((path) =>
      readSource(path)
        .split('\n')
        .flatMap((line, index) => (names.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    )
    expect(found).toEqual([])
  })

  test('no import from a folder of vague names', () => {
    const vague = /\b(helpers?|utils?|managers?|misc|common)\b/
    expect(everywhere.filter((path) => vague.test(path))).toEqual([])
  })
})

describe('migrations', () => {
  const files = sourceFiles(['src/db/migrations'], /\.sql$/)
  const text = files.map(readSource).join('\n')

  test('are numbered without a gap', () => {
    const numbers = files.map((path) => Number(/\/(\d{4})-[a-z0-9-]+\.sql$/.exec(path)?.[1]))
    expect(numbers).toEqual(files.map((_, index) => index + 1))
  })

  test('protect every table that belongs to an organisation', () => {
    const tables = [...text.matchAll(/^create table (\w+) \(([\s\S]*?)^\);/gm)]
      .filter((match) => /^\s+org_id\b/m.test(match[2]!))
      .map((match) => match[1]!)
    const named = [...text.matchAll(/select protect\(t::regclass\) from unnest\(array\[([\s\S]*?)\]\)/g)].flatMap(
      (match) => [...match[1]!.matchAll(/'(\w+)'/g)].map((name) => name[1]!),
    )
    expect(tables.length).toBeGreaterThan(20)
    expect(tables.filter((table) => !named.includes(table))).toEqual([])
  })

  test('count nothing by sequences: a restored row brings its own key', () => {
    expect(text.match(/\b(small|big)?serial\b|\bcreate sequence\b|\bas identity\b/gi)).toBeNull()
  })
})
