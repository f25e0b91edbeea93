// Reads the environment once, checks it, and freezes it. Nothing else touches process.env.

import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { shortestKey } from './lib/seal.ts'

/** A set-up that cannot work, in one sentence for the person who starts Longrun. */
export class SetupError extends Error {}

const environment = z.object({
  LONGRUN_DATA: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4545),
  PUBLIC_URL: z.url().optional(),
  // A domain of its own for short links, at whose root they lie.
  SHORT_URL: z
    .url({ protocol: /^https?$/ })
    .refine(isRoot, 'must be an address without a path')
    .optional(),
  LONGRUN_SECRETS: z.string().optional(),
  // Where `longrun practice` listens; nothing else on this machine is reachable by what people type in.
  LONGRUN_ALLOW_PRIVATE: z.string().default('127.0.0.1:4546'),
  // Reading what is unsure or important twice takes a thread and about 60 MB.
  LONGRUN_SECOND_LOOK: z.enum(['on', 'off']).default('on'),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default('Longrun <longrun@localhost>'),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Single sign-on'),
})

export interface Config {
  dataDir: string
  databaseUrl: string | null
  host: string
  port: number
  /** Address in links, mails and redirects; null until the port is known, then http://HOST:PORT. */
  publicUrl: string | null
  /** Address of short links, without a trailing slash; null: they lie below the public address. */
  shortUrl: string | null
  /** Newest first. */
  secrets: string[]
  /** Hosts (or host:port) which connectors may reach although they are private. */
  allowPrivate: string[]
  /** Whether what is unsure or important is read a second time, by the accurate path. */
  secondLook: boolean
  smtpUrl: string | null
  mailFrom: string
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | null
}

/** @throws SetupError naming the variable that is wrong. */
export function readConfig(env: Record<string, string | undefined>): Readonly<Config> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new SetupError(`${issue.path.join('.')} is not usable: ${issue.message}.`)
  }
  const values = parsed.data
  mustBeApart(values)
  const dataDir = resolve(values.LONGRUN_DATA)
  makeDataDir(dataDir)
  return Object.freeze({
    dataDir,
    databaseUrl: values.DATABASE_URL ?? null,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    shortUrl: values.SHORT_URL ? new URL(values.SHORT_URL).origin : null,
    secrets: secretsOf(values, dataDir),
    allowPrivate: list(values.LONGRUN_ALLOW_PRIVATE),
    secondLook: values.LONGRUN_SECOND_LOOK === 'on',
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    oidc: oidcOf(values),
  })
}

/** At the root of the short domain nothing but short links lies: it cannot be where people sign in. */
function mustBeApart({ SHORT_URL, PUBLIC_URL }: z.infer<typeof environment>): void {
  if (SHORT_URL && PUBLIC_URL && new URL(SHORT_URL).host === new URL(PUBLIC_URL).host)
    throw new SetupError(
      'SHORT_URL must be another host than PUBLIC_URL. Without it, short links lie below PUBLIC_URL.',
    )
}

function isRoot(address: string): boolean {
  const { pathname, search, hash, username } = new URL(address)
  return pathname === '/' && search === '' && hash === '' && username === ''
}

const list = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new SetupError(
      `The data folder ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}). Set LONGRUN_DATA to a folder that can.`,
    )
  }
}

function secretsOf({ LONGRUN_SECRETS: given }: z.infer<typeof environment>, dataDir: string): string[] {
  const secrets = given === undefined ? [storedSecret(dataDir)] : list(given)
  if (secrets.length === 0 || secrets.some((secret) => secret.length < shortestKey))
    throw new SetupError(
      `${given === undefined ? join(dataDir, 'secret.key') : 'LONGRUN_SECRETS'} is not usable: a key needs at least ${shortestKey} characters.`,
    )
  return secrets
}

/** The installation's own key, made at the first start. Whoever copies the database alone cannot open the secrets in it. */
function storedSecret(dataDir: string): string {
  const path = join(dataDir, 'secret.key')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const secret = randomBytes(48).toString('base64url')
  try {
    writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(path, 'utf8').trim()
    throw new SetupError(`The data folder ${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
  return secret
}

function oidcOf(values: z.infer<typeof environment>): Config['oidc'] {
  if (!values.OIDC_ISSUER) return null
  if (!values.OIDC_CLIENT_ID || !values.OIDC_CLIENT_SECRET) {
    throw new SetupError('OIDC_ISSUER is set, so OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are needed too.')
  }
  return {
    issuer: values.OIDC_ISSUER,
    clientId: values.OIDC_CLIENT_ID,
    clientSecret: values.OIDC_CLIENT_SECRET,
    name: values.OIDC_NAME,
  }
}
