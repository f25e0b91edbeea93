// Plans to begin with: for whom each is, and what its first and its twelfth week cost here.

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, type client, type Output } from '../../../kit/api.ts'
import { LoadingRows } from '../../../kit/data-table.tsx'
import { ErrorPanel } from '../../../kit/error-panel.tsx'
import { useOrg } from '../../../kit/viewer.tsx'
import { count } from '../../../kit/words.ts'

export type Template = Output<typeof client.templates.list>[number]

/** `choose`: null where somebody may only look. */
export function TemplateChoice({ choose }: { choose: ((template: Template) => void) | null }) {
  const org = useOrg()
  const found = useQuery(api.templates.list.queryOptions({ input: { org: org.id } }))
  return (
    <>
      {found.isPending && <LoadingRows />}
      <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      <div className="plan-areas">
        {found.data?.map((template) => (
          <div key={template.id} className="plan-area">
            <h3>{template.name}</h3>
            <p>{template.means}</p>
            <p className="lr-dimmed">{template.forWhom}</p>
            <p className="lr-dimmed">{costText(template)}</p>
            {choose && (
              <Button
                variant="default"
                size="xs"
                aria-label={`Begin with it: ${template.name}`}
                onClick={() => choose(template)}
              >
                Begin with it
              </Button>
            )}
          </div>
        ))}
      </div>
    </>
  )
}

const minutes = (value: number): string => count(Math.round(value), 'minute')

export const costText = ({ weekOne, weekTwelve, isLighter, inFull }: Template): string =>
  `Week 1 takes ${minutes(weekOne)}, week 12${isLighter ? ', a lighter one,' : ''} ${minutes(weekTwelve)}, all of it ${minutes(inFull)} a week.`
