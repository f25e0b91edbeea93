// The OpenAPI document, made from the contract.

import type { AnyContractRouter } from '@orpc/contract'
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi'
import { traverseContractProcedures } from '@orpc/server'
import { JSON_SCHEMA_REGISTRY, ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { apiPath } from '../contract.ts'
import { manyInstants, type RouteMeta, wholeNumbers } from '../lib/route.ts'

// What their checks do not say by themselves.
JSON_SCHEMA_REGISTRY.add(wholeNumbers, { type: 'array', items: { type: 'integer' } })
JSON_SCHEMA_REGISTRY.add(manyInstants, { type: 'array', items: { type: 'string', format: 'date-time' } })

const idempotencyKey: OpenAPI.ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Any text of your own. A repeated write with the same key and body gets the first answer again, for a day.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const signedIn: OpenAPI.SecurityRequirementObject[] = [{ bearer: [] }, { session: [] }]

export async function describeApi(
  contract: AnyContractRouter,
  { version, cookieName }: { version: string; cookieName: string },
): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: {
      title: 'Longrun',
      version,
      description: 'Everything that the web app does, it does by these routes.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: apiPath }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API token (`lr_…`) or the token of a session.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: cookieName,
          description: 'The cookie of a person who signed in. Writes with it must come from Longrun’s own pages.',
        },
      },
    },
  })
  for (const { method, path, name, verb } of routesOf(contract)) describeRoute(document, { method, path, name, verb })
  return document
}

interface RouteFacts {
  method: string
  path: string
  name: string
  verb: string
}

export function routesOf(contract: AnyContractRouter): RouteFacts[] {
  const found: RouteFacts[] = []
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
    const { route, meta } = procedure['~orpc']
    found.push({
      method: route.method ?? 'POST',
      path: route.path!,
      name: path.join('.'),
      verb: (meta as RouteMeta).verb,
    })
  })
  return found
}

function describeRoute(document: OpenAPI.Document, { method, path, name, verb }: RouteFacts): void {
  const operation = document.paths?.[path]?.[method.toLowerCase() as 'get']
  if (!operation) throw new Error(`The OpenAPI document lacks ${name}.`)
  operation.tags = [name.split('.')[0]!]
  operation.security = verb === 'public' ? [] : signedIn
  if (verb !== 'public' && method !== 'GET') operation.parameters = [...(operation.parameters ?? []), idempotencyKey]
  if (verb !== 'public' && verb !== 'signed-in') operation.description = `Needs the right \`${verb}\`.`
}
