// The connected accounts with the names of their networks, as many pages need them.

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Limits } from '../../connectors/contract.ts'
import { api, type client, type Output } from '../../kit/api.ts'
import { useOrg } from '../../kit/viewer.tsx'

export type Account = Output<typeof client.accounts.list>[number]
export type Network = Output<typeof client.connectors.list>[number]

export const limitsOf = (account: Account): Limits => account.limits as unknown as Limits

export function useNetworks() {
  const org = useOrg()
  return useQuery(api.connectors.list.queryOptions({ input: { org: org.id }, staleTime: 10 * 60_000 }))
}

export interface Accounts {
  all: Account[]
  byId: Map<string, Account>
  networkOf: (account: Pick<Account, 'connector'>) => string
  network: (account: Pick<Account, 'connector'>) => Network | undefined
  nameOf: (id: string) => string
  pending: boolean
  error: unknown
  retry: () => void
}

export function useAccounts(): Accounts {
  const org = useOrg()
  const accounts = useQuery(api.accounts.list.queryOptions({ input: { org: org.id } }))
  const networks = useNetworks()
  return useMemo(() => {
    const all = accounts.data ?? []
    const byId = new Map(all.map((account) => [account.id, account]))
    const byConnector = new Map((networks.data ?? []).map((network) => [network.id, network]))
    return {
      all,
      byId,
      networkOf: ({ connector }) => byConnector.get(connector)?.name ?? connector,
      network: ({ connector }) => byConnector.get(connector),
      nameOf: (id) => byId.get(id)?.name ?? 'a removed account',
      pending: accounts.isPending || networks.isPending,
      error: accounts.error ?? networks.error,
      retry: () => void Promise.all([accounts.refetch(), networks.refetch()]),
    }
  }, [accounts, networks])
}
