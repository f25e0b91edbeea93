// What WordPress' error codes mean for us.

import type { ErrorKind, HttpRequest } from '../contract.ts'
import { errorSchema, type RemoteDetails } from './wire.ts'

type Explain = NonNullable<HttpRequest<unknown>['explain']>

interface Meaning {
  kind: ErrorKind
  field?: string
  /** The field where neither WordPress nor the call names one. */
  otherwise?: string
  scope?: string
}

const revoked: Meaning = { kind: 'auth-revoked' }

const meanings: Record<string, Meaning> = {
  incorrect_password: { ...revoked, field: 'password' },
  application_passwords_disabled: { ...revoked, field: 'password' },
  application_passwords_disabled_for_user: { ...revoked, field: 'password' },
  invalid_username: { ...revoked, field: 'username' },
  invalid_email: { ...revoked, field: 'username' },
  rest_not_logged_in: revoked,
  rest_cannot_publish: { kind: 'forbidden', scope: 'publish_posts' },
  rest_cannot_assign_term: { kind: 'forbidden', scope: 'assign_terms' },
  rest_post_invalid_id: { kind: 'gone' },
  rest_comment_invalid_post_id: { kind: 'gone' },
  rest_already_trashed: { kind: 'gone' },
  rest_trash_not_supported: { kind: 'rejected' },
  rest_invalid_param: { kind: 'rejected' },
  rest_missing_callback_param: { kind: 'rejected' },
  empty_content: { kind: 'rejected', field: 'segments.0.text' },
  // WordPress answers 500 for these, but it has decided: the database refused the text, nothing was stored.
  db_insert_error: { kind: 'rejected', otherwise: 'segments.0.text' },
  db_update_error: { kind: 'rejected', otherwise: 'segments.0.text' },
  rest_upload_sideload_error: { kind: 'rejected' },
  rest_upload_unknown_error: { kind: 'rejected' },
  rest_upload_file_too_big: { kind: 'rejected' },
  rest_upload_limited_space: { kind: 'rejected' },
  rest_upload_user_quota_exceeded: { kind: 'rejected' },
  rest_upload_no_data: { kind: 'rejected' },
  term_exists: { kind: 'rejected', field: 'tags' },
}

const draftFields: Record<string, string> = {
  title: 'title',
  content: 'segments.0.text',
  excerpt: 'excerpt',
  slug: 'slug',
  tags: 'tags',
  name: 'tags',
  categories: 'options.categories',
  status: 'options.status',
  format: 'options.format',
  comment_status: 'options.commentStatus',
  featured_media: 'featured',
}

/** `place.field` names what the request was about, `place.scope` the capability it needs. */
export function explainWordpress(place: { field?: string; scope?: string } = {}): Explain {
  return ({ status, body }) => {
    const parsed = errorSchema.safeParse(body)
    if (!parsed.success) return explainForeign(status, place.field)
    const { code, data } = parsed.data
    const refused = notAllowed(data.details)
    if (refused)
      return { kind: refused === 401 ? 'auth-revoked' : 'forbidden', code: 'rest_forbidden_status', scope: place.scope }
    const known = meanings[code]
    if (known) {
      const { kind, field, otherwise, scope } = known
      return { kind, code, scope, field: field ?? fieldOf(data.params) ?? place.field ?? otherwise }
    }
    if (status === 401) return { kind: 'auth-revoked', code }
    if (status === 403) return { kind: 'forbidden', code, scope: place.scope }
    // Uploading without the right is answered with 400.
    if (code === 'rest_cannot_create') return { kind: 'forbidden', code, scope: place.scope }
    if (code === 'rest_no_route') return { kind: 'forbidden', code }
    if (status >= 400 && status < 500 && ![404, 408, 410, 429].includes(status)) {
      return { kind: 'rejected', code, field: fieldOf(data.params) ?? place.field }
    }
    return null
  }
}

/** Answers of the web server, a firewall or a maintenance page in front of WordPress. */
function explainForeign(status: number, field: string | undefined): ReturnType<Explain> {
  if (status === 401) return { kind: 'auth-revoked', code: 'status-401' }
  if (status === 413) return { kind: 'rejected', code: 'too-large', field }
  // WordPress itself always says why in JSON, so this 404 speaks of the whole REST API and not of one post.
  if (status === 404) return { kind: 'unavailable', code: 'rest-not-found' }
  return null
}

/** To ask for drafts is a wrong parameter for those who may not see them, as after a password was revoked. */
function notAllowed(details: RemoteDetails | undefined): number | undefined {
  return Object.values(details ?? {}).find(({ code }) => code === 'rest_forbidden_status')?.data.status
}

function fieldOf(params: Record<string, unknown> | undefined): string | undefined {
  return Object.keys(params ?? {})
    .map((name) => draftFields[name])
    .find((field) => field !== undefined)
}
