// Turns the form into a query, and a query back into the form where it says no more than the form can.

import { parseQuery } from '../parse.ts'
import { printField, printQuery, printTerm } from '../print.ts'
import type { Field, Near, Query, QueryReading, Term } from '../types.ts'
import { emptyForm, type TopicForm } from './types.ts'

/** The query of a form, read: what cannot be a query is refused as any other. */
export const readForm = (form: TopicForm): QueryReading => parseQuery(formText(form))

/** What the form says in the language of topics. */
export function formText(form: TopicForm): string {
  const [any, all] = form.any.length > 0 ? [form.any, form.all] : [form.all.slice(0, 1), form.all.slice(1)]
  return [
    form.within !== null && form.context.length > 0 && any.length > 0
      ? nearText(any, form.context, form.within)
      : [group(any), group(form.context)].filter(Boolean).join(' '),
    ...all.map(itemText),
    group(form.languages.map((language) => `lang:${language}`)),
    group(form.sources.map((source) => `source:${source}`)),
    group(form.has.map((medium) => `has:${medium}`)),
    form.none.length > 0 && `NOT (${form.none.map(itemText).join(' OR ')})`,
    !form.reposts && 'NOT kind:repost',
  ]
    .filter(Boolean)
    .join(' ')
}

const group = (items: string[]): string => (items.length === 0 ? '' : `(${items.map(itemText).join(' OR ')})`)

/** Names are near; addresses and authors are no words that could be. */
function nearText(any: string[], context: string[], within: number): string {
  const near = any.filter((item) => !isField(item))
  const apart = any.filter(isField)
  if (near.length === 0) return `${group(any)} ${group(context)}`
  const text = `(${near.map(itemText).join(' OR ')}) NEAR/${within} (${context.map(itemText).join(' OR ')})`
  return apart.length === 0 ? text : `(${[text, ...apart.map(itemText)].join(' OR ')})`
}

const isField = (item: string): boolean => {
  const reading = parseQuery(itemText(item))
  return reading.ok && reading.query.type === 'field'
}

/** One item as the language writes it: several words become a phrase, an address a link. */
export function itemText(item: string): string {
  const text = item.trim()
  if (/^(?:lang|source|has):/u.test(text)) return text
  if (/^(?:(?:=|case:|accents:)\S|(?:author|link|place):)/u.test(text)) return text
  if (/^["“”]/u.test(text)) return `"${text.replace(/["“”„«»‟＂]/gu, '')}"`
  if (/^(?:https?:\/\/)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?:\/\S*)?$/u.test(text)) return `link:${text}`
  return /[\s()"“”„«»‟＂:&/+-]|^(?:AND|OR|NOT|NEAR)/u.test(text) ? `"${text.replace(/["“”„«»‟＂]/gu, ' ')}"` : text
}

/** The form that says the same; null where the query says more than a form can. */
export function formOf(query: Query): TopicForm | null {
  const form = emptyForm()
  for (const part of query.type === 'and' ? query.of : [query]) if (!takePart(form, part)) return null
  const again = readForm(form)
  return again.ok && printQuery(again.query) === printQuery(query) ? form : null
}

function takePart(form: TopicForm, part: Query): boolean {
  if (part.type === 'not') return takeNot(form, part.of)
  if (part.type === 'near') return form.any.length === 0 && takeNear(form, part, [])
  if (part.type === 'or' && part.of[0]?.type === 'near') {
    const [near, ...rest] = part.of
    return form.any.length === 0 && rest.every(isSimple) && takeNear(form, near as Near, rest)
  }
  const simple = part.type === 'or' ? part.of : [part]
  if (!simple.every(isSimple)) return false
  if (takeField(form, simple)) return true
  if (form.any.length === 0) form.any = simple.map(itemOf)
  else if (simple.length === 1) form.all.push(itemOf(simple[0]!))
  else if (form.context.length === 0) form.context = simple.map(itemOf)
  else return false
  return true
}

const isSimple = (query: Query): query is Term | Field => query.type === 'term' || query.type === 'field'

function takeNot(form: TopicForm, of: Query): boolean {
  if (of.type === 'field' && of.field === 'kind' && of.value === 'repost') {
    form.reposts = false
    return true
  }
  const simple = of.type === 'or' ? of.of : [of]
  if (form.none.length > 0 || !simple.every(isSimple)) return false
  form.none = simple.map(itemOf)
  return true
}

function takeNear(form: TopicForm, near: Near, rest: (Term | Field)[]): boolean {
  form.any = [...near.left, ...rest].map(itemOf)
  form.context = near.right.map(itemOf)
  form.within = near.within
  return true
}

/** Languages, sources and media have places of their own. */
function takeField(form: TopicForm, simple: (Term | Field)[]): boolean {
  const [first] = simple
  if (first?.type !== 'field' || !simple.every((each) => each.type === 'field' && each.field === first.field))
    return false
  const values = simple.map((each) => (each as Field).value)
  if (first.field === 'lang') form.languages = values
  else if (first.field === 'source') form.sources = values
  else if (first.field === 'has') form.has = values as TopicForm['has']
  else return false
  return true
}

/** A term as people write it into the form: without quotes where they are not needed. */
function itemOf(each: Term | Field): string {
  if (each.type === 'field')
    return each.field === 'link' && itemText(each.value) === printField(each) ? each.value : printField(each)
  const text = printTerm(each)
  const bare = text.replace(/^"(.*)"$/u, '$1')
  return itemText(bare) === text ? bare : text
}
