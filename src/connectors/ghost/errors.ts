// What Ghost's error types mean for us.

import type { ErrorKind, HttpRequest } from '../contract.ts'
import { errorSchema, type RemoteError } from './wire.ts'

type Explain = NonNullable<HttpRequest<unknown>['explain']>

const kinds: Record<string, ErrorKind> = {
  ValidationError: 'rejected',
  BadRequestError: 'rejected',
  DataImportError: 'rejected',
  RequestEntityTooLargeError: 'rejected',
  UnsupportedMediaTypeError: 'rejected',
  UpdateCollisionError: 'rejected',
  NoPermissionError: 'forbidden',
  HostLimitError: 'forbidden',
  DisabledFeatureError: 'forbidden',
  UnauthorizedError: 'auth-revoked',
  NotFoundError: 'gone',
  TooManyRequestsError: 'rate-limited',
  // Ghost refuses before it looks at the request.
  MaintenanceError: 'unavailable',
  RequestNotAcceptableError: 'changed',
  VersionMismatchError: 'changed',
}

const draftFields: Record<string, string> = {
  title: 'title',
  html: 'segments.0.text',
  lexical: 'segments.0.text',
  custom_excerpt: 'excerpt',
  slug: 'slug',
  tags: 'tags',
  feature_image: 'featured',
  feature_image_alt: 'featured.alt',
  visibility: 'options.visibility',
  featured: 'options.featured',
  status: 'options.status',
}

/** Longer than Ghost lets a token live: with clocks so far apart no key works. */
const mostClockDifferenceMs = 270_000

/** `place.field` names what the request was about. */
export function explainGhost(place: { field?: string; now?: Date } = {}): Explain {
  return ({ status, headers, body }) => {
    const first = errorSchema.safeParse(body).data?.errors[0]
    if (!first) return explainForeign(status, place.field)
    const code = first.code ?? first.type
    if (first.code === 'INVALID_JWT' && clocksDiffer(headers, place.now))
      return { kind: 'unavailable', code: 'clock-differs' }
    const kind = kinds[first.type]
    // A key that Ghost cannot read is a bad request to it.
    if (kind === 'rejected' && /JWT|KID/.test(first.code ?? '')) return { kind: 'auth-revoked', code }
    if (kind) return { kind, code, field: fieldOf(first) ?? (kind === 'rejected' ? place.field : undefined) }
    return null
  }
}

/** Answers of a server in front of Ghost. */
function explainForeign(status: number, field: string | undefined): ReturnType<Explain> {
  if (status === 413) return { kind: 'rejected', code: 'too-large', field }
  // Keys have no end and nothing to refresh.
  if (status === 401) return { kind: 'auth-revoked', code: 'status-401' }
  return null
}

/** Ghost names the field in one of three places, by what refused it. */
function fieldOf({ property, context, details }: RemoteError): string | undefined {
  const names = [
    ...(details?.[0]?.instancePath.split('/') ?? []),
    property ?? '',
    /\[\w+\.(\w+)\]/.exec(context ?? '')?.[1] ?? '',
  ]
  const name = names.find((name) => name in draftFields)
  return name === undefined ? undefined : draftFields[name]
}

function clocksDiffer(headers: Headers, now: Date | undefined): boolean {
  const theirs = Date.parse(headers.get('date') ?? '')
  return now !== undefined && Math.abs(theirs - now.getTime()) > mostClockDifferenceMs
}
