// The JSON of the API's entities, as the documentation of each describes it.

import {
  type DoubleAccount,
  type DoubleApplication,
  type DoubleMedia,
  type DoubleNotification,
  type DoublePoll,
  type DoubleState,
  type DoubleStatus,
  isLocal,
} from './state.ts'
import { mentionsIn, profileUrl, tagsIn, toHtml } from './text.ts'

export function accountJson(account: DoubleAccount, state: DoubleState) {
  const posts = state.statuses.filter((status) => status.account.id === account.id)
  const picture = `${state.url}/avatars/original/missing.png`
  const header = `${state.url}/headers/original/missing.png`
  return {
    id: account.id,
    username: account.acct.split('@')[0]!,
    acct: account.acct,
    display_name: account.displayName,
    locked: false,
    bot: false,
    discoverable: true,
    indexable: false,
    group: false,
    created_at: account.createdAt.toISOString(),
    note: '',
    url: profileUrl(account, state),
    uri: isLocal(account) ? `${state.url}/users/${account.acct}` : profileUrl(account, state),
    avatar: picture,
    avatar_static: picture,
    header,
    header_static: header,
    followers_count: 0,
    following_count: 0,
    statuses_count: posts.length,
    last_status_at: posts.at(-1)?.createdAt.toISOString().slice(0, 10) ?? null,
    emojis: [],
    fields: [],
  }
}

export function credentialAccountJson(account: DoubleAccount, state: DoubleState) {
  return {
    ...accountJson(account, state),
    role: { id: '-99', name: '', permissions: '65536', color: '', highlighted: false },
    source: {
      privacy: 'public',
      sensitive: false,
      language: null,
      note: '',
      fields: [],
      follow_requests_count: 0,
      hide_collections: null,
      discoverable: true,
      indexable: false,
    },
  }
}

export function applicationJson(application: DoubleApplication) {
  return {
    id: application.id,
    name: application.name,
    website: application.website,
    scopes: application.scopes,
    redirect_uri: application.redirectUris.join('\n'),
    redirect_uris: application.redirectUris,
    vapid_key: 'none',
  }
}

export function mediaJson(media: DoubleMedia, state: DoubleState) {
  const ready = media.readyAt <= state.settings.now().getTime()
  const url = `${state.url}/media/${media.id}/original`
  const type = media.mime.startsWith('video/') ? 'video' : media.mime === 'image/gif' ? 'gifv' : 'image'
  return {
    id: media.id,
    type,
    url: ready ? url : null,
    preview_url: ready ? url : null,
    remote_url: null,
    meta: null,
    description: media.description,
    blurhash: null,
  }
}

export function pollJson(poll: DoublePoll, viewer: DoubleAccount | null, state: DoubleState) {
  const expired = poll.expiresAt <= state.settings.now()
  const own = viewer ? poll.votes.get(viewer.id) : undefined
  const counts = poll.options.map(
    (_, index) => [...poll.votes.values()].filter((votes) => votes.includes(index)).length,
  )
  const hidden = poll.hideTotals && !expired
  return {
    id: poll.id,
    expires_at: poll.expiresAt.toISOString(),
    expired,
    multiple: poll.multiple,
    votes_count: counts.reduce((sum, count) => sum + count, 0),
    voters_count: poll.votes.size,
    options: poll.options.map((title, index) => ({ title, votes_count: hidden ? null : counts[index] })),
    emojis: [],
    ...(viewer ? { voted: own !== undefined, own_votes: own ?? [] } : {}),
  }
}

export interface StatusJson {
  [key: string]: unknown
  id: string
}

export function statusJson(status: DoubleStatus, viewer: DoubleAccount | null, state: DoubleState): StatusJson {
  const { reblogOf: original, account } = status
  const shown = original ?? status
  const address = `${state.url}/@${account.acct}/${status.id}`
  return {
    id: status.id,
    created_at: status.createdAt.toISOString(),
    edited_at: status.editedAt?.toISOString() ?? null,
    in_reply_to_id: status.replyTo,
    in_reply_to_account_id: state.statuses.find(({ id }) => id === status.replyTo)?.account.id ?? null,
    sensitive: shown.sensitive,
    spoiler_text: shown.spoiler,
    visibility: status.visibility,
    language: shown.language,
    uri: `${state.url}/users/${account.acct}/statuses/${status.id}`,
    url: original ? null : address,
    content: toHtml(shown.text, state),
    account: accountJson(account, state),
    application: status.application ? { name: status.application.name, website: status.application.website } : null,
    media_attachments: shown.media.map((media) => mediaJson(media, state)),
    mentions: mentionsJson(shown.text, state),
    tags: tagsIn(shown.text).map((name) => ({ name, url: `${state.url}/tags/${encodeURIComponent(name)}` })),
    emojis: [],
    card: null,
    poll: shown.poll ? pollJson(shown.poll, viewer, state) : null,
    reblog: original ? statusJson(original, viewer, state) : null,
    ...countsJson(shown, state),
    ...(viewer ? viewerJson(shown, viewer, state) : {}),
  }
}

function countsJson(status: DoubleStatus, state: DoubleState) {
  return {
    replies_count: state.statuses.filter(({ replyTo }) => replyTo === status.id).length,
    reblogs_count: state.statuses.filter(({ reblogOf }) => reblogOf?.id === status.id).length,
    favourites_count: status.favouritedBy.size,
    // Quotes came with 4.5; a server of another software does not speak of them.
    ...(state.settings.software === 'mastodon'
      ? {
          quotes_count: 0,
          quote: null,
          quote_approval: { automatic: ['public'], manual: [], current_user: 'automatic' },
        }
      : {}),
  }
}

function viewerJson(status: DoubleStatus, viewer: DoubleAccount, state: DoubleState) {
  const reblogs = state.statuses.filter(({ reblogOf }) => reblogOf?.id === status.id)
  return {
    favourited: status.favouritedBy.has(viewer.id),
    reblogged: reblogs.some(({ account }) => account.id === viewer.id),
    muted: false,
    bookmarked: false,
    ...(viewer.id === status.account.id ? { pinned: false } : {}),
    filtered: [],
  }
}

function mentionsJson(text: string, state: DoubleState) {
  return mentionsIn(text, state).map((account) => ({
    id: account.id,
    username: account.acct.split('@')[0]!,
    acct: account.acct,
    url: profileUrl(account, state),
  }))
}

export function notificationJson(notification: DoubleNotification, state: DoubleState) {
  return {
    id: notification.id,
    type: notification.type,
    group_key: `ungrouped-${notification.id}`,
    created_at: notification.createdAt.toISOString(),
    account: accountJson(notification.from, state),
    status: statusJson(notification.status, notification.to, state),
  }
}

export function relationshipJson(from: DoubleAccount, to: DoubleAccount, state: DoubleState) {
  const spared = (verb: string) => state.spared.has(`${verb} ${from.id} ${to.id}`)
  return {
    id: to.id,
    following: false,
    showing_reblogs: false,
    notifying: false,
    languages: null,
    followed_by: false,
    blocking: spared('block'),
    blocked_by: false,
    muting: spared('mute'),
    muting_notifications: spared('mute'),
    requested: false,
    requested_by: false,
    domain_blocking: false,
    endorsed: false,
    note: '',
  }
}
