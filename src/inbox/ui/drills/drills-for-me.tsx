// On Today: the drill that a training of the viewer waits for or that they have begun, and drills of others that they may judge.

import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { ButtonLink } from '../../../kit/links.tsx'
import { TimeText } from '../../../kit/time-text.tsx'
import { TodoLine, TodoList } from '../../../kit/todo-list.tsx'
import { useMay, useOrg } from '../../../kit/viewer.tsx'
import { wantedWords } from './drill-words.ts'

const mostShown = 6
const refetchInterval = 300_000

type Mine = Output<typeof client.drills.mine>

export function DrillsForMe() {
  const { id: org, slug } = useOrg()
  const may = useMay()
  const mine = useQuery({
    ...api.drills.mine.queryOptions({ input: { org }, refetchInterval }),
    enabled: may('inbox.drill'),
  })
  const waiting = useQuery({
    ...api.drills.waiting.queryOptions({ input: { org }, refetchInterval }),
    enabled: may('inbox.judge'),
  })
  const own = mine.data && ownLine(mine.data)
  const others = waiting.data?.slice(0, mostShown) ?? []
  if (!own && others.length === 0) return null
  return (
    <section aria-labelledby="drills-for-me" className="lr-panel td-part">
      <Title order={2} id="drills-for-me">
        Drills
      </Title>
      <TodoList>
        {own && (
          <TodoLine title={own.title} note={own.note}>
            {own.drillId ? (
              <ButtonLink
                to="/o/$slug/settings/drills/$drillId"
                params={{ slug, drillId: own.drillId }}
                size="compact-sm"
                variant="light"
              >
                Go on
              </ButtonLink>
            ) : (
              <ButtonLink to="/o/$slug/settings/drills" params={{ slug }} size="compact-sm" variant="light">
                Begin
              </ButtonLink>
            )}
          </TodoLine>
        )}
        {others.map(({ id, member, handedInAt }) => (
          <TodoLine
            key={id}
            title={`The drill of ${member.name} waits to be judged`}
            note={
              handedInAt && (
                <>
                  handed in <TimeText at={handedInAt} relative />
                </>
              )
            }
          >
            <ButtonLink
              to="/o/$slug/settings/drills/$drillId"
              params={{ slug, drillId: id }}
              size="compact-sm"
              variant="light"
              aria-label={`Judge the drill of ${member.name}`}
            >
              Judge
            </ButtonLink>
          </TodoLine>
        ))}
      </TodoList>
    </section>
  )
}

/** What the viewer has to do about their own; null: nothing, or to wait. */
function ownLine({
  open,
  asked,
  topics,
  judges,
}: Mine): { title: string; note: string; drillId: string | null } | null {
  if (open) return open.handedInAt ? null : { title: 'You began a drill', note: wantedWords(open), drillId: open.id }
  // Nobody begins what nobody could judge.
  if (!asked || judges === 0) return null
  const names = topics.map((topic) => `“${topic}”`).join(', ')
  return { title: `A drill for your training ${names}`, note: wantedWords(asked), drillId: null }
}
