// The parts of an OpenAPI document that the reference shows, and how they are read.

export interface Schema {
  type?: string | string[]
  format?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  additionalProperties?: boolean | Schema
  $ref?: string
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}

interface Content {
  content?: Record<string, { schema?: Schema }>
}

export interface Operation {
  method: string
  path: string
  summary: string
  description?: string
  tag: string
  parameters: Parameter[]
  body: { type: string; schema: Schema } | null
  answer: { status: string; schema: Schema | null } | null
}

type RawOperation = Omit<Operation, 'method' | 'path' | 'tag' | 'body' | 'answer' | 'parameters'> & {
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: Content
  responses?: Record<string, Content>
}

export interface OpenApi {
  info: { title: string; version: string; description?: string }
  servers?: { url: string }[]
  paths: Record<string, Record<string, RawOperation>>
  components?: { schemas?: Record<string, Schema> }
}

export const operationsOf = (document: OpenApi): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => {
      const good = Object.entries(raw.responses ?? {}).find(([status]) => status.startsWith('2'))
      return {
        method: method.toUpperCase(),
        path,
        summary: raw.summary ?? path,
        description: raw.description,
        tag: raw.tags?.[0] ?? 'other',
        parameters: raw.parameters ?? [],
        body: contentOf(raw.requestBody),
        answer: good ? { status: good[0], schema: contentOf(good[1])?.schema ?? null } : null,
      }
    }),
  )

function contentOf(part: Content | undefined): Operation['body'] {
  const first = Object.entries(part?.content ?? {})[0]
  return first?.[1].schema ? { type: first[0], schema: first[1].schema } : null
}

export function resolve(document: OpenApi, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return (name && document.components?.schemas?.[name]) || schema
}

/** “string (uuid), or null”. */
export function typeWords(document: OpenApi, given: Schema): string {
  const schema = resolve(document, given)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map((choice) => typeWords(document, choice)))].join(' or ')
  if (schema.type === 'array') return `list of ${schema.items ? typeWords(document, schema.items) : 'anything'}`
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything')
  return schema.format ? `${type} (${schema.format})` : type
}

/** The bounds of a value in words; empty where there are none. */
export function boundWords({
  minimum,
  maximum,
  minLength,
  maxLength,
  minItems,
  maxItems,
  default: preset,
}: Schema): string {
  const range = (low: number | undefined, high: number | undefined, unit: string) => {
    // Bounds of the number format itself say nothing.
    const top = high === undefined || high >= Number.MAX_SAFE_INTEGER ? undefined : high
    const bottom = low === undefined || low <= Number.MIN_SAFE_INTEGER ? undefined : low
    if (bottom === undefined && top === undefined) return []
    return [`${bottom ?? 0} to ${top?.toLocaleString('en') ?? 'any'}${unit}`]
  }
  return [
    ...range(minimum, maximum, ''),
    ...range(minLength, maxLength, ' characters'),
    ...range(minItems, maxItems, ' entries'),
    ...(preset === undefined ? [] : [`without it ${JSON.stringify(preset)}`]),
  ].join(', ')
}

/** The properties of an object, of a list of objects, or of the one object among choices. */
export function propertiesOf(
  document: OpenApi,
  given: Schema,
): { schema: Schema; properties: [string, Schema][] } | null {
  const schema = resolve(document, given)
  if (schema.properties) return { schema, properties: Object.entries(schema.properties) }
  if (schema.items) return propertiesOf(document, schema.items)
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [])
    .map((choice) => propertiesOf(document, choice))
    .filter((found) => found !== null)
  if (choices.length < 2) return choices[0] ?? null
  const merged = new Map(choices.flatMap((choice) => choice.properties))
  return { schema: {}, properties: [...merged] }
}
