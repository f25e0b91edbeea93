// Joins the domains' routes: the server's side of contract.ts.

import { accountsRoutes } from './accounts/routes.ts'
import { eventsRoutes } from './events/routes.ts'
import { answersRoutes } from './inbox/answers/routes.ts'
import { beginningRoutes } from './inbox/beginning/routes.ts'
import { conversationBulksRoutes } from './inbox/bulk/routes.ts'
import { causesRoutes } from './inbox/causes/routes.ts'
import { communityRulesRoutes } from './inbox/community-rules/routes.ts'
import { contactsRoutes } from './inbox/contacts/routes.ts'
import { conversationsRoutes } from './inbox/conversations/routes.ts'
import { drillsRoutes } from './inbox/drills/routes.ts'
import { conversationJoinsRoutes } from './inbox/joins/routes.ts'
import { macrosRoutes } from './inbox/macros/routes.ts'
import { measuresRoutes } from './inbox/measures/routes.ts'
import { moderationRoutes } from './inbox/moderation/routes.ts'
import { presenceRoutes } from './inbox/presence/routes.ts'
import { promisesRoutes } from './inbox/promises/routes.ts'
import { questionsRoutes } from './inbox/questions/routes.ts'
import { repliesRoutes } from './inbox/replies/routes.ts'
import { inboxRetentionRoutes } from './inbox/retention/routes.ts'
import { rotaRoutes } from './inbox/rota/routes.ts'
import { routingRoutes } from './inbox/routing/routes.ts'
import { staffingRoutes } from './inbox/staffing/routes.ts'
import { takingOverRoutes } from './inbox/taking-over/routes.ts'
import { trainingsRoutes } from './inbox/trainings/routes.ts'
import { unreadRoutes } from './inbox/unread/routes.ts'
import { conversationViewsRoutes } from './inbox/views/routes.ts'
import { alertsRoutes } from './listening/alerts/routes.ts'
import { peopleWhoSpeakRoutes } from './listening/authors/routes.ts'
import { listeningBriefsRoutes } from './listening/briefs/routes.ts'
import { captureRoutes } from './listening/capture/routes.ts'
import { codingRoutes } from './listening/coding/routes.ts'
import { dashboardRoutes } from './listening/dashboard/routes.ts'
import { topicHandOnsRoutes } from './listening/handing-on/by-topic/routes.ts'
import { handingOnRoutes } from './listening/handing-on/routes.ts'
import { issuesRoutes } from './listening/issues/routes.ts'
import { labelsRoutes } from './listening/labels/routes.ts'
import { mentionsRoutes } from './listening/mentions/routes.ts'
import { overviewRoutes } from './listening/overview/routes.ts'
import { retentionRoutes } from './listening/retention/routes.ts'
import { sourcesRoutes } from './listening/sources/routes.ts'
import { topicsRoutes } from './listening/topics/routes.ts'
import { mediaRoutes } from './media/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { assessmentRoutes } from './programme/assessment/routes.ts'
import { attendanceRoutes } from './programme/attendance/routes.ts'
import { budgetRoutes } from './programme/budget/routes.ts'
import { choicesRoutes } from './programme/choices/routes.ts'
import { commitmentsRoutes } from './programme/commitments/routes.ts'
import { needsRoutes } from './programme/competencies/needs/routes.ts'
import { competentPeopleRoutes } from './programme/competencies/people/routes.ts'
import { competenciesRoutes } from './programme/competencies/routes.ts'
import { dutiesRoutes } from './programme/duties/routes.ts'
import { figuresRoutes } from './programme/figures/routes.ts'
import { goalsRoutes } from './programme/goals/routes.ts'
import { guardsRoutes } from './programme/guards/routes.ts'
import { longViewRoutes } from './programme/long-view/routes.ts'
import { planRoutes } from './programme/plan/routes.ts'
import { processesRoutes } from './programme/processes/routes.ts'
import { readingsRoutes } from './programme/readings/routes.ts'
import { reviewsRoutes } from './programme/reviews/routes.ts'
import { programmeRoutes } from './programme/routes.ts'
import { sessionFeedRoutes } from './programme/session-feed/routes.ts'
import { sessionsRoutes } from './programme/sessions/routes.ts'
import { templatesRoutes } from './programme/templates/routes.ts'
import { timeRoutes } from './programme/time/routes.ts'
import { worthRoutes } from './programme/worth/routes.ts'
import { adviceRoutes } from './publishing/advice/routes.ts'
import { approvalsRoutes } from './publishing/approvals/routes.ts'
import { bestTimesRoutes } from './publishing/best-times/routes.ts'
import { briefsRoutes } from './publishing/briefs/routes.ts'
import { bulkRoutes } from './publishing/bulk/routes.ts'
import { calendarFeedRoutes } from './publishing/calendar-feed/routes.ts'
import { campaignsRoutes } from './publishing/campaigns/routes.ts'
import { crossingsRoutes } from './publishing/crossings/routes.ts'
import { holdsRoutes } from './publishing/holds/routes.ts'
import { holidaysRoutes } from './publishing/holidays/routes.ts'
import { importsRoutes } from './publishing/imports/routes.ts'
import { lettersRoutes } from './publishing/letters/routes.ts'
import { linksRoutes } from './publishing/links/routes.ts'
import { mediaUsesRoutes } from './publishing/media-uses/routes.ts'
import { originalityRoutes } from './publishing/originality/routes.ts'
import { placementsRoutes } from './publishing/placements/routes.ts'
import { publishingRoutes } from './publishing/routes.ts'
import { seriesRoutes } from './publishing/series/routes.ts'
import { spacingRoutes } from './publishing/spacing/routes.ts'
import { stockRoutes } from './publishing/stock/routes.ts'
import { withdrawalsRoutes } from './publishing/withdrawals/routes.ts'

export const routes = {
  ...peopleRoutes,
  ...eventsRoutes,
  ...accountsRoutes,
  ...mediaRoutes,
  ...publishingRoutes,
  ...stockRoutes,
  ...briefsRoutes,
  ...originalityRoutes,
  ...approvalsRoutes,
  ...holidaysRoutes,
  ...spacingRoutes,
  ...holdsRoutes,
  ...lettersRoutes,
  ...placementsRoutes,
  ...withdrawalsRoutes,
  ...seriesRoutes,
  ...bulkRoutes,
  ...adviceRoutes,
  ...importsRoutes,
  ...mediaUsesRoutes,
  ...linksRoutes,
  ...campaignsRoutes,
  ...crossingsRoutes,
  ...bestTimesRoutes,
  ...calendarFeedRoutes,
  ...sourcesRoutes,
  ...topicsRoutes,
  ...codingRoutes,
  ...labelsRoutes,
  ...mentionsRoutes,
  ...overviewRoutes,
  ...dashboardRoutes,
  ...listeningBriefsRoutes,
  ...handingOnRoutes,
  ...topicHandOnsRoutes,
  ...alertsRoutes,
  ...issuesRoutes,
  ...conversationsRoutes,
  ...takingOverRoutes,
  ...causesRoutes,
  ...communityRulesRoutes,
  ...beginningRoutes,
  ...contactsRoutes,
  ...answersRoutes,
  ...macrosRoutes,
  ...presenceRoutes,
  ...repliesRoutes,
  ...trainingsRoutes,
  ...drillsRoutes,
  ...inboxRetentionRoutes,
  ...moderationRoutes,
  ...promisesRoutes,
  ...conversationViewsRoutes,
  ...unreadRoutes,
  ...conversationBulksRoutes,
  ...conversationJoinsRoutes,
  ...measuresRoutes,
  ...staffingRoutes,
  ...rotaRoutes,
  ...routingRoutes,
  ...questionsRoutes,
  ...captureRoutes,
  ...peopleWhoSpeakRoutes,
  ...retentionRoutes,
  ...programmeRoutes,
  ...worthRoutes,
  ...choicesRoutes,
  ...guardsRoutes,
  ...figuresRoutes,
  ...longViewRoutes,
  ...reviewsRoutes,
  ...budgetRoutes,
  ...goalsRoutes,
  ...competenciesRoutes,
  ...competentPeopleRoutes,
  ...needsRoutes,
  ...dutiesRoutes,
  ...templatesRoutes,
  ...readingsRoutes,
  ...processesRoutes,
  ...commitmentsRoutes,
  ...assessmentRoutes,
  ...timeRoutes,
  ...sessionsRoutes,
  ...attendanceRoutes,
  ...sessionFeedRoutes,
  ...planRoutes,
}
