// An answer that the network has not brought back yet: where it stands, and what a person can do about it.

import { Button, Group } from '@mantine/core'
import { api, client } from '../../kit/api.ts'
import { TimeText } from '../../kit/time-text.tsx'
import { useAct } from '../../kit/use-act.ts'
import { useMay, useOrg } from '../../kit/viewer.tsx'
import { plainCode } from '../../kit/words.ts'
import { AnswerReview } from './answering/answer-review.tsx'
import { originWords } from './answering/origin-words.ts'
import { TakeBack } from './answering/sent-facts.tsx'
import { type Answer, stateOf } from './inbox-words.ts'

export function AnswerOnItsWay({ answer, conversationId }: { answer: Answer; conversationId: string }) {
  const org = useOrg()
  const may = useMay()
  const place = { org: org.id, id: conversationId, answerId: answer.id }
  const retry = useAct(api.answers, () => client.answers.retry(place))
  const discard = useAct(api.answers, () => client.answers.discard(place))
  const resolve = useAct(api.answers, (decision: 'send' | 'forget') => client.answers.resolve({ ...place, decision }))
  const offers = may('inbox.answer') ? answer.may : []
  return (
    <li className="ib-said" data-ours data-state={answer.state}>
      <p className="ib-facts">
        <strong>{answer.by?.name ?? 'We'}</strong> <TimeText at={answer.at} /> · {stateOf(answer)}
        {answer.reason && answer.state !== 'in-review' && `: ${answer.reason.text ?? plainCode(answer.reason.code)}`}
        {answer.origin && ` · ${originWords(answer.origin)}`}
      </p>
      <p className="ib-words" dir="auto">
        {answer.text}
      </p>
      {offers.includes('approve') && may('inbox.approve') && (
        <AnswerReview answer={answer} conversationId={conversationId} />
      )}
      <TakeBack answer={answer} conversationId={conversationId} />
      <Group gap="xs">
        {offers.includes('retry') && (
          <Button variant="default" size="compact-sm" loading={retry.isPending} onClick={() => retry.mutate()}>
            Send it now
          </Button>
        )}
        {offers.includes('resolve') && (
          <>
            <Button
              variant="default"
              size="compact-sm"
              loading={resolve.isPending}
              onClick={() => resolve.mutate('send')}
            >
              It is not there: send it
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => resolve.mutate('forget')}>
              Forget it
            </Button>
          </>
        )}
        {offers.includes('discard') && (
          <Button variant="subtle" size="compact-sm" loading={discard.isPending} onClick={() => discard.mutate()}>
            Discard
          </Button>
        )}
      </Group>
    </li>
  )
}
