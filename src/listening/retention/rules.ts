// Which class a network is of, and until when what was heard there is kept. Pure.

import { connectors, findConnector } from '../../connectors/registry.ts'
import { byHandNetwork } from '../capture/types.ts'
import { type RetentionClass, retention } from './types.ts'

export const classOf = (network: string): RetentionClass =>
  network === byHandNetwork ? 'by-hand' : (findConnector(network)?.heardAs ?? 'public')

/** Networks that are of a class other than public. */
export const networksOf = (wanted: 'private' | 'by-hand'): string[] =>
  wanted === 'by-hand' ? [byHandNetwork] : connectors.filter(({ heardAs }) => heardAs === 'private').map(({ id }) => id)

const dayMs = 86_400_000

/** What organisations decided, by `organisation class`. */
export type RetentionRules = ReadonlyMap<string, number>

export function keptUntil(rules: RetentionRules | undefined, orgId: string, network: string, heardAt: Date): Date {
  const kind = classOf(network)
  const { usual, most } = retention[kind]
  const days = Math.min(most, rules?.get(`${orgId} ${kind}`) ?? usual)
  return new Date(heardAt.getTime() + days * dayMs)
}
