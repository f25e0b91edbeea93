// Joins the domains' contracts: the one description of the API, for the server, the web app, the OpenAPI document and the tests.

import { accountsContract } from './accounts/contract.ts'
import { eventsContract } from './events/contract.ts'
import { answersContract } from './inbox/answers/contract.ts'
import { draftsContract } from './inbox/answers/contract-drafts.ts'
import { beginningContract } from './inbox/beginning/contract.ts'
import { conversationBulksContract } from './inbox/bulk/contract.ts'
import { causesContract } from './inbox/causes/contract.ts'
import { communityRulesContract } from './inbox/community-rules/contract.ts'
import { contactsContract } from './inbox/contacts/contract.ts'
import { conversationsContract } from './inbox/conversations/contract.ts'
import { drillsContract } from './inbox/drills/contract.ts'
import { exercisesContract } from './inbox/drills/contract-exercises.ts'
import { conversationJoinsContract } from './inbox/joins/contract.ts'
import { macrosContract } from './inbox/macros/contract.ts'
import { measuresContract } from './inbox/measures/contract.ts'
import { moderationContract } from './inbox/moderation/contract.ts'
import { presenceContract } from './inbox/presence/contract.ts'
import { promisesContract } from './inbox/promises/contract.ts'
import { questionsContract } from './inbox/questions/contract.ts'
import { repliesContract } from './inbox/replies/contract.ts'
import { inboxRetentionContract } from './inbox/retention/contract.ts'
import { rotaContract } from './inbox/rota/contract.ts'
import { routingContract } from './inbox/routing/contract.ts'
import { staffingContract } from './inbox/staffing/contract.ts'
import { takingOverContract } from './inbox/taking-over/contract.ts'
import { trainingsContract } from './inbox/trainings/contract.ts'
import { unreadContract } from './inbox/unread/contract.ts'
import { conversationViewsContract } from './inbox/views/contract.ts'
import { alertsContract } from './listening/alerts/contract.ts'
import { peopleWhoSpeakContract } from './listening/authors/contract.ts'
import { listeningBriefsContract } from './listening/briefs/contract.ts'
import { captureContract } from './listening/capture/contract.ts'
import { codingContract } from './listening/coding/contract.ts'
import { dashboardContract } from './listening/dashboard/contract.ts'
import { topicHandOnsContract } from './listening/handing-on/by-topic/contract.ts'
import { handingOnContract } from './listening/handing-on/contract.ts'
import { issuesContract } from './listening/issues/contract.ts'
import { labelsContract } from './listening/labels/contract.ts'
import { mentionsContract } from './listening/mentions/contract.ts'
import { overviewContract } from './listening/overview/contract.ts'
import { retentionContract } from './listening/retention/contract.ts'
import { sourcesContract } from './listening/sources/contract.ts'
import { topicsContract } from './listening/topics/contract.ts'
import { mediaContract } from './media/contract.ts'
import { peopleContract } from './people/contract.ts'
import { assessmentContract } from './programme/assessment/contract.ts'
import { attendanceContract } from './programme/attendance/contract.ts'
import { budgetContract } from './programme/budget/contract.ts'
import { spendContract } from './programme/budget/contract-spend.ts'
import { choicesContract } from './programme/choices/contract.ts'
import { commitmentsContract } from './programme/commitments/contract.ts'
import { competenciesContract } from './programme/competencies/contract.ts'
import { needsContract } from './programme/competencies/needs/contract.ts'
import { competentPeopleContract } from './programme/competencies/people/contract.ts'
import { programmeContract } from './programme/contract.ts'
import { dutiesContract } from './programme/duties/contract.ts'
import { figuresContract } from './programme/figures/contract.ts'
import { goalsContract } from './programme/goals/contract.ts'
import { guardsContract } from './programme/guards/contract.ts'
import { longViewContract } from './programme/long-view/contract.ts'
import { planContract } from './programme/plan/contract.ts'
import { processesContract } from './programme/processes/contract.ts'
import { readingsContract } from './programme/readings/contract.ts'
import { reviewsContract } from './programme/reviews/contract.ts'
import { sessionFeedContract } from './programme/session-feed/contract.ts'
import { sessionsContract } from './programme/sessions/contract.ts'
import { leadSessionsContract } from './programme/sessions/contract-lead.ts'
import { templatesContract } from './programme/templates/contract.ts'
import { timeContract } from './programme/time/contract.ts'
import { worthContract } from './programme/worth/contract.ts'
import { adviceContract } from './publishing/advice/contract.ts'
import { approvalsContract } from './publishing/approvals/contract.ts'
import { bestTimesContract } from './publishing/best-times/contract.ts'
import { briefsContract } from './publishing/briefs/contract.ts'
import { bulkContract } from './publishing/bulk/contract.ts'
import { calendarFeedContract } from './publishing/calendar-feed/contract.ts'
import { campaignsContract } from './publishing/campaigns/contract.ts'
import { publishingContract } from './publishing/contract.ts'
import { crossingsContract } from './publishing/crossings/contract.ts'
import { holdsContract } from './publishing/holds/contract.ts'
import { holidaysContract } from './publishing/holidays/contract.ts'
import { importsContract } from './publishing/imports/contract.ts'
import { lettersContract } from './publishing/letters/contract.ts'
import { linksContract } from './publishing/links/contract.ts'
import { mediaUsesContract } from './publishing/media-uses/contract.ts'
import { originalityContract } from './publishing/originality/contract.ts'
import { placementsContract } from './publishing/placements/contract.ts'
import { seriesContract } from './publishing/series/contract.ts'
import { spacingContract } from './publishing/spacing/contract.ts'
import { stockContract } from './publishing/stock/contract.ts'
import { withdrawalsContract } from './publishing/withdrawals/contract.ts'

export const contract = {
  ...peopleContract,
  ...eventsContract,
  ...accountsContract,
  ...mediaContract,
  ...publishingContract,
  ...stockContract,
  ...briefsContract,
  ...originalityContract,
  ...approvalsContract,
  ...holidaysContract,
  ...spacingContract,
  ...holdsContract,
  ...lettersContract,
  ...placementsContract,
  ...withdrawalsContract,
  ...seriesContract,
  ...bulkContract,
  ...adviceContract,
  ...importsContract,
  ...mediaUsesContract,
  ...linksContract,
  ...campaignsContract,
  ...crossingsContract,
  ...bestTimesContract,
  ...calendarFeedContract,
  ...sourcesContract,
  ...topicsContract,
  ...codingContract,
  ...labelsContract,
  ...mentionsContract,
  ...overviewContract,
  ...dashboardContract,
  ...listeningBriefsContract,
  ...handingOnContract,
  ...topicHandOnsContract,
  ...alertsContract,
  ...issuesContract,
  ...captureContract,
  ...peopleWhoSpeakContract,
  ...retentionContract,
  ...conversationsContract,
  ...takingOverContract,
  ...causesContract,
  ...communityRulesContract,
  ...beginningContract,
  ...contactsContract,
  ...answersContract,
  ...draftsContract,
  ...macrosContract,
  ...presenceContract,
  ...repliesContract,
  ...trainingsContract,
  ...drillsContract,
  ...exercisesContract,
  ...inboxRetentionContract,
  ...moderationContract,
  ...promisesContract,
  ...conversationViewsContract,
  ...unreadContract,
  ...conversationBulksContract,
  ...conversationJoinsContract,
  ...measuresContract,
  ...staffingContract,
  ...rotaContract,
  ...routingContract,
  ...questionsContract,
  ...programmeContract,
  ...worthContract,
  ...choicesContract,
  ...reviewsContract,
  ...goalsContract,
  ...competenciesContract,
  ...competentPeopleContract,
  ...needsContract,
  ...dutiesContract,
  ...templatesContract,
  ...readingsContract,
  ...processesContract,
  ...commitmentsContract,
  ...assessmentContract,
  ...timeContract,
  ...sessionsContract,
  ...leadSessionsContract,
  ...attendanceContract,
  ...sessionFeedContract,
  ...planContract,
  ...guardsContract,
  ...figuresContract,
  ...longViewContract,
  ...budgetContract,
  ...spendContract,
}

export const apiPath = '/api/v1'
