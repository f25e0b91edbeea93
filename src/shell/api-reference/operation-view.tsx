// One operation of the API: closed it says what it does, open it shows input, answer and an example for the shell.

import { Code, Text } from '@mantine/core'
import { useState } from 'react'
import { boundWords, type OpenApi, type Operation, propertiesOf, resolve, type Schema, typeWords } from './openapi.ts'

export function OperationView({ document, operation }: { document: OpenApi; operation: Operation }) {
  const [open, setOpen] = useState(false)
  const { method, path, summary, description, parameters, body, answer } = operation
  return (
    <details className="api-operation" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="api-method" data-method={method}>
          {method}
        </span>
        <code className="api-path">{path}</code>
        <span className="api-summary">{summary}</span>
      </summary>
      {open && (
        <div className="api-body">
          {description && <Text size="sm">{description}</Text>}
          {parameters.length > 0 && (
            <Part
              title="Parameters"
              rows={parameters.map((one) => ({ ...one, where: one.in, schema: one.schema ?? {} }))}
              document={document}
            />
          )}
          {body && <Part title={`Body (${body.type})`} rows={rowsOf(document, body.schema)} document={document} />}
          {answer?.schema && (
            <Part
              title={`Answer ${answer.status}`}
              rows={rowsOf(document, answer.schema)}
              document={document}
              note={typeWords(document, answer.schema)}
            />
          )}
          <Code block>{exampleOf(operation)}</Code>
        </div>
      )}
    </details>
  )
}

interface Row {
  name: string
  where?: string
  required?: boolean
  description?: string
  schema: Schema
  depth?: number
}

/** Objects within objects are shown two levels deep; what is deeper is named by its type. */
function rowsOf(document: OpenApi, schema: Schema, depth = 0): Row[] {
  const found = propertiesOf(document, schema)
  return (found?.properties ?? []).flatMap(([name, property]) => [
    {
      name,
      schema: property,
      depth,
      required: found?.schema.required?.includes(name),
      description: property.description,
    },
    ...(depth < 1 ? rowsOf(document, property, depth + 1) : []),
  ])
}

function Part({ title, rows, document, note }: { title: string; rows: Row[]; document: OpenApi; note?: string }) {
  return (
    <div>
      <h3 className="api-part">
        {title} {note && rows.length === 0 && <span className="lr-dimmed">{note}</span>}
      </h3>
      {rows.length > 0 && (
        <dl className="api-rows">
          {rows.map((row, index) => (
            <div key={`${index} ${row.name}`} data-depth={row.depth}>
              <dt>
                <code>{row.name}</code>
                {row.required && <span className="lr-dimmed"> needed</span>}
              </dt>
              <dd>
                {typeWords(document, row.schema)}
                <span className="lr-dimmed">
                  {[row.where, boundWords(resolve(document, row.schema)), row.description]
                    .filter(Boolean)
                    .map((part) => ` · ${part}`)}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function exampleOf({ method, path, body }: Operation): string {
  const lines = [
    `curl -X ${method} '${window.location.origin}/api/v1${path}'`,
    `-H "Authorization: Bearer $LONGRUN_TOKEN"`,
  ]
  if (body?.type === 'application/json') lines.push(`-H 'Content-Type: application/json'`, `-d '{ … }'`)
  if (body?.type === 'multipart/form-data') lines.push('-F file=@picture.jpg')
  return lines.join(' \\\n  ')
}
