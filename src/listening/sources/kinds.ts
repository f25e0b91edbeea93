// Looks up the ways in which networks can be listened to.

import type { SourceKind } from '../../connectors/listen.ts'
import { connectors, findConnector } from '../../connectors/registry.ts'

export interface OfferedKind {
  connector: { id: string; name: string }
  kind: SourceKind
}

export const offeredKinds = (): OfferedKind[] =>
  connectors.flatMap((connector) => (connector.hears ?? []).map((kind) => ({ connector, kind })))

/** null: this installation does not know it (any more). */
export const findKind = (connectorId: string, key: string): SourceKind | null =>
  findConnector(connectorId)?.hears?.find((kind) => kind.key === key) ?? null
