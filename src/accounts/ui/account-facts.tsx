// The facts of an account as last read: its health, and what the network takes from it.

import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { TimeText } from '../../kit/time-text.tsx'
import { limitLines } from './limit-words.ts'
import { type Account, limitsOf } from './use-accounts.ts'
import { codeWords } from './words.ts'

export function AccountFacts({ account, network }: { account: Account; network: string }) {
  const limits = limitLines(limitsOf(account))
  return (
    <>
      <section className="lr-panel" aria-labelledby="account-health">
        <Title order={2} id="account-health">
          Health
        </Title>
        <Health account={account} network={network} />
      </section>
      <section className="lr-panel" aria-labelledby="account-limits">
        <Title order={2} id="account-limits">
          What it takes
        </Title>
        {limits.length === 0 ? (
          <p className="ac-small">Nothing can be posted to it; it brings items in.</p>
        ) : (
          <>
            <dl className="ac-facts">
              {limits.map(({ label, value }) => (
                <Fact key={label} name={label}>
                  {value}
                </Fact>
              ))}
            </dl>
            <p className="ac-small">
              As the server stated it <TimeText at={account.health.checkedAt} relative none="when it was connected" />.
            </p>
          </>
        )}
      </section>
    </>
  )
}

function Health({ account, network }: { account: Account; network: string }) {
  const { health, timeZone: zone } = account
  return (
    <dl className="ac-facts">
      <Fact name="Last success">
        <TimeText at={health.lastSuccessAt} zone={zone} relative none="none yet" />
      </Fact>
      <Fact name="Last failure">
        <TimeText at={health.lastFailureAt} zone={zone} relative none="none" />
        {health.lastFailure && (
          <span className="lr-below">{codeWords({ code: health.lastFailure }, network).what}</span>
        )}
      </Fact>
      <Fact name="Last check">
        <TimeText at={health.checkedAt} relative none="none yet" />
      </Fact>
      <Fact name="Access">
        <Access account={account} />
      </Fact>
      {health.restUntil && Date.parse(health.restUntil) > Date.now() && (
        <Fact name="Rests until">
          <TimeText at={health.restUntil} zone={zone} />
        </Fact>
      )}
      <Fact name="Permissions">
        <Scopes scopes={health.scopes} />
      </Fact>
    </dl>
  )
}

function Access({ account: { state, health } }: { account: Account }) {
  if (state === 'disconnected') return 'Forgotten'
  if (state === 'needs-reconnect') return 'Not accepted any more'
  if (!health.credentialsExpireAt) return 'Has no end of its own'
  if (!health.renews)
    return (
      health.accessEndsAt && (
        <>
          Ends, and needs a person then: <TimeText at={health.accessEndsAt} />
        </>
      )
    )
  return (
    <>
      Renews by itself; this one lasts until <TimeText at={health.credentialsExpireAt} />
      {health.accessEndsAt && (
        <>
          . The network is expected to ask for a new sign-in: <TimeText at={health.accessEndsAt} />
        </>
      )}
    </>
  )
}

function Scopes({ scopes }: { scopes: string[] }) {
  if (scopes.length === 0) return <span className="lr-dimmed">The network names none</span>
  return (
    <ul className="ac-scopes">
      {scopes.map((scope) => (
        <li key={scope}>
          <code>{scope}</code>
        </li>
      ))}
    </ul>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
