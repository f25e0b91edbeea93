// Who can do what, since when and by what; who is at whose side; and what there is to read.

import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { AppPage } from '../../../kit/app-page.tsx'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { TextLink } from '../../../kit/links.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import '../refusal-words.ts'
import { BuddiesSection } from './buddies-section.tsx'
import { CertificatesSection } from './certificates-section.tsx'
import { NeedsSection } from './needs-section.tsx'
import { ReadingsSection } from './readings-section.tsx'
import '../programme.css'

export type Rung = Output<typeof client.competencies.read>['rungs'][number]

export function PeoplePage() {
  const org = useOrg()
  const ladder = useQuery(api.competencies.read.queryOptions({ input: { org: org.id } }))
  return (
    <AppPage
      title="Who can do what"
      description="Abilities of people with what shows them, buddies for those who are new, what work needs which ability, and what there is to read."
      crumbs={[
        <TextLink key="programme" to="/o/$slug/programme" params={{ slug: org.slug }}>
          Programme
        </TextLink>,
        <TextLink key="ladder" to="/o/$slug/programme/ladder" params={{ slug: org.slug }}>
          Ladder
        </TextLink>,
      ]}
    >
      {ladder.isPending && <LoadingRows />}
      <ErrorPanel error={ladder.error} retry={() => void ladder.refetch()} />
      {ladder.data && (
        <>
          <CertificatesSection rungs={ladder.data.rungs} />
          <BuddiesSection />
          <NeedsSection />
          <ReadingsSection rungs={ladder.data.rungs} />
        </>
      )}
    </AppPage>
  )
}
