// The two routes that all pages of an organisation hang under: the app itself, and the organisation whose name the address has.

import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet } from '@tanstack/react-router'
import { orgOf, signedIn } from './guards.ts'
import { Layout } from './layout.tsx'

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet })

export const org = createRoute({
  getParentRoute: () => root,
  path: '/o/$slug',
  beforeLoad: async ({ context, location, params }) => {
    const me = await signedIn(context.queryClient, location.href)
    return { orgId: orgOf(me, params.slug).id }
  },
  component: Layout,
})
