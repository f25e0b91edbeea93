// The first choice of an organisation: its real accounts, or the practice network where nothing can go wrong.

import { Code, Title } from '@mantine/core'
import { IconPlugConnected, IconRun } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../kit/api.ts'
import { ButtonLink } from '../../kit/links.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'

export function Beginning() {
  const org = useOrg()
  const may = useMay()
  const connectors = useQuery(api.connectors.list.queryOptions({ input: { org: org.id } }))
  const practice = connectors.data?.find((connector) => connector.practice)
  if (!may('accounts.connect')) {
    return (
      <p className="lr-page-description">
        No account is connected yet. An owner, admin or manager connects the first one.
      </p>
    )
  }
  return (
    <section aria-labelledby="beginning" className="td-beginning">
      <Title order={2} id="beginning">
        Where do you want to begin?
      </Title>
      <div className="td-choices">
        <div className="lr-panel td-choice">
          <IconPlugConnected size={28} stroke={1.5} aria-hidden />
          <Title order={3}>Connect an account</Title>
          <p>Your organisation’s own account on a network or blog. Nothing is posted until somebody schedules it.</p>
          <ButtonLink to="/o/$slug/accounts/connect" params={{ slug: org.slug }}>
            Connect an account
          </ButtonLink>
        </div>
        {practice && (
          <div className="lr-panel td-choice">
            <IconRun size={28} stroke={1.5} aria-hidden />
            <Title order={3}>Practise first</Title>
            <p>
              A network of your own, on this machine: write, schedule and rehearse mistakes; nobody outside sees
              anything. Start it with <Code>bin/longrun practice</Code>; it says what to fill in.
            </p>
            <ButtonLink
              to="/o/$slug/accounts/connect"
              params={{ slug: org.slug }}
              search={{ network: practice.id }}
              variant="default"
            >
              {`Use the ${practice.name.toLowerCase()}`}
            </ButtonLink>
          </div>
        )}
      </div>
    </section>
  )
}
