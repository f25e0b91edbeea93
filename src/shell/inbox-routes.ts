// Every address of the inbox with the page behind it.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchWords } from '../kit/url-state.ts'
import { org } from './org-route.ts'

const InboxPage = lazyRouteComponent(() => import('../inbox/ui/inbox-page.tsx'), 'InboxPage')

export const inboxPages = [
  createRoute({
    getParentRoute: () => org,
    path: 'inbox',
    validateSearch: searchWords('view'),
    component: InboxPage,
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'inbox/cover',
    validateSearch: searchWords('person', 'from', 'until'),
    component: lazyRouteComponent(() => import('../inbox/ui/promises/cover-page.tsx'), 'CoverPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'inbox/to-approve',
    component: lazyRouteComponent(() => import('../inbox/ui/answering/to-approve-page.tsx'), 'ToApprovePage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'inbox/$conversationId',
    validateSearch: searchWords('view'),
    component: InboxPage,
  }),
]
