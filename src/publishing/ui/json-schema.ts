// The part of JSON Schema in which networks describe their settings, read leniently: what is not understood is not shown.

export interface SettingSchema {
  type?: string
  title?: string
  description?: string
  enum?: string[]
  default?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  maxLength?: number
  maxItems?: number
  items?: SettingSchema
  properties?: Record<string, SettingSchema>
  required?: string[]
  anyOf?: SettingSchema[]
}

/** `contentWarning` → “Content warning”. */
export function labelOf(name: string, schema: SettingSchema): string {
  if (schema.title) return schema.title
  const words = name
    .replaceAll(/[-_]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value that may be absent is described by its other form. */
export function plainSchema(schema: SettingSchema): SettingSchema {
  const other = schema.anyOf?.find((each) => each.type !== 'null')
  return other
    ? {
        ...other,
        title: schema.title ?? other.title,
        description: schema.description ?? other.description,
        default: schema.default,
      }
    : schema
}

/** The first values of a group that a person has just switched on. */
export function initialOf(schema: SettingSchema): unknown {
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'boolean') return false
  if (schema.type === 'array') return []
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0
  if (schema.type === 'object')
    return Object.fromEntries((schema.required ?? []).map((name) => [name, initialOf(schema.properties?.[name] ?? {})]))
  return ''
}
