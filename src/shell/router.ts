// The router: what it shows while a page loads, when one fails and when there is none, and its types for every link.

import type { QueryClient } from '@tanstack/react-query'
import { type AnyRoute, createRouter } from '@tanstack/react-router'
import { LoadingPage, PageFailed, UnknownAddress } from './between-pages.tsx'
import { meQuery } from './guards.ts'
import { routeTree } from './routes.ts'

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    // The queries know how fresh they are.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    defaultPendingMinMs: 0,
    defaultPendingComponent: LoadingPage,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: UnknownAddress,
    scrollRestoration: true,
  })

/** What the first page needs is asked for before anything is drawn: its own script, and who is signed in. */
export function askAhead(router: ReturnType<typeof createAppRouter>, queryClient: QueryClient): void {
  const routes = router
    .matchRoutes(router.latestLocation)
    .map(({ routeId }) => (router.routesById as Record<string, AnyRoute>)[routeId])
  // First, for it is small and everything waits for it; a browser asks a server for six things at a time.
  if (routes.some((route) => route?.fullPath === '/o/$slug')) void queryClient.prefetchQuery(meQuery)
  // Whoever opens the page meets what goes wrong here.
  for (const route of routes) if (route) void router.loadRouteChunk(route)?.catch(() => {})
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
