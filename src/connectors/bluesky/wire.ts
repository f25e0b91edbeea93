// The shapes of answers and of stored JSON that this connector reads: only the fields it uses, unknown ones allowed.

import { z } from 'zod'

export const did = z.string().regex(/^did:(plc|web):[A-Za-z0-9._:%-]+$/)

export const didDocument = z.object({
  id: did,
  alsoKnownAs: z.array(z.string()).optional(),
  service: z.array(z.object({ id: z.string(), type: z.string(), serviceEndpoint: z.unknown() })).optional(),
})
export type DidDocument = z.infer<typeof didDocument>

export const resolvedHandle = z.object({ did })

/** Of createSession and refreshSession alike. The document is read apart, because not every server sends one. */
export const sessionTokens = z.object({
  did,
  handle: z.string(),
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  didDoc: z.unknown().optional(),
})

export const sessionAccount = z.object({ did, handle: z.string(), didDoc: z.unknown().optional() })

/** What Longrun may read in an access token, which the specification calls opaque: its end and its power. */
export const tokenClaims = z.object({ exp: z.number().optional(), scope: z.string().optional() })

export const blob = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: z.string() }),
  mimeType: z.string(),
  size: z.number(),
})
export type Blob = z.infer<typeof blob>
export const uploadedBlob = z.object({ blob })

export const strongRef = z.object({ uri: z.string(), cid: z.string() })

const json = z.json()
export const storedRecord = z.object({ uri: z.string(), cid: z.string(), value: json })

export const profileRecord = z.object({
  value: z.object({
    displayName: z.string().optional(),
    avatar: z.object({ ref: z.object({ $link: z.string() }) }).optional(),
  }),
})

const count = z.number().optional()
export const postViews = z.object({
  posts: z.array(
    z.object({ uri: z.string(), likeCount: count, replyCount: count, repostCount: count, quoteCount: count }),
  ),
})

export const resourceMetadata = z.object({ authorization_servers: z.array(z.url()).min(1) })

// ── Stored by Longrun ───────────────────────────────────────────────────────────────────────────────────────────────

const appPasswordCredentials = z.object({
  kind: z.literal('password'),
  did,
  pds: z.string(),
  /** Where the account signs in; differs from the PDS where many servers share one entrance. */
  service: z.string(),
  access: z.string(),
  refresh: z.string(),
  /** Signs in anew after the refresh token is lost. null for a main password, which is not kept. */
  password: z.string().nullable(),
})

const oauthCredentials = z.object({
  kind: z.literal('oauth'),
  did,
  pds: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  access: z.string(),
  refresh: z.string().nullable(),
  /** Private key (JWK) to which the network has bound both tokens. */
  key: z.record(z.string(), json),
})

export const credentials = z.discriminatedUnion('kind', [appPasswordCredentials, oauthCredentials])
export type Credentials = z.infer<typeof credentials>
export type AppPasswordCredentials = z.infer<typeof appPasswordCredentials>
export type OAuthCredentials = z.infer<typeof oauthCredentials>

export const pendingSignIn = z.object({
  issuer: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  state: z.string(),
  verifier: z.string(),
  key: z.record(z.string(), json),
})

export const write = z.object({ collection: z.string(), rkey: z.string(), record: z.record(z.string(), json) })
export type Write = z.infer<typeof write>

/** One part, frozen: the post first, then the gates that go with it. */
export const prepared = z.object({
  repo: did,
  writes: z.array(write).min(1),
  /** Which file lies behind each blob, in case the server has dropped it before the post came. */
  blobs: z.array(z.object({ media: z.string(), cid: z.string() })),
})
export type Prepared = z.infer<typeof prepared>

export const postProof = z.object({ cid: z.string(), gates: z.array(z.string()).optional() })
