// How contacts are named on their pages.

import type { InferContractRouterOutputs } from '@orpc/contract'
import type { contactsContract } from '../../contacts/contract.ts'

type Outputs = InferContractRouterOutputs<typeof contactsContract>['contacts']
export type ContactLine = Outputs['list']['items'][number]
export type Contact = Outputs['read']
export type Identity = Contact['identities'][number]

export const handleOf = ({ handle, remoteId }: Pick<Identity, 'handle' | 'remoteId'>): string => handle ?? remoteId

export const nameOf = ({ name, identities }: Pick<ContactLine, 'name' | 'identities'>): string =>
  name || (identities[0] ? handleOf(identities[0]) : 'Nobody named')

export const keyOf = ({ network, remoteId }: Pick<Identity, 'network' | 'remoteId'>): string => `${network} ${remoteId}`
