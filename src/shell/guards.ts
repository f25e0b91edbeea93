// Decides before a page opens: is there an owner, is somebody signed in, is the organisation theirs.

import type { QueryClient } from '@tanstack/react-query'
import { notFound, redirect } from '@tanstack/react-router'
import { api, refusalOf } from '../kit/api.ts'
import { type Me, type Org, orgsOf } from '../kit/viewer.tsx'

const lastOrgKey = 'longrun-last-org'

export const meQuery = api.me.read.queryOptions({ staleTime: 60_000 })

/** Who is signed in; sends everybody else to the first start or to the sign-in, and back afterwards. */
export async function signedIn(queryClient: QueryClient, href: string): Promise<Me> {
  try {
    return await queryClient.ensureQueryData(meQuery)
  } catch (error) {
    if (refusalOf(error).status !== 401) throw error
    const { hasOwner } = await queryClient.fetchQuery(api.installation.state.queryOptions())
    if (!hasOwner) throw redirect({ to: '/welcome' })
    throw redirect({ to: '/sign-in', search: href === '/' ? {} : { to: href } })
  }
}

export function orgOf(me: Me, slug: string): Org {
  const org = orgsOf(me).find((candidate) => candidate.slug === slug)
  if (!org) throw notFound()
  localStorage.setItem(lastOrgKey, slug)
  return org
}

/** Where `/` leads: the organisation that was open last. */
export function homeOf(me: Me): ReturnType<typeof redirect> {
  const orgs = orgsOf(me)
  const last = orgs.find((org) => org.slug === localStorage.getItem(lastOrgKey)) ?? orgs[0]
  if (!last) return redirect({ to: '/organisations/new' })
  return redirect({ to: '/o/$slug/today', params: { slug: last.slug } })
}

/** For addresses that only lead on. */
export const leadTo =
  (to: '/o/$slug/today' | '/o/$slug/compose' | '/o/$slug/settings/profile') =>
  ({ params: { slug } }: { params: { slug: string } }): void => {
    throw redirect({ to, params: { slug }, replace: true })
  }
