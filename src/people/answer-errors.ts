// The one place where refusals, invalid input and unexpected errors become answers.

import { ORPCError, ValidationError } from '@orpc/contract'
import { os } from '@orpc/server'
import { newId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import type { RequestContext } from './serve.ts'

const nameOfStatus: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'GONE',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'REFUSED',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
}

export const answerErrors = os.$context<RequestContext>().middleware(async ({ context, path, next }) => {
  try {
    return await next()
  } catch (error) {
    throw asAnswer(error, (unexpected) =>
      unexpectedAnswer(context.services.log, { route: path.join('.'), method: context.request.method }, unexpected),
    )
  }
})

function asAnswer(
  error: unknown,
  unexpected: (error: unknown) => ORPCError<string, unknown>,
): ORPCError<string, unknown> {
  if (error instanceof Refusal) return refusalAnswer(error)
  if (!(error instanceof ORPCError)) return unexpected(error)
  if (error.cause instanceof ValidationError)
    return error.status === 400 ? invalidInput(error.cause) : unexpected(error.cause)
  return error.status >= 500 ? unexpected(error) : error
}

export function refusalAnswer({ code, status, field, params, message }: Refusal): ORPCError<string, unknown> {
  const data = { code, ...(field ? { field } : {}), ...(Object.keys(params).length > 0 ? { params } : {}) }
  return new ORPCError(nameOfStatus[status] ?? 'REFUSED', { status, message, data })
}

/** Names the first field only: people mend one thing at a time, and the message never repeats what was sent. */
function invalidInput(error: ValidationError): ORPCError<string, unknown> {
  const issue = error.issues[0]
  const field = issue?.path?.map((step) => String(typeof step === 'object' ? step.key : step)).join('.') ?? ''
  const reason = issue?.message ?? 'Invalid input'
  return new ORPCError('REFUSED', {
    status: 422,
    message: `${field || 'The input'} is not valid.`,
    data: { code: 'invalid-input', field, params: { reason } },
  })
}

/** Details stay in the log, under the id that the answer names. */
export function unexpectedAnswer(log: Log, facts: Record<string, unknown>, error: unknown): ORPCError<string, unknown> {
  const id = newId()
  const what =
    error instanceof ValidationError
      ? { issues: error.issues.map(({ message, path }) => ({ message, path })) }
      : { error }
  log.error('A request failed', { id, ...facts, ...what })
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    status: 500,
    message: 'Something went wrong.',
    data: { code: 'unexpected', params: { id } },
  })
}
