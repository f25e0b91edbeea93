// What was put into a conversation or taken out of it, with the way back; and what else the person said that may belong to it.

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, client } from '../../kit/api.ts'
import { Section } from '../../kit/app-page.tsx'
import { TextLink } from '../../kit/links.tsx'
import { TimeText } from '../../kit/time-text.tsx'
import { useAct } from '../../kit/use-act.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { count } from '../../kit/words.ts'
import type { Conversation, Join } from './inbox-words.ts'

export function JoinsCard({ conversation }: { conversation: Conversation }) {
  const org = useOrg()
  const may = useMay()
  const list = useQuery(api.conversationJoins.list.queryOptions({ input: { org: org.id, id: conversation.id } }))
  const undo = useAct(api.conversationJoins, async (id: string) => {
    await client.conversationJoins.undo({ org: org.id, id })
  })
  if (!list.data?.length) return null
  return (
    <Section title="Put together and apart">
      <ul className="ib-others">
        {list.data.map((join) => (
          <li key={join.id}>
            <p>
              <JoinWords join={join} conversationId={conversation.id} />
            </p>
            <p className="ib-facts">
              {join.by?.name} <TimeText at={join.at} relative />
              {join.undoneAt && ' · undone'}
            </p>
            {!join.undoneAt && may('inbox.handle') && (
              <Button variant="default" size="compact-sm" loading={undo.isPending} onClick={() => undo.mutate(join.id)}>
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function JoinWords({ join, conversationId }: { join: Join; conversationId: string }) {
  const { slug } = useOrg()
  const isFirst = join.from?.id === conversationId
  const other = isFirst ? join.into : join.from
  const moved = count(join.messages, 'message')
  const words =
    join.kind === 'merged'
      ? isFirst
        ? `Its ${moved} went into`
        : `${moved} came from`
      : isFirst
        ? `${moved} went into`
        : `Its ${moved} came out of`
  // What became part of another has nothing left to be read.
  if (!other || (join.kind === 'merged' && !isFirst && !join.undoneAt)) return <>{`${words} another conversation.`}</>
  return (
    <>
      {words}{' '}
      <TextLink
        to="/o/$slug/inbox/$conversationId"
        params={{ slug, conversationId: other.id }}
        search={(before: object) => before}
        inherit
      >
        another conversation
      </TextLink>
      .
    </>
  )
}
