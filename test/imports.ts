// Which file imports which, read from the parsed source: for the rules of the architecture and for choosing tests.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'vite'

export const root = join(import.meta.dirname, '..')

/** Every file below these folders whose name fits, as a path from the root. */
export function sourceFiles(folders: string[], names = /\.tsx?$/): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => names.test(path) && statSync(join(root, path)).isFile())
    .sort()
}

export const readSource = (path: string): string => readFileSync(join(root, path), 'utf8')

type Parsed = ReturnType<typeof parseSync>
const parsed = new Map<string, Parsed>()

export function parse(path: string): Parsed {
  const known = parsed.get(path) ?? parseSync(path, readSource(path))
  if (known.errors.length > 0) throw new Error(`${path}: ${known.errors[0]!.message}`)
  parsed.set(path, known)
  return known
}

export interface Import {
  /** Path from the root for our own files; the name as written for packages. */
  target: string
  own: boolean
  /** Nothing of it is left when the program runs. */
  typeOnly: boolean
}

export function importsOf(path: string): Import[] {
  const { module } = parse(path)
  const found = (name: string, typeOnly: boolean): Import => {
    const own = name.startsWith('.')
    return { target: own ? relative(root, join(root, dirname(path), name)) : name, own, typeOnly }
  }
  const text = readSource(path)
  return [
    ...module.staticImports.map(({ moduleRequest, entries }) =>
      found(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType)),
    ),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.moduleRequest ? [found(entry.moduleRequest.value, entry.isType)] : [])),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^['"](.*)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
      return literal ? [found(literal[1]!, false)] : []
    }),
  ]
}

/** Whether a file reaches another one, or one of a folder (`test/servers/`), by imports, however long the way. */
export function reaches(path: string, target: string, seen = new Set<string>()): boolean {
  if (target.endsWith('/') ? path.startsWith(target) : path === target) return true
  if (seen.has(path) || !existsSync(join(root, path)) || !/\.tsx?$/.test(path)) return false
  seen.add(path)
  return importsOf(path).some((each) => each.own && !each.typeOnly && reaches(each.target, target, seen))
}
