// Today: what needs a person, what goes out, and what waits to be finished; each with one action.

import { useQuery } from '@tanstack/react-query'
import { AnswersForMe } from '../../inbox/ui/answering/answers-for-me.tsx'
import { DrillsForMe } from '../../inbox/ui/drills/drills-for-me.tsx'
import { api } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { timeIn } from '../../kit/time.ts'
import { useNow } from '../../kit/time-text.tsx'
import { useOrg, useViewer } from '../../kit/viewer.tsx'
import { SessionsNow } from '../../programme/ui/sessions/sessions-now.tsx'
import { WaitingForMe } from '../../publishing/ui/approvals/waiting-for-me.tsx'
import { Beginning } from './beginning.tsx'
import { Content } from './content.tsx'
import { Drafts } from './drafts.tsx'
import { GoingOut } from './going-out.tsx'
import { NeedsYou } from './needs-you.tsx'
import './today.css'

export function TodayPage() {
  const org = useOrg()
  const { zone } = useViewer()
  const now = useNow(60_000)
  const accounts = useQuery(api.accounts.list.queryOptions({ input: { org: org.id } }))
  const begun = accounts.data?.some((account) => account.state !== 'disconnected')
  return (
    <AppPage title="Today" description={timeIn(now, zone, 'day', now)}>
      {accounts.isPending && <LoadingRows />}
      <ErrorPanel error={accounts.error} retry={() => void accounts.refetch()} />
      {accounts.data && !begun && <Beginning />}
      {accounts.data && (
        <div className="td-grid">
          <SessionsNow />
          <WaitingForMe />
          <AnswersForMe />
          <DrillsForMe />
          <NeedsYou accounts={accounts.data} quiet={!begun} />
          {begun && <GoingOut accounts={accounts.data} />}
          {begun && <Content accounts={accounts.data} />}
          <Drafts quiet={!begun} />
        </div>
      )}
    </AppPage>
  )
}
