// What a server says about itself: which software it runs and what it takes. Read on connect and daily, kept with the account.

import { z } from 'zod'
import type { AccountView, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { api, type Caller } from './wire.ts'

const number = z.number().int().nonnegative().nullable().catch(null)
const types = z.array(z.string()).nullable().catch(null)

/** null: the server did not say; `limits` then takes Mastodon's own value, the stricter one where versions differ. */
export const instanceSchema = z.object({
  /** As NodeInfo names it: mastodon, gotosocial, pleroma … null when it cannot be told. */
  software: z.string().nullable().catch(null),
  version: z.string().catch(''),
  domain: z.string().catch(''),
  maxCharacters: number,
  urlLength: number,
  maxMedia: number,
  mediaTypes: types,
  imageBytes: number,
  imagePixels: number,
  videoBytes: number,
  altMax: number,
  pollMaxOptions: number,
  pollMaxCharacters: number,
  pollMinSeconds: number,
  pollMaxSeconds: number,
})
export type Instance = z.infer<typeof instanceSchema>

export function instanceOf(account: AccountView): Instance {
  return instanceSchema.parse(account.instance && typeof account.instance === 'object' ? account.instance : {})
}

export interface ServerFacts {
  /** Where the API is: the address asked for may have moved elsewhere. */
  server: string
  instance: Instance
}

export async function readInstance(session: Session, caller: Caller): Promise<ServerFacts> {
  const found = (await readV2(session, caller)) ?? (await readV1(session, caller))
  const software = (await readSoftware(session, found.server)) ?? softwareFrom(found.instance.version)
  return { server: found.server, instance: { ...found.instance, software } }
}

const given = z.number().int().nonnegative().nullish().catch(null)

const configuration = z
  .object({
    statuses: z
      .object({ max_characters: given, characters_reserved_per_url: given, max_media_attachments: given })
      .nullish()
      .catch(null),
    media_attachments: z
      .object({
        supported_mime_types: z.array(z.string()).nullish().catch(null),
        image_size_limit: given,
        image_matrix_limit: given,
        video_size_limit: given,
        description_limit: given,
      })
      .nullish()
      .catch(null),
    polls: z
      .object({ max_options: given, max_characters_per_option: given, min_expiration: given, max_expiration: given })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null)

const v2 = z.object({ domain: z.string(), version: z.string().catch(''), configuration })

/** Version 1, with the fields that Pleroma and its descendants put beside the configuration. */
const v1 = z.object({
  uri: z.string(),
  version: z.string().catch(''),
  configuration,
  max_toot_chars: given,
  upload_limit: given,
  description_limit: given,
  poll_limits: z
    .object({ max_options: given, max_option_chars: given, min_expiration: given, max_expiration: given })
    .nullish()
    .catch(null),
})

async function readV2(session: Session, caller: Caller): Promise<ServerFacts | null> {
  try {
    const answer = await api(session, caller, { path: '/api/v2/instance', schema: v2 })
    const { domain, version, configuration: said } = answer.body
    return { server: new URL(answer.url).origin, instance: facts(domain, version, said) }
  } catch (error) {
    if (notOffered(error)) return null
    throw error
  }
}

async function readV1(session: Session, caller: Caller): Promise<ServerFacts> {
  const answer = await api(session, caller, { path: '/api/v1/instance', schema: v1 })
  const { uri, version, configuration: said, poll_limits: polls, ...own } = answer.body
  const base = facts(uri.replace(/^https?:\/\//, '').replace(/\/.*$/, ''), version, said)
  return {
    server: new URL(answer.url).origin,
    instance: {
      ...base,
      maxCharacters: base.maxCharacters ?? own.max_toot_chars ?? null,
      imageBytes: base.imageBytes ?? own.upload_limit ?? null,
      videoBytes: base.videoBytes ?? own.upload_limit ?? null,
      altMax: base.altMax ?? own.description_limit ?? null,
      pollMaxOptions: base.pollMaxOptions ?? polls?.max_options ?? null,
      pollMaxCharacters: base.pollMaxCharacters ?? polls?.max_option_chars ?? null,
      pollMinSeconds: base.pollMinSeconds ?? polls?.min_expiration ?? null,
      pollMaxSeconds: base.pollMaxSeconds ?? polls?.max_expiration ?? null,
    },
  }
}

function facts(domain: string, version: string, said: z.infer<typeof configuration>): Instance {
  return {
    software: null,
    version,
    domain,
    maxCharacters: said?.statuses?.max_characters ?? null,
    urlLength: said?.statuses?.characters_reserved_per_url ?? null,
    maxMedia: said?.statuses?.max_media_attachments ?? null,
    mediaTypes: said?.media_attachments?.supported_mime_types ?? null,
    imageBytes: said?.media_attachments?.image_size_limit ?? null,
    imagePixels: said?.media_attachments?.image_matrix_limit ?? null,
    videoBytes: said?.media_attachments?.video_size_limit ?? null,
    altMax: said?.media_attachments?.description_limit ?? null,
    pollMaxOptions: said?.polls?.max_options ?? null,
    pollMaxCharacters: said?.polls?.max_characters_per_option ?? null,
    pollMinSeconds: said?.polls?.min_expiration ?? null,
    pollMaxSeconds: said?.polls?.max_expiration ?? null,
  }
}

const nodeInfoLinks = z.object({ links: z.array(z.object({ href: z.string() })) })
const nodeInfo = z.object({ software: z.object({ name: z.string() }) })

/** NodeInfo is the one place where a server must name its software. Not having it, or refusing it, is no error. */
async function readSoftware(session: Session, server: string): Promise<string | null> {
  const caller = { server, credentials: null }
  try {
    const { body } = await api(session, caller, { path: '/.well-known/nodeinfo', schema: nodeInfoLinks })
    const href = body.links.map((link) => link.href).findLast((link) => sameOrigin(link, server))
    if (!href) return null
    const answer = await session.http({ url: href, headers: { accept: 'application/json' }, schema: nodeInfo })
    return answer.body.software.name.toLowerCase()
  } catch (error) {
    if (error instanceof ConnectorError) return null
    throw error
  }
}

export function sameOrigin(address: string, server: string): boolean {
  return URL.parse(address)?.origin === new URL(server).origin
}

/** `2.7.2 (compatible; Pleroma 2.5.0)` names the software; a plain version, perhaps of a fork, is Mastodon's own form. */
export function softwareFrom(version: string): string | null {
  const relative = /compatible; *([a-z]+)/i.exec(version)
  if (relative?.[1]) return relative[1].toLowerCase()
  const release = /^(\d+)\.\d+\.\d+/.exec(version)
  // GoToSocial is at 0.x; Mastodon has not been since 2017.
  return release && Number(release[1]) >= 1 ? 'mastodon' : null
}

/** Mastodon and those of its forks that follow it release by release. */
export function isMastodon(instance: Instance, major = 0, minor = 0): boolean {
  if (!instance.software || !['mastodon', 'glitchsoc', 'glitch-soc', 'hometown'].includes(instance.software))
    return false
  const [, foundMajor, foundMinor] = /^(\d+)\.(\d+)/.exec(instance.version) ?? []
  if (!foundMajor || !foundMinor) return false
  return Number(foundMajor) > major || (Number(foundMajor) === major && Number(foundMinor) >= minor)
}

/** An answer that means "this address does not exist here", as against "not now". */
export function notOffered(error: unknown): boolean {
  if (!(error instanceof ConnectorError)) return false
  return error.kind === 'changed' || error.kind === 'gone' || [404, 405, 410].includes(error.status ?? 0)
}
