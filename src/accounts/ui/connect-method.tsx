// The ways to connect one network: which, its questions, and where to read about them.

import { Anchor, Code, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useOrg } from '../../kit/viewer.tsx'
import { attemptFor } from './attempt.ts'
import { ConnectForm } from './connect-form.tsx'
import type { Account, Network } from './use-accounts.ts'
import { webAddress } from './web-address.ts'

interface ConnectMethodProps {
  network: Network
  account: Account | undefined
}

export function ConnectMethod({ network, account }: ConnectMethodProps) {
  const { slug } = useOrg()
  const [attempt] = useState(() => attemptFor({ slug, network: network.id, account: account?.id }))
  const wanted = attempt?.method ?? account?.authMethod
  const [chosen, setChosen] = useState(wanted)
  const method = network.methods.find(({ id }) => id === chosen) ?? network.methods[0]!
  return (
    <>
      {network.methods.length > 1 && (
        <SegmentedControl
          aria-label="Way to connect"
          value={method.id}
          onChange={setChosen}
          data={network.methods.map(({ id, label }) => ({ value: id, label }))}
        />
      )}
      {network.practice && <PracticeHint />}
      {method.kind === 'oauth' && (
        <div className="ac-hint">
          <p>
            You go to the network’s own page, sign in there and allow Longrun in. Then you come back here. Longrun never
            sees your password.
          </p>
        </div>
      )}
      <div className="lr-panel">
        <ConnectForm
          key={method.id}
          network={network}
          method={method}
          account={account}
          kept={attempt?.method === method.id ? attempt.values : {}}
        />
      </div>
      <Documents network={network} />
    </>
  )
}

function PracticeHint() {
  return (
    <div className="ac-hint">
      <p>
        Start it on the server with <Code>bin/longrun practice</Code>. It prints the three things asked for here, and
        everything in it is gone when it stops.
      </p>
    </div>
  )
}

const monthText = (month: string): string =>
  new Date(`${month}-01T00:00Z`).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

function Documents({ network: { docs, name, reviewed, practice } }: { network: Network }) {
  const address = webAddress(docs)
  if (practice || !address) return null
  return (
    <p className="ac-small">
      <Anchor href={address} target="_blank" rel="noopener noreferrer" inherit underline="always">
        Documentation of {name}
      </Anchor>
      , which Longrun was last checked against in {monthText(reviewed)}.
    </p>
  )
}
