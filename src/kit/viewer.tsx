// Who looks, and in which organisation: given by the layout, read by every page.
//
//   const { user, zone } = useViewer()         zone: the person's own, else the browser's
//   const org = useOrg()                       { id, name, slug, timeZone, memberId, role }
//   const may = useMay(); may('posts.schedule')  hide what the role forbids; the server decides again

import { createContext, type ReactNode, use } from 'react'
import { may, type Role, type Verb } from '../people/permissions.ts'
import type { client, Output } from './api.ts'

export type Me = Output<typeof client.me.read>

export interface Org {
  id: string
  name: string
  slug: string
  timeZone: string
  createdAt: string
  memberId: string
  role: Role
  departmentId: string | null
}

interface Viewer {
  user: Me['user']
  zone: string
  orgs: Org[]
}

const ViewerContext = createContext<Viewer | null>(null)
const OrgContext = createContext<Org | null>(null)

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export const orgsOf = (me: Me): Org[] =>
  me.memberships.map(({ organisation, memberId, role, departmentId }) => ({
    ...organisation,
    memberId,
    role,
    departmentId,
  }))

export function ViewerProvider({ me, children }: { me: Me; children: ReactNode }) {
  const viewer = { user: me.user, zone: me.user.timeZone ?? browserZone(), orgs: orgsOf(me) }
  return <ViewerContext value={viewer}>{children}</ViewerContext>
}

export function OrgProvider({ org, children }: { org: Org; children: ReactNode }) {
  return <OrgContext value={org}>{children}</OrgContext>
}

export function useViewer(): Viewer {
  const viewer = use(ViewerContext)
  if (!viewer) throw new Error('useViewer outside ViewerProvider')
  return viewer
}

/** The viewer's zone also where nobody has signed in yet. */
export const useZone = (): string => use(ViewerContext)?.zone ?? browserZone()

export function useOrg(): Org {
  const org = use(OrgContext)
  if (!org) throw new Error('useOrg outside OrgProvider')
  return org
}

export function useMay(): (verb: Verb) => boolean {
  const { role } = useOrg()
  return (verb) => may(role, verb)
}
