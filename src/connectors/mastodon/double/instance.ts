// What the double says about itself: both versions of the instance, and NodeInfo.

import type { Hono } from 'hono'
import { ApiError, type DoubleEnv } from './exchange.ts'
import { type DoubleState, isLocal } from './state.ts'

export const imageTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']
export const videoTypes = ['video/mp4', 'video/webm', 'video/quicktime']
export const pollLimits = {
  max_options: 4,
  max_characters_per_option: 50,
  min_expiration: 300,
  max_expiration: 2_629_746,
}

export function instanceRoutes(app: Hono<DoubleEnv>, state: DoubleState): void {
  app.get('/api/v2/instance', (exchange) => {
    if (!state.settings.instanceV2) throw new ApiError(404, 'Record not found')
    return exchange.json(instanceV2(state))
  })
  app.get('/api/v1/instance', (exchange) => exchange.json(instanceV1(state)))
  app.get('/.well-known/nodeinfo', (exchange) =>
    exchange.json({
      links: [{ rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: `${state.url}/nodeinfo/2.0` }],
    }),
  )
  app.get('/nodeinfo/2.0', (exchange) => {
    const { software: name, version } = state.settings
    const usage = { users: { total: state.accounts.filter(isLocal).length }, localPosts: state.statuses.length }
    return exchange.json({
      version: '2.0',
      software: { name, version },
      protocols: ['activitypub'],
      services: { outbound: [], inbound: [] },
      usage,
      openRegistrations: false,
      metadata: {},
    })
  })
}

function configuration({ settings }: DoubleState) {
  return {
    accounts: { max_featured_tags: 10 },
    statuses: {
      max_characters: settings.maxCharacters,
      max_media_attachments: settings.maxMedia,
      characters_reserved_per_url: settings.charactersPerUrl,
    },
    media_attachments: {
      supported_mime_types: [...imageTypes, ...videoTypes],
      image_size_limit: settings.imageBytes,
      image_matrix_limit: 33_177_600,
      video_size_limit: settings.videoBytes,
      video_frame_rate_limit: 120,
      video_matrix_limit: 8_294_400,
    },
    polls: pollLimits,
  }
}

function instanceV2(state: DoubleState) {
  const { domain, version, descriptionLimit } = state.settings
  const { accounts, statuses, media_attachments, polls } = configuration(state)
  return {
    domain,
    title: domain,
    version,
    source_url: `${state.url}/source`,
    description: 'A server for tests and rehearsals.',
    usage: { users: { active_month: state.accounts.filter(isLocal).length } },
    thumbnail: { url: `${state.url}/thumbnail.png` },
    icon: [],
    languages: ['en'],
    configuration: {
      urls: { streaming: streamingOf(state) },
      accounts: { ...accounts, max_pinned_statuses: 5 },
      statuses,
      media_attachments: { ...media_attachments, description_limit: descriptionLimit },
      polls,
      translation: { enabled: false },
    },
    registrations: { enabled: false, approval_required: false, message: null },
    api_versions: { mastodon: 7 },
    contact: { email: `admin@${domain}`, account: null },
    rules: [],
  }
}

function instanceV1(state: DoubleState) {
  const { domain, version } = state.settings
  const locals = state.accounts.filter(isLocal)
  return {
    uri: domain,
    title: domain,
    short_description: 'A server for tests and rehearsals.',
    description: 'A server for tests and rehearsals.',
    email: `admin@${domain}`,
    version,
    urls: { streaming_api: streamingOf(state) },
    stats: { user_count: locals.length, status_count: state.statuses.length, domain_count: 0 },
    thumbnail: null,
    languages: ['en'],
    registrations: false,
    approval_required: false,
    invites_enabled: false,
    configuration: configuration(state),
    contact_account: null,
    rules: [],
  }
}

const streamingOf = ({ settings, url }: DoubleState): string => settings.streaming ?? `${url.replace(/^http/, 'ws')}/`
