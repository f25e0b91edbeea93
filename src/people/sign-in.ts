// Signs in somebody who has just shown a password, so that set-up and joining end in the app and not at a sign-in page.

import type { RequestContext } from './serve.ts'

/** The bearer token of the new session; browsers get its cookie besides. */
export async function signInWithPassword(
  { auth, request, resHeaders }: RequestContext,
  email: string,
  password: string,
): Promise<string> {
  const { response, headers } = await auth.api.signInEmail({
    body: { email, password },
    headers: withoutSession(request.headers),
    returnHeaders: true,
  })
  for (const cookie of headers.getSetCookie()) resHeaders?.append('set-cookie', cookie)
  if (!('token' in response)) throw new Error('A new user cannot have a second factor yet.')
  return response.token
}

/** Who was signed in before does not matter any more. */
function withoutSession(headers: Headers): Headers {
  const kept = new Headers(headers)
  for (const name of ['cookie', 'authorization']) kept.delete(name)
  return kept
}
