// Somebody was faster: what they put in force is shown, what one has here stays until one chooses between the two.

import { Button, Group } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Refused, refusalOf } from '../../kit/api.ts'
import { ErrorPanel } from '../../kit/error-panel.tsx'

interface Props {
  /** A refusal whose words say what somebody did. */
  code: string
  theirs: ReactNode
  take: () => void
  keep: () => void
}

export function Meanwhile({ code, theirs, take, keep }: Props) {
  const [isSeen, setSeen] = useState(false)
  return (
    <>
      <ErrorPanel error={new Refused({ code })} kept="What you have here is kept until you choose.">
        <Button size="xs" variant="default" aria-expanded={isSeen} onClick={() => setSeen(!isSeen)}>
          See it
        </Button>
      </ErrorPanel>
      {isSeen && (
        <div className="plan-theirs">
          {theirs}
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={take}>
              Take theirs
            </Button>
            <Button size="xs" variant="default" onClick={keep}>
              Go on with mine
            </Button>
          </Group>
        </div>
      )}
    </>
  )
}

/** null where somebody was faster: that is a choice and no error. Then `again` reads what they did. */
export async function sendUnlessOutrun<Result>(
  send: () => Promise<Result>,
  again: () => Promise<unknown>,
): Promise<Result | null> {
  try {
    return await send()
  } catch (error) {
    if (refusalOf(error).code !== 'changed-meanwhile') throw error
    await again()
    return null
  }
}
