// The shape of a source file: its length, its functions, how it opens, and what in it is forbidden everywhere.

import { parse, readSource } from './imports.ts'

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

export interface FunctionShape {
  name: string
  lines: number
  component: boolean
}

export const linesOf = (path: string): number => readSource(path).replace(/\n$/, '').split('\n').length

/** Every function of a file by the name it is known under. A component is a function of a .tsx file with a capital. */
export function functionsOf(path: string): FunctionShape[] {
  const text = readSource(path)
  const found: FunctionShape[] = []
  const visit = (node: Node, known: string): void => {
    const name = nameOf(node) ?? known
    if (functionTypes.has(node.type)) {
      const lines = text.slice(node.start, node.end).split('\n').length
      found.push({ name, lines, component: path.endsWith('.tsx') && /^[A-Z]/.test(name) })
    }
    for (const child of childrenOf(node)) visit(child, name)
  }
  visit(parse(path).program as unknown as Node, 'the file')
  return found
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

function nameOf(node: Node): string | null {
  const holder = (node.id ?? node.key) as { name?: string } | null | undefined
  return holder?.name ?? null
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) =>
    (Array.isArray(value) ? value : [value]).filter(
      (each): each is Node => typeof each === 'object' && each !== null && typeof each.type === 'string',
    ),
  )
}

/** What is written as the type `any`, by line. */
export function anysOf(path: string): number[] {
  const text = readSource(path)
  const found: number[] = []
  const visit = (node: Node): void => {
    if (node.type === 'TSAnyKeyword') found.push(text.slice(0, node.start).split('\n').length)
    for (const child of childrenOf(node)) visit(child)
  }
  visit(parse(path).program as unknown as Node)
  return found
}

export const hasDefaultExport = (path: string): boolean =>
  parse(path).program.body.some((statement) => statement.type === 'ExportDefaultDeclaration') ||
  parse(path).module.staticExports.some(({ entries }) => entries.some((entry) => entry.exportName.kind === 'Default'))

/** Whether the file begins with a comment that says what it is for; what only speaks to a tool does not count. */
export function opensWithSentence(path: string): boolean {
  const [opening = ''] = /^(?:(?:\/\/|--) .*\n)+|^\/\*[\s\S]*?\*\//.exec(readSource(path)) ?? []
  return opening.length > 20 && /[A-Za-z]{3,} [a-zA-Z]/.test(opening) && !opening.includes('biome-ignore')
}
