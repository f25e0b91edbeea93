// The sources of the feeds with their health, each to be read at once; what came of it stands beside it.

import { Button, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, client, refresh, refusalOf } from '../../kit/api.ts'
import { TextLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { count, fieldWords } from '../../kit/words.ts'
import { ReconnectLink } from './reconnect-link.tsx'
import { TroubleTime, useTrouble } from './trouble-text.tsx'
import { type Account, useAccounts } from './use-accounts.ts'
import { inWords } from './words.ts'

export function FeedSources({ sources }: { sources: Account[] }) {
  const accounts = useAccounts()
  return (
    <section className="lr-panel" aria-labelledby="feed-sources">
      <Title order={2} id="feed-sources">
        Sources
      </Title>
      <ul className="ac-sources">
        {sources.map((source) => (
          <Source key={source.id} source={source} network={accounts.networkOf(source)} />
        ))}
      </ul>
    </section>
  )
}

function Source({ source, network }: { source: Account; network: string }) {
  const org = useOrg()
  const may = useMay()
  const trouble = useTrouble(source, network)
  const pull = usePull(source)
  return (
    <li className="ac-source">
      <span>
        <span className="ac-source-name">
          <TextLink
            to="/o/$slug/accounts/$accountId"
            params={{ slug: org.slug, accountId: source.id }}
            inherit
            underline="hover"
          >
            {source.name}
          </TextLink>
        </span>
        <span className="lr-below">
          {trouble ? (
            <>
              {trouble.what} <TroubleTime trouble={trouble} />
            </>
          ) : (
            <>
              Last read: <TimeText at={source.health.lastSuccessAt} relative none="never yet" />
            </>
          )}
        </span>
      </span>
      {source.state === 'connected' && may('sources.change') && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          loading={pull.isPending}
          onClick={() => pull.mutate()}
          aria-label={`Read now: ${source.name}`}
        >
          Read now
        </Button>
      )}
      {source.state !== 'connected' && <ReconnectLink account={source} size="compact-sm" variant="light" />}
      <Text size="sm" role="status" c={pull.isError ? 'crimson' : 'dimmed'}>
        {pull.data && addedText(pull.data.added)}
        {pull.error && fieldWords(inWords(refusalOf(pull.error), network))}
      </Text>
    </li>
  )
}

function usePull(source: Account) {
  const org = useOrg()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => client.sources.pull({ org: org.id, id: source.id }),
    onSettled: () => refresh(queryClient, api.sources, api.accounts),
  })
}

const addedText = (added: number): string => (added === 0 ? 'Nothing new.' : `${count(added, 'new item')}.`)
