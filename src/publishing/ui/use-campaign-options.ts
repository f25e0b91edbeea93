// Campaigns to choose from, with always-on before them.

import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'

/** The choice of no campaign. */
export const alwaysOn = 'none'

/** Always-on first, then what is open; a closed campaign only while the post belongs to it. */
export function useCampaignOptions(chosen: string | null) {
  const org = useOrg()
  const open = useQuery(
    api.campaigns.list.queryOptions({ input: { org: org.id, state: 'open', limit: 200 }, staleTime: 60_000 }),
  )
  const listed = open.data?.items ?? []
  const other = useQuery({
    ...api.campaigns.read.queryOptions({ input: { org: org.id, id: chosen ?? '' } }),
    enabled: chosen !== null && open.isSuccess && !listed.some(({ id }) => id === chosen),
    retry: false,
  })
  const campaign = listed.find(({ id }) => id === chosen) ?? (other.data?.id === chosen ? other.data : undefined)
  const known = [...listed.map(({ id, name }) => ({ value: id, label: name }))]
  if (chosen && !known.some(({ value }) => value === chosen))
    known.push({ value: chosen, label: campaign?.name ?? (other.isError ? 'A campaign that is not there' : '…') })
  return { options: [{ value: alwaysOn, label: 'Always-on' }, ...known], campaign }
}
