// Ends the session. The whole page is loaded anew, so that nothing of the person stays in memory.

import { Refused } from '../kit/api.ts'

export async function signOut(): Promise<void> {
  const answer = await fetch('/api/auth/sign-out', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  if (!answer.ok) throw new Refused({ code: 'internal-server-error', status: answer.status })
  window.location.assign('/sign-in')
}
