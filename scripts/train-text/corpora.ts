// Reads the labelled texts that the classifiers are trained on. The folder is beside the checkout, or where TEXT_DATA says.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanText } from '../../src/listening/text/clean.ts'

export const folder =
  process.env.TEXT_DATA ??
  ['../shared/data/text', '../../shared/data/text']
    .map((each) => join(import.meta.dirname, '../..', each))
    .find(existsSync) ??
  ''

export interface Row {
  text: string
  /** The columns before the text. */
  labels: string[]
}

/** A file of columns, the text last, with a line of names. */
export function rowsOf(path: string): Row[] {
  const lines = readFileSync(join(folder, path), 'utf8').split('\n').slice(1)
  return lines.flatMap((line) => {
    if (line === '') return []
    const parts = line.split('\t')
    return [{ text: cleanText(parts.at(-1)!), labels: parts.slice(0, -1) }]
  })
}

export const linesOf = (path: string): string[] => readFileSync(join(folder, path), 'utf8').split('\n').filter(Boolean)

export const languages = {
  ar: 'arabic',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  hi: 'hindi',
  it: 'italian',
  pt: 'portuguese',
} as const
export type Language = keyof typeof languages

/** Written as "the same" by people: without case, spaces and addresses. Guards against a text on both sides. */
export const sameness = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/https?:\S+|http\b|@\S+/g, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
