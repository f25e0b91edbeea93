// The networks that can be connected, each with what Longrun can do there.

import { IconArrowDownLeft, IconArrowUpRight, IconChartBar } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Badge } from '../../kit/state-badge.tsx'
import { useOrg } from '../../kit/viewer.tsx'
import type { Network } from './use-accounts.ts'

export function NetworkCards({ networks }: { networks: Network[] }) {
  const { slug } = useOrg()
  return (
    <ul className="ac-networks">
      {networks.map((network) => (
        <li key={network.id} className="lr-panel ac-network">
          <h2>
            <Link
              to="/o/$slug/accounts/connect"
              params={{ slug }}
              search={{ network: network.id }}
              className="lr-row-link"
            >
              {network.name}
            </Link>
          </h2>
          <p>{purposeOf(network)}</p>
          <Abilities network={network} />
        </li>
      ))}
    </ul>
  )
}

function purposeOf({ practice, publishes, methods }: Network): string {
  if (practice) return 'A network of your own to try things out. Nobody outside sees anything.'
  if (!publishes) return 'Brings in what others publish, as ideas and things to share.'
  if (!methods.some(({ kind }) => kind === 'oauth')) return `By ${methods.map(wayOf).join(' or by ')}.`
  return methods.length > 1 ? 'By signing in at the network, or with a key.' : 'By signing in at the network.'
}

const wayOf = ({ label }: Network['methods'][number]): string => label.charAt(0).toLowerCase() + label.slice(1)

function Abilities({ network: { publishes, listens, counts } }: { network: Network }) {
  const size = 14
  return (
    <div className="ac-badges">
      {publishes && <Badge icon={<IconArrowUpRight size={size} />}>Publishes</Badge>}
      {listens && <Badge icon={<IconArrowDownLeft size={size} />}>Reads</Badge>}
      {counts && <Badge icon={<IconChartBar size={size} />}>Counts</Badge>}
    </div>
  )
}
