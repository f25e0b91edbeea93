// Every address of the web app with the page behind it; those of listening stand in listening-routes.ts. Pages load when they are opened; only this list is always there.
//
// A page reads its own address with `getRouteApi('/o/$slug/posts/$postId').useParams()`, its filters with kit/url-state.ts.

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { searchWords } from '../kit/url-state.ts'
import { homeOf, leadTo, signedIn } from './guards.ts'
import { inboxPages } from './inbox-routes.ts'
import { listeningPages } from './listening-routes.ts'
import { org, root } from './org-route.ts'
import { OutsidePage } from './outside-page.tsx'
import { programmePages } from './programme-routes.ts'

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    throw homeOf(await signedIn(context.queryClient, location.href))
  },
})

// ── Before and outside an organisation ──────────────────────────────────────────────────────────────────────────────

const outside = createRoute({ getParentRoute: () => root, id: 'outside', component: OutsidePage })

const outsidePages = [
  createRoute({
    getParentRoute: () => outside,
    path: '/welcome',
    component: lazyRouteComponent(() => import('../people/ui/welcome-page.tsx'), 'WelcomePage'),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: '/sign-in',
    validateSearch: searchWords('to', 'error'),
    component: lazyRouteComponent(() => import('../people/ui/sign-in-page.tsx'), 'SignInPage'),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: '/forgotten-password',
    component: lazyRouteComponent(() => import('../people/ui/forgotten-password-page.tsx'), 'ForgottenPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: '/reset-password',
    validateSearch: searchWords('token', 'error'),
    component: lazyRouteComponent(() => import('../people/ui/reset-password-page.tsx'), 'ResetPasswordPage'),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: '/join/$secret',
    component: lazyRouteComponent(() => import('../people/ui/join-page.tsx'), 'JoinPage'),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: '/review/$secret',
    component: lazyRouteComponent(() => import('../publishing/ui/approvals/review-page.tsx'), 'ReviewPage'),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: '/ask/$slug',
    component: lazyRouteComponent(() => import('../publishing/ui/briefs/ask-page.tsx'), 'AskPage'),
  }),
  // The server sends people here when a sign-in at a network led to no connection.
  createRoute({
    getParentRoute: () => outside,
    path: '/connect/refused',
    validateSearch: searchWords('code', 'param-kind', 'param-code', 'param-handle'),
    component: lazyRouteComponent(() => import('../accounts/ui/refused-page.tsx'), 'RefusedPage'),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: '/organisations/new',
    beforeLoad: ({ context, location }) => signedIn(context.queryClient, location.href),
    component: lazyRouteComponent(() => import('../people/ui/new-organisation-page.tsx'), 'NewOrganisationPage'),
  }),
] as const

// ── Inside an organisation ──────────────────────────────────────────────────────────────────────────────────────────

const orgHome = createRoute({
  getParentRoute: () => org,
  path: '/',
  beforeLoad: leadTo('/o/$slug/today'),
})

const today = createRoute({
  getParentRoute: () => org,
  path: 'today',
  component: lazyRouteComponent(() => import('./today/today-page.tsx'), 'TodayPage'),
})

const activity = createRoute({
  getParentRoute: () => org,
  path: 'activity',
  validateSearch: searchWords('verb', 'person', 'from', 'to', 'subject'),
  component: lazyRouteComponent(() => import('../events/ui/activity-page.tsx'), 'ActivityPage'),
})

const publishingPages = [
  createRoute({
    getParentRoute: () => org,
    path: 'calendar',
    validateSearch: searchWords('view', 'date', 'account', 'zone', 'campaign', 'department', 'person'),
    component: lazyRouteComponent(() => import('../publishing/ui/calendar-page.tsx'), 'CalendarPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'imports',
    component: lazyRouteComponent(() => import('../publishing/ui/imports/imports-page.tsx'), 'ImportsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'imports/$importId',
    component: lazyRouteComponent(() => import('../publishing/ui/imports/import-page.tsx'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'posts',
    validateSearch: searchWords('state', 'account', 'campaign', 'q', 'order'),
    component: lazyRouteComponent(() => import('../publishing/ui/posts-page.tsx'), 'PostsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'approvals',
    validateSearch: searchWords('whose', 'state', 'sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/approvals/approvals-page.tsx'), 'ApprovalsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'links',
    validateSearch: searchWords('q', 'account', 'order'),
    component: lazyRouteComponent(() => import('../publishing/ui/links/links-page.tsx'), 'LinksPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'links/$linkId',
    component: lazyRouteComponent(() => import('../publishing/ui/links/link-page.tsx'), 'LinkPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'series',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/series/series-list-page.tsx'), 'SeriesListPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'series/$seriesId',
    component: lazyRouteComponent(() => import('../publishing/ui/series/series-page.tsx'), 'SeriesPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'compose',
    validateSearch: searchWords('post', 'date', 'source', 'account', 'campaign', 'initiator', 'brief'),
    component: lazyRouteComponent(() => import('../publishing/ui/composer-page.tsx'), 'ComposerPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'holds',
    validateSearch: searchWords('state', 'sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/holds/holds-page.tsx'), 'HoldsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'holds/$holdId',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/holds/hold-page.tsx'), 'HoldPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'withdrawals',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/withdrawals/withdrawals-page.tsx'), 'WithdrawalsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'withdrawals/new',
    component: lazyRouteComponent(
      () => import('../publishing/ui/withdrawals/begin-withdrawal-page.tsx'),
      'BeginWithdrawalPage',
    ),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'withdrawals/$withdrawalId',
    validateSearch: searchWords('state', 'sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/withdrawals/withdrawal-page.tsx'), 'WithdrawalPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'briefs',
    validateSearch: searchWords('state', 'kind', 'sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/briefs/briefs-page.tsx'), 'BriefsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'briefs/$briefId',
    component: lazyRouteComponent(() => import('../publishing/ui/briefs/brief-page.tsx'), 'BriefPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'stock',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/stock/stock-page.tsx'), 'StockPage'),
  }),
  // A new post gets its id while it is written; one address for both keeps the page, and the caret, where they are.
  createRoute({
    getParentRoute: () => org,
    path: 'posts/new',
    beforeLoad: leadTo('/o/$slug/compose'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'posts/$postId',
    component: lazyRouteComponent(() => import('../publishing/ui/post-page.tsx'), 'PostPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'posts/$postId/edit',
    beforeLoad: ({ params: { slug, postId } }) => {
      throw redirect({ to: '/o/$slug/compose', params: { slug }, search: { post: postId }, replace: true })
    },
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'media',
    validateSearch: searchWords('q', 'kind', 'folder', 'tag', 'rights', 'used', 'twice', 'order', 'view', 'file'),
    component: lazyRouteComponent(() => import('../media/ui/library/library-page.tsx'), 'MediaPage'),
  }),
] as const

const placementPages = [
  createRoute({
    getParentRoute: () => org,
    path: 'placements',
    validateSearch: searchWords('medium', 'run', 'q', 'sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/placements/placements-page.tsx'), 'PlacementsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'placements/$placementId',
    component: lazyRouteComponent(() => import('../publishing/ui/placements/placement-page.tsx'), 'PlacementPage'),
  }),
] as const

const newsletterPage = createRoute({
  getParentRoute: () => org,
  path: 'newsletters/$accountId',
  validateSearch: searchWords('show', 'state', 'q', 'sort'),
  component: lazyRouteComponent(() => import('../publishing/ui/letters/newsletter-page.tsx'), 'NewsletterPage'),
})
const campaignPages = [
  createRoute({
    getParentRoute: () => org,
    path: 'campaigns',
    validateSearch: searchWords('state', 'kind', 'owner', 'department', 'q', 'order'),
    component: lazyRouteComponent(() => import('../publishing/ui/campaigns/campaigns-page.tsx'), 'CampaignsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'campaigns/new',
    validateSearch: searchWords('source'),
    component: lazyRouteComponent(() => import('../publishing/ui/campaigns/campaign-form-page.tsx'), 'NewCampaignPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'campaigns/both',
    validateSearch: searchWords('date', 'zoom'),
    component: lazyRouteComponent(() => import('../publishing/ui/campaigns/both-page.tsx'), 'BothPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'campaigns/crossings',
    component: lazyRouteComponent(() => import('../publishing/ui/campaigns/crossings-page.tsx'), 'CrossingsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'campaigns/crossings/$pointId',
    component: lazyRouteComponent(() => import('../publishing/ui/campaigns/crossing-page.tsx'), 'CrossingPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'campaigns/$campaignId',
    component: lazyRouteComponent(() => import('../publishing/ui/campaigns/campaign-page.tsx'), 'CampaignPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'campaigns/$campaignId/edit',
    component: lazyRouteComponent(
      () => import('../publishing/ui/campaigns/campaign-form-page.tsx'),
      'EditCampaignPage',
    ),
  }),
] as const

const accountPages = [
  createRoute({
    getParentRoute: () => org,
    path: 'feeds',
    validateSearch: searchWords('account', 'dismissed'),
    component: lazyRouteComponent(() => import('../accounts/ui/feeds-page.tsx'), 'FeedsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'accounts',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../accounts/ui/accounts-page.tsx'), 'AccountsPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'accounts/connect',
    validateSearch: searchWords('network', 'account'),
    component: lazyRouteComponent(() => import('../accounts/ui/connect-page.tsx'), 'ConnectPage'),
  }),
  createRoute({
    getParentRoute: () => org,
    path: 'accounts/$accountId',
    validateSearch: searchWords('connected'),
    component: lazyRouteComponent(() => import('../accounts/ui/account-page.tsx'), 'AccountPage'),
  }),
] as const

// ── Settings ────────────────────────────────────────────────────────────────────────────────────────────────────────

const settings = createRoute({
  getParentRoute: () => org,
  path: 'settings',
  component: lazyRouteComponent(() => import('./settings-layout.tsx'), 'SettingsLayout'),
})

const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    beforeLoad: leadTo('/o/$slug/settings/profile'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'profile',
    component: lazyRouteComponent(() => import('../people/ui/profile-page.tsx'), 'ProfilePage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'organisation',
    component: lazyRouteComponent(() => import('../people/ui/organisation-page.tsx'), 'OrganisationPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'departments',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../people/ui/departments-page.tsx'), 'DepartmentsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'members',
    validateSearch: searchWords('sort', 'q', 'show'),
    component: lazyRouteComponent(() => import('../people/ui/members-page.tsx'), 'MembersPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'work',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../inbox/ui/routing/work-page.tsx'), 'WorkPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'routing',
    component: lazyRouteComponent(() => import('../inbox/ui/routing/routing-page.tsx'), 'RoutingPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'approval',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../publishing/ui/approvals/lanes-page.tsx'), 'LanesPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'promises',
    component: lazyRouteComponent(() => import('../inbox/ui/promises/promises-page.tsx'), 'PromisesPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'links',
    component: lazyRouteComponent(() => import('../publishing/ui/links/link-rules-page.tsx'), 'LinkRulesPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'holidays',
    component: lazyRouteComponent(() => import('../publishing/ui/holidays/holidays-page.tsx'), 'HolidaysPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'calendar-feeds',
    component: lazyRouteComponent(
      () => import('../publishing/ui/calendar-feed/calendar-feeds-page.tsx'),
      'CalendarFeedsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'saved-replies',
    validateSearch: searchWords('q', 'show'),
    component: lazyRouteComponent(() => import('../inbox/ui/settings/saved-replies-page.tsx'), 'SavedRepliesPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'macros',
    component: lazyRouteComponent(() => import('../inbox/ui/settings/macros-page.tsx'), 'MacrosPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'kept',
    component: lazyRouteComponent(() => import('../inbox/ui/settings/kept-page.tsx'), 'KeptPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'trainings',
    component: lazyRouteComponent(() => import('../inbox/ui/settings/trainings-page.tsx'), 'TrainingsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'drills',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../inbox/ui/drills/drills-page.tsx'), 'DrillsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'drills/$drillId',
    component: lazyRouteComponent(() => import('../inbox/ui/drills/drill-page.tsx'), 'DrillPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'exercises',
    validateSearch: searchWords('show'),
    component: lazyRouteComponent(() => import('../inbox/ui/drills/exercises-page.tsx'), 'ExercisesPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'community-rules',
    component: lazyRouteComponent(() => import('../inbox/ui/settings/community-rules-page.tsx'), 'CommunityRulesPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'tokens',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../people/ui/tokens-page.tsx'), 'TokensPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'webhooks',
    validateSearch: searchWords('sort'),
    component: lazyRouteComponent(() => import('../events/ui/webhooks-page.tsx'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'webhooks/$webhookId',
    component: lazyRouteComponent(() => import('../events/ui/webhook-page.tsx'), 'WebhookPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: 'api',
    validateSearch: searchWords('q'),
    component: lazyRouteComponent(() => import('./api-reference/api-page.tsx'), 'ApiPage'),
  }),
] as const

export const routeTree = root.addChildren([
  home,
  outside.addChildren(outsidePages),
  org.addChildren([
    orgHome,
    today,
    activity,
    ...listeningPages,
    ...inboxPages,
    ...programmePages,
    ...publishingPages,
    newsletterPage,
    ...placementPages,
    ...campaignPages,
    ...accountPages,
    settings.addChildren(settingsPages),
  ]),
])
