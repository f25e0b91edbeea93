// Holds that every page looks the same whichever pages were opened before it: styles come with who needs them, and dress nobody else.

import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, readSource, sourceFiles } from './imports.ts'

const styles = sourceFiles(['src'], /\.css$/)
const components = sourceFiles(['src'], /(?<!\.test)\.tsx$/)
/** Loaded with the app itself, before any page. */
const always = ['src/shell/main.tsx', 'src/kit/styles.ts']

const rulesOf = (path: string): string[] =>
  [
    ...readSource(path)
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .matchAll(/([^{}]+)\{/g),
  ].map(([, selectors]) => selectors!)

const classesIn = (text: string): string[] => [...text.matchAll(/\.([a-z]{2}-[\w-]+)/g)].map(([, name]) => name!)

/** What a file brings along when it is loaded; parts that load later count too. */
function broughtBy(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  if (/\.tsx?$/.test(path))
    for (const { own, typeOnly, target } of importsOf(path)) if (own && !typeOnly) broughtBy(target, seen)
  return seen
}

test('a class belongs to one folder', () => {
  const folders = new Map<string, Set<string>>()
  for (const path of styles) {
    const bare = rulesOf(path).flatMap((selectors) =>
      selectors.split(',').flatMap((each) => /^\.([\w-]+)$/.exec(each.trim())?.[1] ?? []),
    )
    for (const name of bare) folders.set(name, (folders.get(name) ?? new Set()).add(dirname(path)))
  }
  const shared = [...folders].filter(([, some]) => some.size > 1)
  expect(shared.map(([name, some]) => `${name}: ${[...some].join(', ')}`)).toEqual([])
})

test('a page brings the styles of all its parts', () => {
  const known = new Set(styles.flatMap((path) => rulesOf(path).flatMap(classesIn)))
  const classesOf = (paths: Iterable<string>) =>
    [...paths].filter((path) => path.endsWith('.css')).flatMap((path) => rulesOf(path).flatMap(classesIn))
  const there = classesOf(always.flatMap((path) => importsOf(path).flatMap(({ own, target }) => (own ? target : []))))
  const pages = ['routes', 'listening-routes', 'inbox-routes', 'programme-routes']
    .flatMap((file) => importsOf(`src/shell/${file}.ts`))
    .filter(({ own, target }) => own && target.endsWith('-page.tsx'))
  const bare = new Set<string>()
  for (const { target: page } of pages) {
    const brought = broughtBy(page)
    const dressed = new Set([...there, ...classesOf(brought)])
    for (const path of brought) {
      if (!path.endsWith('.tsx')) continue
      for (const [, plain, made] of readSource(path).matchAll(/className=(?:"([^"]+)"|\{([^}]+)\})/g))
        for (const [name] of (plain ?? made)!.matchAll(/\b[a-z]{2}-[\w-]+/g))
          if (known.has(name) && !dressed.has(name)) bare.add(`${path}: ${name} on ${page}`)
    }
  }
  expect(pages.length).toBeGreaterThan(40)
  expect([...bare]).toEqual([])
})

test('whoever uses a component of the library brings its styles', () => {
  const folder = 'node_modules/@mantine/core/styles'
  const styled = new Set(sourceFiles([folder], /\.css$/).map((path) => path.slice(folder.length + 1, -'.css'.length)))
  const stylesIn = (text: string) => [...text.matchAll(/@mantine\/core\/styles\/(\w+)\.css/g)].map(([, name]) => name!)
  const there = new Set(stylesIn(readSource('src/kit/styles.ts')))
  const bare = components.flatMap((path) => {
    const text = readSource(path)
    const own = new Set(stylesIn(text))
    return [...text.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)]
      .flatMap(([, names]) => names!.split(',').map((name) => name.trim()))
      .filter((name) => styled.has(name) && !there.has(name) && !own.has(name))
      .map((name) => `${path}: ${name}`)
  })
  expect(styled.size).toBeGreaterThan(50)
  expect(bare).toEqual([])
})
