// How every request of the practice network is signed, and what its refusals mean.

import { z } from 'zod'
import type { HttpRequest, Json, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { problemShape } from './wire.ts'

const credentialsShape = z.object({ access: z.string(), refresh: z.string() })

/** A signed request. */
export async function ask<T>(session: Pick<Session, 'http' | 'credentials'>, request: HttpRequest<T>): Promise<T> {
  const headers = { ...request.headers, authorization: `Bearer ${credentialsOf(session).access}` }
  return (await session.http<T>({ explain, ...request, headers })).body
}

export function credentialsOf(session: Pick<Session, 'credentials'>): z.infer<typeof credentialsShape> {
  const parsed = credentialsShape.safeParse(session.credentials)
  if (!parsed.success) throw new ConnectorError({ kind: 'auth-revoked', code: 'no-credentials' })
  return parsed.data
}

const fields: Record<string, string> = { text: 'segments.0.text', images: 'segments.0.media' }

export function explain({ status, body }: { status: number; body: Json }) {
  const problem = problemShape.safeParse(body)
  if (!problem.success) return null
  const { error: code, field } = problem.data
  if (status === 401) return { kind: code === 'expired' ? ('auth-expired' as const) : ('auth-revoked' as const), code }
  if (status === 422) return { kind: 'rejected' as const, code, field: field && fields[field] }
  return null
}
