// The API reference, made from the server's own OpenAPI document: every operation with its input and its answer.

import { Anchor, Text, TextInput, Title } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Refused } from '../../kit/api.ts'
import { AppPage } from '../../kit/app-page.tsx'
import { CopyField } from '../../kit/copy-field.tsx'
import { LoadingRows } from '../../kit/data-table.tsx'
import { EmptyState } from '../../kit/empty-state.tsx'
import { ErrorPanel } from '../../kit/error-panel.tsx'
import { ButtonLink, TextLink } from '../../kit/links.tsx'
import { useSearchWord } from '../../kit/url-state.ts'
import { useOrg } from '../../kit/viewer.tsx'
import { type OpenApi, type Operation, operationsOf } from './openapi.ts'
import './api-reference.css'
import { OperationView } from './operation-view.tsx'

const documentPath = '/api/v1/openapi.json'

export function ApiPage() {
  const org = useOrg()
  const [q, setQ] = useSearchWord('q')
  const document = useQuery({ queryKey: ['openapi'], queryFn: readDocument, staleTime: Number.POSITIVE_INFINITY })
  const operations = document.data ? operationsOf(document.data).filter((operation) => matches(operation, q)) : []
  const groups = Map.groupBy(operations, ({ tag }) => tag)
  return (
    <AppPage
      title="API reference"
      description="Everything this app does, your software can do too, by the same routes."
      actions={
        <ButtonLink to="/o/$slug/settings/tokens" params={{ slug: org.slug }} variant="default">
          API tokens
        </ButtonLink>
      }
    >
      <Text size="sm">
        Send a token as <code>Authorization: Bearer lr_…</code>. Instants are ISO 8601 in UTC. A refusal answers with{' '}
        <code>data.code</code>, and <code>data.field</code> where it belongs to one. The document itself:{' '}
        <Anchor href={documentPath} inherit>
          openapi.json
        </Anchor>
        . To be told instead of asking, use{' '}
        <TextLink to="/o/$slug/settings/webhooks" params={{ slug: org.slug }} inherit>
          webhooks
        </TextLink>
        .
      </Text>
      <CopyField label="Id of this organisation ({org} in addresses)" value={org.id} />
      <TextInput
        aria-label="Search operations"
        placeholder="Search operations"
        leftSection={<IconSearch size={16} />}
        value={q ?? ''}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {document.isPending && <LoadingRows rows={8} />}
      <ErrorPanel error={document.error} retry={() => void document.refetch()} />
      {document.data && operations.length === 0 && <EmptyState title="No operation fits this search" />}
      {document.data &&
        [...groups].map(([tag, list]) => (
          <section key={tag} aria-labelledby={`api-${tag}`}>
            <Title order={2} id={`api-${tag}`} mb="xs">
              {tag.charAt(0).toUpperCase() + tag.slice(1)}
            </Title>
            <div className="api-group">
              {list.map((operation) => (
                <OperationView
                  key={`${operation.method} ${operation.path}`}
                  document={document.data}
                  operation={operation}
                />
              ))}
            </div>
          </section>
        ))}
    </AppPage>
  )
}

async function readDocument(): Promise<OpenApi> {
  const answer = await fetch(documentPath)
  if (!answer.ok) throw new Refused({ code: 'internal-server-error', status: answer.status })
  return (await answer.json()) as OpenApi
}

const matches = ({ method, path, summary }: Operation, q: string | undefined): boolean =>
  !q || `${method} ${path} ${summary}`.toLowerCase().includes(q.trim().toLowerCase())
