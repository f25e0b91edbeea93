// What the double remembers: accounts, applications, tokens, posts, media, polls, notifications; all of it in memory.

export interface DoubleSettings {
  /** Decides the version, the HTML of posts, and whether idempotency keys are honoured, where those are not given. */
  software: 'mastodon' | 'gotosocial'
  version: string
  domain: string
  now(): Date
  idempotency: 'honoured' | 'ignored'
  maxCharacters: number
  charactersPerUrl: number
  maxMedia: number
  descriptionLimit: number
  imageBytes: number
  videoBytes: number
  /** Uploads answer 202 and are ready after this many milliseconds. 0: ready at once. */
  mediaProcessingMs: number
  /** Uploads are taken, and found to be broken while they are processed. */
  mediaProcessingFails: boolean
  /** The consent page sends the person back at once, as the first account. */
  autoApprove: boolean
  /** Seconds; null: tokens do not end, as on Mastodon. */
  tokenLifetime: number | null
  /** Whether a token that ends comes with another one to renew it. */
  refreshTokens: boolean
  /** Before 4.0 there was no version 2 of the instance, before 4.3 no OAuth metadata and no PKCE. */
  instanceV2: boolean
  oauthMetadata: boolean
  /** Where it says that its streams are; null: on the same host. */
  streaming: string | null
  /** Requests that one token may make: all in 5 minutes, uploads in 30, deletions in 30. */
  rateLimits: { requests: number; uploads: number; deletions: number }
}

export interface DoubleAccount {
  id: string
  /** `me`, or `bob@remote.example` for somebody of another server. */
  acct: string
  displayName: string
  createdAt: Date
}

export interface DoubleApplication {
  id: string
  name: string
  website: string | null
  redirectUris: string[]
  scopes: string[]
  clientId: string
  clientSecret: string
}

export interface DoubleCode {
  code: string
  application: DoubleApplication
  account: DoubleAccount
  scopes: string[]
  redirectUri: string
  challenge: string | null
  expiresAt: number
  used: boolean
}

export interface DoubleToken {
  value: string
  application: DoubleApplication
  /** null: speaks for the application alone. */
  account: DoubleAccount | null
  scopes: string[]
  createdAt: Date
  expiresAt: Date | null
  refreshToken: string | null
  revoked: boolean
}

export interface DoubleMedia {
  id: string
  account: DoubleAccount
  mime: string
  fileName: string
  bytes: Uint8Array
  description: string | null
  readyAt: number
  fails: boolean
  statusId: string | null
}

export interface DoublePoll {
  id: string
  options: string[]
  multiple: boolean
  hideTotals: boolean
  expiresAt: Date
  /** Account id → chosen options. */
  votes: Map<string, number[]>
}

export interface DoubleStatus {
  id: string
  account: DoubleAccount
  text: string
  spoiler: string
  visibility: string
  sensitive: boolean
  language: string | null
  replyTo: string | null
  media: DoubleMedia[]
  poll: DoublePoll | null
  application: DoubleApplication | null
  createdAt: Date
  editedAt: Date | null
  reblogOf: DoubleStatus | null
  favouritedBy: Set<string>
}

export interface DoubleNotification {
  id: string
  to: DoubleAccount
  type: 'mention' | 'favourite' | 'reblog' | 'status'
  from: DoubleAccount
  status: DoubleStatus
  createdAt: Date
}

/** As the streams tell it. */
export type DoubleEvent =
  | { event: 'update' | 'status.update' | 'delete'; status: DoubleStatus }
  | { event: 'notification'; notification: DoubleNotification }

export interface DoubleState {
  settings: DoubleSettings
  /** Base address, known once the server listens. */
  url: string
  accounts: DoubleAccount[]
  applications: DoubleApplication[]
  codes: DoubleCode[]
  tokens: DoubleToken[]
  media: Map<string, DoubleMedia>
  /** In order of creation. */
  statuses: DoubleStatus[]
  notifications: DoubleNotification[]
  /** Accounts by the id of the list they are on. */
  lists: Map<string, Set<string>>
  /** Who does not want to hear whom: the ids of both, `mute` or `block` before them. */
  spared: Set<string>
  watchers: Set<(event: DoubleEvent) => void>
  idempotency: Map<string, { statusId: string; until: number }>
  usage: Map<string, { count: number; resetAt: number }>
  lastId: bigint
}

export function newState(settings: DoubleSettings): DoubleState {
  return {
    settings,
    url: '',
    accounts: [],
    applications: [],
    codes: [],
    tokens: [],
    media: new Map(),
    statuses: [],
    notifications: [],
    lists: new Map(),
    spared: new Set(),
    watchers: new Set(),
    idempotency: new Map(),
    usage: new Map(),
    lastId: 0n,
  }
}

/** As on the real server, an id begins with the time, so that ids sort as their things came to be. */
export function nextId(state: DoubleState): string {
  const byTime = BigInt(state.settings.now().getTime()) << 16n
  state.lastId = byTime > state.lastId ? byTime : state.lastId + 1n
  return String(state.lastId)
}

export const isLocal = (account: DoubleAccount): boolean => !account.acct.includes('@')

export function findAccount(state: DoubleState, acct: string): DoubleAccount | undefined {
  const local = acct.endsWith(`@${state.settings.domain}`) ? acct.slice(0, acct.lastIndexOf('@')) : acct
  return state.accounts.find((account) => account.acct.toLowerCase() === local.toLowerCase())
}

export function addAccount(state: DoubleState, acct: string, displayName = acct.split('@')[0]!): DoubleAccount {
  const account = { id: nextId(state), acct, displayName, createdAt: state.settings.now() }
  state.accounts.push(account)
  return account
}

export function notify(state: DoubleState, notification: Omit<DoubleNotification, 'id' | 'createdAt'>): void {
  const { to, from } = notification
  if (to.id === from.id || !isLocal(to)) return
  const told = { ...notification, id: nextId(state), createdAt: state.settings.now() }
  state.notifications.push(told)
  tell(state, { event: 'notification', notification: told })
}

export function tell(state: DoubleState, event: DoubleEvent): void {
  for (const watcher of state.watchers) watcher(event)
}
