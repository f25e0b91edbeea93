// Every address of the inbox with the page behind it.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchWords } from '../kit/url-state.ts'
import { org } from './org-route.ts'

const InboxPage = lazyRouteComponent(() => import('../inbox/ui/inbox-page.tsx'), 'InboxPage')
const ContactsPage = lazyRouteComponent(() => import('../inbox/ui/contacts/contacts-page.tsx'), 'ContactsPage')
const ContactPage = lazyRouteComponent(() => import('../inbox/ui/contacts/contact-page.tsx'), 'ContactPage')

/** What the list shows stays, whichever conversation is open. */
const ofList = searchWords('view', 'q', 'department', 'account', 'mood', 'intent', 'due', 'order')

export const inboxPages = [
  createRoute({
    getParentRoute: () => org,
    path: 'inbox',
    validateSearch: ofList,
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
    path: 'inbox/staffing',
    validateSearch: searchWords('promise', 'minutes', 'share', 'patience'),
    component: lazyRouteComponent(() => import('../inbox/ui/staffing/staffing-page.tsx'), 'StaffingPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'inbox/measures',
    validateSearch: searchWords('days', 'department', 'account', 'person', 'by', 'split', 'busy'),
    component: lazyRouteComponent(() => import('../inbox/ui/measures/measures-page.tsx'), 'MeasuresPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'inbox/questions',
    component: lazyRouteComponent(() => import('../inbox/ui/routing/questions-page.tsx'), 'QuestionsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'inbox/$conversationId',
    validateSearch: ofList,
    component: InboxPage,
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'contacts',
    validateSearch: searchWords('q', 'tag'),
    component: ContactsPage,
  }),
  createRoute({ getParentRoute: () => org, path: 'contacts/$contactId', component: ContactPage }),
]
