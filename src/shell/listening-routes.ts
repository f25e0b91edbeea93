// Every address of listening with the page behind it.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchTexts, searchWords } from '../kit/url-state.ts'
import { searchNames } from '../listening/ui/mentions/mention-search.ts'
import { org } from './org-route.ts'

export const listeningPages = [
  createRoute({
    getParentRoute: () => org,
    path: 'listen',
    validateSearch: searchWords(...searchNames),
    component: lazyRouteComponent(() => import('../listening/ui/mentions/mentions-page.tsx'), 'MentionsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/overview',
    validateSearch: searchWords('period', 'sort'),
    component: lazyRouteComponent(() => import('../listening/ui/overview/overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/sources',
    component: lazyRouteComponent(() => import('../listening/ui/sources/sources-page.tsx'), 'SourcesPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/capture',
    validateSearch: searchTexts(4000, 'text', 'title', 'url'),
    component: lazyRouteComponent(() => import('../listening/ui/capture/capture-page.tsx'), 'CapturePage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/capture/files',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../listening/ui/capture/capture-files-page.tsx'), 'CaptureFilesPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/people',
    validateSearch: searchWords('state', 'side', 'q', 'sort'),
    component: lazyRouteComponent(() => import('../listening/ui/people/people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/people/$authorId',
    component: lazyRouteComponent(() => import('../listening/ui/people/author-page.tsx'), 'AuthorPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/topics',
    component: lazyRouteComponent(() => import('../listening/ui/topics/topics-page.tsx'), 'TopicsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/topics/new',
    validateSearch: searchWords('kind'),
    component: lazyRouteComponent(() => import('../listening/ui/topics/topic-page.tsx'), 'NewTopicPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/topics/$topicId',
    component: lazyRouteComponent(() => import('../listening/ui/topics/topic-page.tsx'), 'TopicPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/topics/$topicId/dashboard',
    validateSearch: searchWords('period', 'with'),
    component: lazyRouteComponent(() => import('../listening/ui/dashboard/dashboard-page.tsx'), 'DashboardPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/briefs',
    component: lazyRouteComponent(() => import('../listening/ui/briefs/briefs-page.tsx'), 'BriefsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/briefs/$briefId',
    component: lazyRouteComponent(() => import('../listening/ui/briefs/brief-page.tsx'), 'BriefPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/kept',
    validateSearch: searchWords('tag', 'handed'),
    component: lazyRouteComponent(() => import('../listening/ui/handing-on/kept-page.tsx'), 'KeptPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/alerts',
    validateSearch: searchWords('topic', 'state'),
    component: lazyRouteComponent(() => import('../listening/ui/alerts/alerts-page.tsx'), 'AlertsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/alerts/$alertId',
    component: lazyRouteComponent(() => import('../listening/ui/alerts/alert-page.tsx'), 'AlertPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/issues',
    validateSearch: searchWords('topic', 'state'),
    component: lazyRouteComponent(() => import('../listening/ui/issues/issues-page.tsx'), 'IssuesPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/issues/$issueId',
    component: lazyRouteComponent(() => import('../listening/ui/issues/issue-page.tsx'), 'IssuePage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/coding',
    component: lazyRouteComponent(() => import('../listening/ui/coding/coding-page.tsx'), 'CodingPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'listen/coding/$setId',
    component: lazyRouteComponent(() => import('../listening/ui/coding/coding-set-page.tsx'), 'CodingSetPage'),
  }),
] as const
