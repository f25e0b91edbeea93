// The practice network as Longrun sees it: every facet, with the strengths of a network as options.

import { z } from 'zod'
import type { AccountView, Connector, Limits, Listen, Metrics, Profile, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { ask, credentialsOf, explain } from './ask.ts'
import { history } from './history.ts'
import { fakeInbox } from './inbox.ts'
import { fakePublish } from './publish.ts'
import { timelineKind } from './timeline.ts'
import {
  accountShape,
  feedShape,
  type Instance,
  instanceShape,
  numbersShape,
  type Tokens,
  tokensShape,
} from './wire.ts'

export interface FakeStrengths {
  /** Whether the network promises that the same key never gives two posts. */
  idempotent?: boolean
  /** Whether a lost write can be looked up. */
  searchable?: boolean
}

export function createFakeConnector(strengths: FakeStrengths = {}): Connector {
  const publish = fakePublish({ idempotent: strengths.idempotent ?? true, searchable: strengths.searchable ?? true })
  return {
    id: 'fake',
    name: 'Practice network',
    practice: true,
    docs: 'src/connectors/fake/routes.ts',
    reviewed: '2026-11',
    auth: [
      {
        kind: 'fields',
        id: 'token',
        label: 'Practice account',
        fields: [
          { name: 'url', label: 'Server', type: 'url', placeholder: 'http://127.0.0.1:4546' },
          { name: 'handle', label: 'Handle', type: 'text', placeholder: '@runner' },
          {
            name: 'token',
            label: 'Token',
            type: 'secret',
            help: 'Shown by the practice network when the account was made.',
          },
        ],
        connect,
      },
    ],
    identify: (session) => profileOf(session, session.account.server),
    refresh,
    limits,
    publish,
    inbox: fakeInbox(publish, limits),
    listen,
    hears: [timelineKind],
    metrics,
    history,
    shelfLife: [
      { kind: 'post', halfLifeMinutes: 80, source: 'practice: as on a stream of short messages' },
      {
        kind: 'article',
        halfLifeMinutes: 60 * 24 * 60,
        source: 'practice: two months, so that evergreen content can be tried',
      },
    ],
  }
}

// ── Connecting ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function connect(session: Session, values: Record<string, string>) {
  const server = serverOf(values.url ?? '')
  const body = { handle: (values.handle ?? '').trim().replace(/^@/, ''), token: (values.token ?? '').trim() }
  const signIn = { method: 'POST', url: `${server}/api/session`, body, schema: tokensShape, explain: atField } as const
  const { credentials, expiresAt } = renewalOf((await session.http(signIn)).body)
  const profile = await profileOf({ ...session, credentials }, server)
  return { credentials, expiresAt, profile, scopes: [] }
}

/** While connecting, a refused token is something that was typed into a field. */
function atField(answer: Parameters<typeof explain>[0]) {
  const said = explain(answer)
  return said?.code === 'wrong-token' ? { ...said, field: 'token' } : said
}

async function refresh(session: Session) {
  const { refresh: token } = credentialsOf(session)
  const request = {
    method: 'POST',
    url: `${session.account.server}/api/session/refresh`,
    body: { refresh: token },
  } as const
  return renewalOf((await session.http({ ...request, schema: tokensShape, explain })).body)
}

function renewalOf({ access, refresh, expiresAt }: Tokens) {
  return { credentials: { access, refresh }, expiresAt: new Date(expiresAt) }
}

async function profileOf(session: Session, server: string): Promise<Profile> {
  const account = await ask(session, { url: `${server}/api/me`, schema: accountShape })
  const instance = await ask(session, { url: `${server}/api/instance`, schema: instanceShape })
  return {
    remoteId: account.id,
    handle: `@${account.handle}`,
    displayName: account.name,
    avatarUrl: null,
    url: account.url,
    server,
    instance,
  }
}

function serverOf(text: string): string {
  const url = URL.parse(text.trim().includes('://') ? text.trim() : `https://${text.trim()}`)
  if (!url) throw new ConnectorError({ kind: 'rejected', code: 'bad-address', field: 'url' })
  return url.origin
}

function limits(account: AccountView): Limits {
  const { limits: stated }: Instance = instanceShape.parse(account.instance)
  return {
    text: { max: stated.text, unit: 'graphemes', format: 'plain' },
    thread: { max: stated.thread },
    firstComment: { max: stated.comment },
    language: true,
    images: { max: stated.images, types: stated.imageTypes, maxBytes: stated.imageBytes, altMax: stated.alt },
  }
}

// ── Listening and numbers ───────────────────────────────────────────────────────────────────────────────────────────

const listen: Listen = {
  async pull(session, cursor) {
    const after = z.number().catch(0).parse(cursor)
    const { items, next } = await ask(session, {
      url: `${session.account.server}/api/feed?after=${after}`,
      schema: feedShape,
    })
    if (next === after) return { items: [], cursor: null }
    const found = items.map(({ id, url, text, author, language, createdAt }) => {
      return {
        id,
        url,
        title: null,
        html: null,
        text,
        author,
        imageUrl: null,
        language,
        publishedAt: new Date(createdAt),
      }
    })
    return { items: found, cursor: next }
  },
}

const metrics: Metrics = {
  async posts(session, ids) {
    const list = encodeURIComponent(ids.join(','))
    const { numbers } = await ask(session, {
      url: `${session.account.server}/api/numbers?ids=${list}`,
      schema: numbersShape,
    })
    return new Map(Object.entries(numbers).map(([id, known]) => [id, { ...known, quotes: null, views: null }]))
  },
}
