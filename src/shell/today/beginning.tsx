// The first choice of an organisation: its real accounts, or the practice network where nothing can go wrong.

import { Title } from '@mantine/core'
import { IconPlugConnected, IconRun } from '@tabler/icons-react'
import { ButtonLink } from '../../kit/links.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'

export function Beginning() {
  const { slug } = useOrg()
  const may = useMay()
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
          <ButtonLink to="/o/$slug/accounts/connect" params={{ slug }}>
            Connect an account
          </ButtonLink>
        </div>
        <div className="lr-panel td-choice">
          <IconRun size={28} stroke={1.5} aria-hidden />
          <Title order={3}>Practise first</Title>
          <p>A practice network on this server. Write, schedule and rehearse mistakes; nobody outside sees anything.</p>
          <ButtonLink
            to="/o/$slug/accounts/connect"
            params={{ slug }}
            search={{ network: 'practice' }}
            variant="default"
          >
            Use the practice network
          </ButtonLink>
        </div>
      </div>
    </section>
  )
}
