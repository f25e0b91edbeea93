// Where people land when a sign-in at a network did not lead to a connection: what happened, and the way to try again.

import { Group } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Refused } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink } from '../../kit/links.tsx'
import { readAttempt } from './attempt.ts'
import { inWords } from './words.ts'

const route = getRouteApi('/outside/connect/refused')

export function RefusedPage() {
  const { code = 'unexpected', ...search } = route.useSearch()
  const [attempt] = useState(readAttempt)
  const params = {
    kind: search['param-kind'] ?? null,
    code: search['param-code'] ?? null,
    handle: search['param-handle'] ?? '',
  }
  const facts = inWords({ code, params, status: null }, 'the network')
  return (
    <AppPage title="Not connected" width="narrow">
      <ErrorPanel error={new Refused(facts)} kept="Nothing was connected or changed." />
      {attempt ? (
        <Group gap="xs">
          <ButtonLink
            to="/o/$slug/accounts/connect"
            params={{ slug: attempt.slug }}
            search={{ network: attempt.network, account: attempt.account }}
          >
            Try again
          </ButtonLink>
          <ButtonLink to="/o/$slug/accounts" params={{ slug: attempt.slug }} variant="subtle" color="gray">
            Back to the accounts
          </ButtonLink>
        </Group>
      ) : (
        <Group>
          <ButtonLink to="/">Go to Today</ButtonLink>
        </Group>
      )}
    </AppPage>
  )
}
