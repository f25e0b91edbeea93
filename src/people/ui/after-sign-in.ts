// What every way of signing in does at its end: forget what the page knew before, then go where the person wanted to be.

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { client } from '../../kit/api.ts'
import { safePath, signInWithPassword } from './auth.ts'

export function useGoOn(): (to: string | undefined) => Promise<void> {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async (to) => {
    queryClient.clear()
    await router.navigate({ href: safePath(to) })
  }
}

/** A new person may already have a session from being created; if not, the password that was just chosen opens one. */
export async function openSession(email: string, password: string): Promise<void> {
  try {
    await client.me.read()
  } catch {
    await signInWithPassword(email, password)
  }
}
