// The shapes of links: the rules of an organisation, and what their templates may name.

import { z } from 'zod'

export const utmNames = ['source', 'medium', 'campaign', 'content', 'term'] as const
export type UtmName = (typeof utmNames)[number]

export const placeholders = ['network', 'account', 'campaign', 'post', 'variant'] as const
export type Placeholder = (typeof placeholders)[number]

const known = new RegExp(`\\{(?!(?:${placeholders.join('|')})\\})`)

const template = z
  .string()
  .trim()
  .max(200)
  .refine((text) => !known.test(text), `Braces hold one of ${placeholders.map((name) => `{${name}}`).join(', ')}`)
  .meta({ examples: ['{network}'] })

/** A domain covers what lies below it: `example.org` also `www.example.org`. */
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .refine(
    (name) => !/[/\s:@?#]/.test(name) && URL.canParse(`https://${name}/`),
    'A domain like example.org, without https://',
  )
  .meta({ examples: ['example.org'] })

export const linkRules = z.object({
  utm: z.boolean().describe('Whether links get UTM parameters'),
  source: template.describe('Template of utm_source; empty: left out'),
  medium: template,
  campaign: template,
  content: template,
  term: template,
  reach: z.enum(['except', 'only']).describe('All links except those to `domains`, or only those to them'),
  domains: z.array(domain).max(200),
  short: z.boolean().describe('Whether these links become short links'),
})
export type LinkRules = z.infer<typeof linkRules>

export const defaultRules: LinkRules = {
  utm: true,
  source: '{network}',
  medium: 'social',
  campaign: '{campaign}',
  content: '{variant}',
  term: '',
  reach: 'except',
  domains: [],
  short: false,
}

/** What stands for `{campaign}` where a post belongs to none. */
export const alwaysOn = 'always-on'
