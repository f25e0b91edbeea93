// The parts of WordPress' answers that we read, and what we keep about a site.

import { z } from 'zod'

export const rootSchema = z.object({
  name: z.string().catch(''),
  url: z.string().catch(''),
  home: z.string().catch(''),
  namespaces: z.array(z.string()),
  /** An empty list where no method is on, because PHP has one word for both. */
  authentication: z.record(z.string(), z.unknown()).catch({}),
  site_icon_url: z.string().catch(''),
})

export const userSchema = z.object({
  id: z.number(),
  name: z.string(),
  slug: z.string(),
  username: z.string().optional(),
  capabilities: z.record(z.string(), z.unknown()).catch({}),
  avatar_urls: z.record(z.string(), z.string()).catch({}),
})

export const postSchema = z.object({ id: z.number(), status: z.string(), slug: z.string(), link: z.string() })
export const postFields = 'id,status,slug,link'
export type RemotePost = z.infer<typeof postSchema>

export const mediaSchema = z.object({
  id: z.number(),
  slug: z.string(),
  source_url: z.string(),
  alt_text: z.string().catch(''),
})
export const mediaFields = 'id,slug,source_url,alt_text'
export type RemoteMedia = z.infer<typeof mediaSchema>

export const termSchema = z.object({ id: z.number(), name: z.string() })
export const termFields = 'id,name'

const detailsSchema = z.record(z.string(), z.object({ code: z.string(), data: z.object({ status: z.number() }) }))
export type RemoteDetails = z.infer<typeof detailsSchema>

export const errorSchema = z.object({
  code: z.union([z.string(), z.number()]).transform(String),
  data: z
    .object({
      params: z.record(z.string(), z.unknown()).optional().catch(undefined),
      /** Why each parameter was refused. */
      details: detailsSchema.optional().catch(undefined),
    })
    .catch({}),
})

/** What Longrun stores about a site; `limits` reads it in the browser as well. */
export const instanceSchema = z.object({
  /** The REST root, with a trailing slash or as `…?rest_route=/`. */
  root: z.string(),
  /** Where WordPress itself lies, for links into its administration. */
  admin: z.string(),
  name: z.string(),
  version: z.string().nullable(),
  capabilities: z.array(z.string()),
  categories: z.array(z.object({ id: z.number(), name: z.string() })),
})
export type Instance = z.infer<typeof instanceSchema>

/** WordPress sends names as HTML text. */
export function plainText(html: string): string {
  return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi, (entity, decimal, hex, name) => {
    if (name) return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[String(name).toLowerCase()] ?? entity
    const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}
