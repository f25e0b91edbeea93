// How answers look to those who ask: where each stands, where its words come from, and what may be done with it.

import type { z } from 'zod'
import type { AccountRow } from '../../accounts/session.ts'
import type { Tx } from '../../db/tx.ts'
import { readActors } from '../../people/directory.ts'
import type { AnswerStanding } from '../../publishing/answers/types.ts'
import { canTakeBack } from '../../publishing/answers/withdraw-answer.ts'
import type { answerView } from './contract.ts'
import { broughtBack } from './store.ts'
import { originsOf } from './store-drafts.ts'

export type AnswerShown = z.infer<typeof answerView>

/** Of one conversation. */
export async function answersShown(
  tx: Tx,
  { orgId, conversationId, account }: { orgId: string; conversationId: string; account: Pick<AccountRow, 'connector'> },
  standing: AnswerStanding[],
): Promise<AnswerShown[]> {
  const remoteIds = standing.flatMap(({ remoteId }) => remoteId ?? [])
  const back = await broughtBack(tx, orgId, conversationId, remoteIds)
  const origins = await originsOf(
    tx,
    orgId,
    standing.map(({ id }) => id),
  )
  const person = await readActors(
    tx,
    orgId,
    standing.map(({ createdBy }) => createdBy),
  )
  return standing.map((each) => {
    const messageId = (each.remoteId !== null && back.get(each.remoteId)) || null
    const origin = origins.get(each.id)
    return {
      ...{
        id: each.id,
        text: each.text,
        revision: each.revision,
        state: each.state,
        words: each.words,
        wakeAt: each.wakeAt,
      },
      media: each.media.map(({ id, kind, alt }) => ({ id, kind, alt })),
      may: each.may.filter((change) => change !== 'withdraw' || canTakeBack(account, each.kind)),
      reason: each.reason && {
        code: each.reason.code,
        ...(typeof each.reason.until === 'string' ? { until: each.reason.until } : {}),
        ...(typeof each.reason.text === 'string' ? { text: each.reason.text } : {}),
      },
      origin: origin
        ? {
            replies: origin.titles,
            words: origin.words,
            changed: origin.changed,
            isFromProgram: origin.reply_ids.length === 0,
          }
        : null,
      ...{ remoteId: each.remoteId, url: each.remoteUrl, isRead: messageId !== null, messageId },
      ...{ at: each.publishedAt ?? each.createdAt, by: person(each.createdBy) },
    }
  })
}
