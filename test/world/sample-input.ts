// Inputs made from the contract itself: the valid shape of a route's input, with random ids.

import type { AnyContractProcedure } from '@orpc/contract'
import fc from 'fast-check'
import { z } from 'zod'
import { newId } from '../../src/lib/ids.ts'

interface JsonSchema {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  enum?: unknown[]
  /** Of what only a rule over several fields describes. */
  examples?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  format?: string
  pattern?: string
  default?: unknown
  minimum?: number
  exclusiveMinimum?: number
  minLength?: number
  minItems?: number
  file?: true
}

/** How many times the request holds so far. */
let times = 0

/** A request that the route's schema accepts (as far as JSON Schema can say it), for one organisation. */
export function sampleRequest(procedure: AnyContractProcedure, org: string): { path: string; body: unknown } {
  const { route, inputSchema } = procedure['~orpc']
  times = 0
  const shape = inputSchema ? sample(jsonSchemaOf(inputSchema as z.ZodType)) : {}
  const input: Record<string, unknown> = { ...(shape as Record<string, unknown>), org }
  const names = [...route.path!.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)
  const path = names.reduce(
    (text, name) => text.replace(`{${name}}`, encodeURIComponent(String(input[name]))),
    route.path!,
  )
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name) && name !== 'org'))
  if (route.method === 'GET')
    return { path: `${path}?${new URLSearchParams(rest as Record<string, string>)}`, body: undefined }
  return { path, body: Object.values(rest).some(isFile) ? asForm(rest) : rest }
}

const isFile = (value: unknown): value is File => value instanceof File

function asForm(fields: Record<string, unknown>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, isFile(value) ? value : String(value))
  return form
}

/** Walks ask for the same shape a dozen times, and telling it takes longer than the request. */
const shapes = new WeakMap<z.ZodType, JsonSchema>()

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = shapes.get(schema)
  if (known) return known
  const shape = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'file') Object.assign(jsonSchema, { file: true })
    },
  }) as JsonSchema
  shapes.set(schema, shape)
  return shape
}

function sample(given: JsonSchema): unknown {
  const schema = { ...given, type: Array.isArray(given.type) ? given.type[0] : given.type }
  if (schema.file) return new File([new Uint8Array([1, 2, 3])], 'three-bytes.png', { type: 'image/png' })
  if (schema.const !== undefined) return schema.const
  if (schema.examples) return schema.examples[0]
  if (schema.enum) return schema.enum[0]
  const choice = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.[0]
  if (choice) return sample(choice)
  if (schema.type === 'object' || schema.properties) return sampleObject(schema)
  if (schema.type === 'array')
    return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sample(schema.items ?? {}))
  if (schema.type === 'integer' || schema.type === 'number')
    return schema.minimum !== undefined && schema.minimum > -1e9 ? schema.minimum : 1
  if (schema.type === 'boolean') return true
  if (schema.type === 'null') return null
  return sampleText(schema)
}

const sampleObject = ({ properties = {} }: JsonSchema): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [
      name,
      /^(timeZone|zone)$/.test(name) ? 'Europe/Berlin' : sample(inner),
    ]),
  )

function sampleText({ format, pattern, minLength = 1 }: JsonSchema): string {
  if (format === 'uuid') return newId()
  if (format === 'email') return `${newId()}@example.org`
  if (format === 'uri') return 'http://127.0.0.1:9/'
  // Each later than the one before it: a span that has no length is refused.
  if (format === 'date-time') return new Date(Date.now() + 3_600_000 + 60_000 * times++).toISOString()
  if (pattern) return fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 1, seed: 1 })[0]!
  return 'x'.repeat(Math.max(minLength, 1))
}
