// Every address of the programme with the page behind it.

import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchWords } from '../kit/url-state.ts'
import { org } from './org-route.ts'

export const programmePages = [
  createRoute({
    getParentRoute: () => org,
    path: 'programme',
    component: lazyRouteComponent(() => import('../programme/ui/programme-page.tsx'), 'ProgrammePage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/plan',
    component: lazyRouteComponent(() => import('../programme/ui/plan/plan-page.tsx'), 'PlanPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/budget',
    validateSearch: searchWords('year', 'sort'),
    component: lazyRouteComponent(() => import('../programme/ui/budget/budget-page.tsx'), 'BudgetPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/long-view',
    validateSearch: searchWords('years', 'fades', 'returns', 'sprint', 'lasts', 'again'),
    component: lazyRouteComponent(() => import('../programme/ui/long-view/long-view-page.tsx'), 'LongViewPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/guards',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../programme/ui/guards/guards-page.tsx'), 'GuardsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/figures',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../programme/ui/figures/figures-page.tsx'), 'FiguresPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/ladder',
    component: lazyRouteComponent(() => import('../programme/ui/ladder/ladder-page.tsx'), 'LadderPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/choosing',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../programme/ui/choosing/choosing-page.tsx'), 'ChoosingPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/reviews',
    component: lazyRouteComponent(() => import('../programme/ui/reviews/reviews-page.tsx'), 'ReviewsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/week',
    component: lazyRouteComponent(() => import('../programme/ui/sessions/week-page.tsx'), 'WeekPage'),
    validateSearch: searchWords('week'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/attendance',
    component: lazyRouteComponent(() => import('../programme/ui/attendance/attendance-page.tsx'), 'AttendancePage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/people',
    component: lazyRouteComponent(() => import('../programme/ui/people/people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'programme/processes',
    component: lazyRouteComponent(() => import('../programme/ui/processes/processes-page.tsx'), 'ProcessesPage'),
  }),
]
