// Holds both directions of an exchange to the community's OpenAPI description of the Mastodon API.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ValidateFunction } from 'ajv'
import type { Params } from './exchange.ts'

const fileName = 'mastodon-openapi.json'
const besideCheckout = join('shared', 'data', 'specs')

/**
 * The description is not ours to pass on, and no package has it: https://github.com/abraham/mastodon-openapi makes it. Looked for
 * in the folder that LONGRUN_TEST_SPECS names, else in `shared/data/specs` beside the checkout or further up. null: not there.
 */
export function findDescription(named = process.env.LONGRUN_TEST_SPECS, start = import.meta.dirname): string | null {
  for (const folder of named ? [named] : upwards(start).map((each) => join(each, besideCheckout))) {
    const file = join(folder, fileName)
    if (existsSync(file)) return file
  }
  return null
}

function upwards(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}

/** For the end of a test run: what was left out, and what to do about it. null: nothing was. */
export function leftOutWithoutDescription(): string | null {
  if (findDescription()) return null
  const { LONGRUN_TEST_SPECS: named } = process.env
  const where = named
    ? `in ${named}, which LONGRUN_TEST_SPECS names`
    : `in ${besideCheckout} beside the checkout or further up`
  const remedy = named ? '' : '; LONGRUN_TEST_SPECS may name a folder that has it'
  return `the double of Mastodon is not held to the OpenAPI description: there is no ${fileName} ${where}${remedy}`
}

export interface Observed {
  method: string
  path: string
  query: Params
  /** null: no body. */
  body: Params | null
  status: number
  /** undefined: not JSON. */
  answer: unknown
}

/** Returns one sentence per departure from the description. */
export type Judge = (observed: Observed) => string[]

interface Schema {
  [key: string]: unknown
  properties?: Record<string, Schema>
}
interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
  requestBody?: { required?: boolean; content?: Record<string, { schema?: Schema }> }
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
}
interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const judges = new Map<string, Promise<Judge>>()

/** The description is large, so it is read once for all doubles of a process. */
export function judgeBy(file: string): Promise<Judge> {
  const known = judges.get(file) ?? createJudge(JSON.parse(readFileSync(file, 'utf8')) as Description)
  judges.set(file, known)
  return known
}

async function createJudge(description: Description): Promise<Judge> {
  const compile = await compiler(description)
  const routes = Object.entries(description.paths)
    .map(([template, operations]) => ({ template, operations, pattern: patternOf(template) }))
    .sort((a, b) => parametersIn(a.template) - parametersIn(b.template))
  return (observed) => {
    const method = observed.method.toLowerCase()
    const route = routes.find(({ pattern, operations }) => pattern.test(observed.path) && operations[method])
    const operation = route?.operations[method]
    if (!route || !operation)
      return outside(observed.path) ? [] : [`${observed.method} ${observed.path}: not described`]
    const name = `${observed.method} ${route.template}`
    return [
      // A refused request may well be wrong: that is why it was refused.
      ...(observed.status < 400 ? judgeQuery(operation, observed, name) : []),
      ...(observed.status < 400 ? judgeBody(operation, observed, { name, compile }) : []),
      ...judgeAnswer(operation, observed, { name, compile }),
    ]
  }
}

const patternOf = (template: string) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`)
const parametersIn = (template: string) => template.split('{').length

/** Pages and files of the server that are no part of the described API. */
const outside = (path: string) =>
  /^\/(media\/|nodeinfo\/|\.well-known\/(nodeinfo|webfinger)$|oauth\/authorize$|avatars\/|headers\/|favicon\.ico$|@)/.test(
    path,
  )

// ── The request ─────────────────────────────────────────────────────────────────────────────────────────────────────

function judgeQuery(operation: Operation, { query }: Observed, name: string): string[] {
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const unknown = Object.keys(query).filter((key) => !known.some((parameter) => parameter.name === key))
  return [
    ...unknown.map((key) => `${name}: query parameter ${key} is not described`),
    ...known
      .filter((parameter) => parameter.required && query[parameter.name] === undefined)
      .map((parameter) => `${name}: query parameter ${parameter.name} is missing`),
    ...known
      .filter((parameter) => query[parameter.name] !== undefined && !fits(query[parameter.name], parameter.schema))
      .map((parameter) => `${name}: query parameter ${parameter.name} is no ${String(parameter.schema?.type)}`),
  ]
}

function fits(value: unknown, schema: Schema | undefined): boolean {
  if (schema?.type === 'array') return Array.isArray(value)
  if (typeof value !== 'string') return false
  if (schema?.type === 'integer') return /^-?\d+$/.test(value)
  return schema?.type !== 'boolean' || /^(true|false|1|0)$/.test(value)
}

interface Rule {
  name: string
  compile(schema: Schema): ValidateFunction
}

function judgeBody(operation: Operation, observed: Observed, { name, compile }: Rule): string[] {
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  if (!schema) return observed.body && Object.keys(observed.body).length > 0 ? [`${name}: a body is not described`] : []
  const body = observed.body ? asDescribed(observed.path, observed.body) : null
  if (body === null) return observed.body || !operation.requestBody?.required ? [] : [`${name}: the body is missing`]
  return complaints(compile(schema), body, `${name}: body`)
}

/** Where the description is narrower than the documentation, the documentation holds. */
function asDescribed(path: string, body: Params): Params | null {
  // One address as text is as good as a list.
  if (path === '/api/v1/apps' && typeof body.redirect_uris === 'string')
    return { ...body, redirect_uris: [body.redirect_uris] }
  // Only the grant for a code is described.
  if (path === '/oauth/token' && body.grant_type !== 'authorization_code') return null
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, value instanceof File ? value.name : value]),
  )
}

// ── The answer ──────────────────────────────────────────────────────────────────────────────────────────────────────

function judgeAnswer(operation: Operation, { status, answer }: Observed, { name, compile }: Rule): string[] {
  if (status >= 400) {
    return complaints(compile({ $ref: '#/components/schemas/Error' }), answer, `${name}: answer ${status}`)
  }
  if (status >= 300) return []
  const described = operation.responses[status]
  if (!described) return [`${name}: answer ${status} is not described`]
  const schema = described.content?.['application/json']?.schema
  return schema ? complaints(compile(schema), answer, `${name}: answer ${status}`) : []
}

function complaints(validate: ValidateFunction, value: unknown, where: string): string[] {
  if (validate(value)) return []
  const errors = validate.errors ?? []
  return [
    ...new Set(
      errors.map(({ instancePath, message, params }) => `${where}${instancePath} ${message} ${JSON.stringify(params)}`),
    ),
  ]
}

// ── The schemas ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Ajv is needed by tests alone, so it is loaded only where a description is. */
async function compiler({ components }: Description): Promise<Rule['compile']> {
  const { Ajv2020 } = await import('ajv/dist/2020.js')
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const isDate = (value: string) => !Number.isNaN(Date.parse(value))
  ajv.addFormat('uri', (value: string) => URL.canParse(value))
  ajv.addFormat('date-time', (value: string) => /^\d{4}-\d\d-\d\dT/.test(value) && isDate(value))
  ajv.addFormat('date', (value: string) => /^\d{4}-\d\d-\d\d$/.test(value) && isDate(value))
  ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/)
  ajv.addFormat('iso-639-1', /^[a-z]{2,3}(-[A-Za-z]+)?$/)
  for (const format of ['binary', 'scopes']) ajv.addFormat(format, true)
  ajv.addSchema({ $id: 'mastodon', components: adapt(components, false) })
  const compiled = new Map<Schema, ValidateFunction>()
  return (schema) => {
    const known = compiled.get(schema) ?? ajv.compile(adapt(schema, true) as Schema)
    compiled.set(schema, known)
    return known
  }
}

/** Properties that servers add to an entity beyond the description. RFC 6749 has both. */
const additions: Record<string, string[]> = { access_token: ['expires_in', 'refresh_token'] }

/**
 * The description says "exactly one of" where the kinds overlap (a post with text and media is two of the three kinds of
 * body), so it is read as "any of". An object may have no property that is not described, or a misspelt one would pass;
 * parts of a composition are closed as a whole.
 */
function adapt(value: unknown, inComposition: boolean, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => adapt(item, inComposition, key))
  if (value === null || typeof value !== 'object') {
    return key === '$ref' && typeof value === 'string' ? value.replace(/^#/, 'mastodon#') : value
  }
  const entries = Object.entries(value).filter(([name]) => !ignored.has(name) || key === 'properties')
  const adapted = Object.fromEntries(
    entries.map(([name, inner]) => [
      name === 'oneOf' && key !== 'properties' ? 'anyOf' : name,
      adapt(inner, name === 'allOf', name),
    ]),
  )
  return closed(adapted, inComposition, key)
}

const ignored = new Set(['description', 'example', 'examples', 'externalDocs', 'links'])
const composed = new Set(['BaseStatus'])

function closed(schema: Record<string, unknown>, inComposition: boolean, key: string): Record<string, unknown> {
  if (key === 'properties' || composed.has(key)) return schema
  if (schema.allOf) return { ...schema, unevaluatedProperties: false }
  if (inComposition || schema.type !== 'object' || !schema.properties || schema.additionalProperties !== undefined)
    return schema
  const properties = schema.properties as Record<string, unknown>
  const extra = Object.entries(additions).flatMap(([name, names]) => (name in properties ? names : []))
  const added = Object.fromEntries(extra.map((name) => [name, {}]))
  return { ...schema, properties: { ...properties, ...added }, additionalProperties: false }
}
