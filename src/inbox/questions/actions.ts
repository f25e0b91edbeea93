// Verbs of questions between departments: ask, answer, take back. The conversation stays where it is.

import { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { newId } from '../../lib/ids.ts'
import { linkTo } from '../../lib/links.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { type ActiveMember, readActiveMembers, readActors } from '../../people/directory.ts'
import { callerMay, may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import { departmentName, findConversation, lockConversation } from '../conversations/store.ts'
import type { questionView } from './contract.ts'
import { countOpen, insertQuestion, type QuestionRow, questionRows, updateQuestion } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>
type QuestionShown = z.infer<typeof questionView>

const place = z.tuple([z.iso.datetime(), z.uuid()])
const mostInOne = 500

const myDepartment = async (tx: Tx, { orgId, memberId }: Caller): Promise<string | null> =>
  (await readActiveMembers(tx, orgId)).find(({ id }) => id === memberId)?.departmentId ?? null

interface Listing {
  departmentId?: string | undefined
  limit: number
  cursor?: string | undefined
}

export const listOpen = ({ db }: Pick<Deps, 'db'>, caller: Caller, { departmentId, limit, cursor }: Listing) =>
  readInOrg(db, caller.orgId, async (tx) => {
    const after = readCursor(cursor, place)
    const of = departmentId ?? (await myDepartment(tx, caller))
    const query = { departmentId: of ?? '', isOpen: true, after, limit: limit + 1 } as const
    const rows = of === null ? [] : await questionRows(tx, caller.orgId, query)
    return pageFrom(rows, limit, (row) => [row.asked_at.toISOString(), row.id], await shower(tx, caller.orgId, rows))
  })

export const countForMe = ({ db }: Pick<Deps, 'db'>, caller: Caller) =>
  readInOrg(db, caller.orgId, async (tx) => {
    const of = await myDepartment(tx, caller)
    return { ofMyDepartment: of === null ? 0 : await countOpen(tx, caller.orgId, of) }
  })

export const listQuestions = ({ db }: Pick<Deps, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    if (!(await findConversation(tx, orgId, id))) throw notFound('conversation')
    const rows = await questionRows(tx, orgId, { conversationId: id, limit: mostInOne })
    return rows.map(await shower(tx, orgId, rows))
  })

async function shower(tx: Tx, orgId: string, rows: readonly QuestionRow[]) {
  const person = await readActors(
    tx,
    orgId,
    rows.flatMap(({ asked_of, asked_by, answered_by }) => [asked_of, asked_by, answered_by]),
  )
  return (row: QuestionRow): QuestionShown => ({
    ...{ id: row.id, conversation: { id: row.conversation_id, with: row.with, preview: row.preview } },
    ...{ department: { id: row.department_id, name: row.department_name }, askedOf: person(row.asked_of) },
    ...{ question: row.question, askedAt: row.asked_at.toISOString(), askedBy: person(row.asked_by) },
    ...{ answer: row.answer, answeredAt: row.answered_at?.toISOString() ?? null, answeredBy: person(row.answered_by) },
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  })
}

const shownOf = async (tx: Tx, orgId: string, id: string): Promise<[QuestionShown, QuestionRow]> => {
  const rows = await questionRows(tx, orgId, { id, limit: 1 })
  return [(await shower(tx, orgId, rows))(rows[0]!), rows[0]!]
}

interface Asking {
  id: string
  departmentId: string
  memberId: string | null
  question: string
}

/** @throws Refusal `behind-wall`, `department-not-found`, `asks-itself`, `not-of-department` where somebody is named who is not there. */
export const askDepartment = (services: Deps, caller: Caller, { id, departmentId, memberId, question }: Asking) =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const { orgId, memberId: by } = caller
    const at = services.clock()
    const conversation = await lockConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    // Whoever is asked would not see it.
    if (conversation.wall_id !== null) throw new Refusal('behind-wall', { status: 409, field: 'departmentId' })
    const name = await departmentName(tx, orgId, departmentId)
    if (name === null) throw new Refusal('department-not-found', { field: 'departmentId' })
    if (departmentId === conversation.department_id) throw new Refusal('asks-itself', { field: 'departmentId' })
    const there = await answering(tx, orgId, departmentId)
    if (memberId !== null && !there.some((member) => member.id === memberId))
      throw new Refusal('not-of-department', { field: 'memberId' })
    const made = newId()
    const asked = { id: made, conversation_id: id, department_id: departmentId, asked_of: memberId, question }
    await insertQuestion(tx, orgId, { ...asked, asked_at: at, asked_by: by })
    const memberIds = (memberId ? [memberId] : there.map((member) => member.id)).filter((each) => each !== by)
    await tell(services, tx, orgId, { id, memberIds, kind: 'department-asked', words: question, department: name })
    await announce(tx, orgId, [id])
    const [shown] = await shownOf(tx, orgId, made)
    const facts = { to: name }
    await record(tx, orgId, caller.actor, at, {
      verb: 'conversation.asked',
      subject: { kind: 'conversation', id },
      facts,
    })
    return shown
  })

/** Those of a department who may answer in a conversation. */
const answering = async (tx: Tx, orgId: string, departmentId: string): Promise<ActiveMember[]> =>
  (await readActiveMembers(tx, orgId)).filter(
    (member) => member.departmentId === departmentId && may(member.role, 'inbox.handle'),
  )

interface Telling {
  id: string
  memberIds: string[]
  kind: 'department-asked' | 'department-answered'
  words: string
  department: string
}

const subjects = {
  'department-asked': 'A colleague asks your department',
  'department-answered': 'Your question was answered',
} as const

const tell = (services: Deps, tx: Tx, orgId: string, { id, memberIds, kind, words, department }: Telling) =>
  notify(tx, services, orgId, {
    ...{ memberIds, kind, facts: { words, department }, subject: { kind: 'conversation', id } },
    mail: {
      subject: subjects[kind],
      text: `“${words}”\n\nThe conversation: ${linkTo(services.publicUrl, orgId, `inbox/${id}`)}\n`,
    },
  })

interface Answering {
  id: string
  questionId: string
  answer: string
}

/** By the department that was asked, or by whoever leads. @throws Refusal `question-settled`, `not-of-department`. */
export const answerQuestion = (services: Deps, caller: Caller, { id, questionId, answer }: Answering) =>
  settle(services, caller, { id, questionId }, async (tx, row, at) => {
    const { orgId, memberId: by } = caller
    const isThere = (await answering(tx, orgId, row.department_id)).some((member) => member.id === by)
    if (!isThere && !callerMay(caller, 'routing.change')) throw new Refusal('not-of-department', { status: 403 })
    await updateQuestion(tx, orgId, questionId, { answer, answered_at: at, answered_by: by })
    const memberIds = [row.asked_by, ...(row.owner_id ? [row.owner_id] : [])].filter((each) => each !== by)
    const kind = 'department-answered'
    await tell(services, tx, orgId, { id, memberIds, kind, words: answer, department: row.department_name })
    return 'conversation.department-answered'
  })

/** By whoever asked, or by whoever leads. @throws Refusal `question-settled`, `question-of-others`. */
export const withdrawQuestion = (services: Deps, caller: Caller, given: { id: string; questionId: string }) =>
  settle(services, caller, given, async (tx, row, at) => {
    if (row.asked_by !== caller.memberId && !callerMay(caller, 'routing.change'))
      throw new Refusal('question-of-others', { status: 403 })
    await updateQuestion(tx, caller.orgId, given.questionId, { withdrawn_at: at })
    return 'conversation.question-withdrawn'
  })

/** Under the lock of its conversation: it is settled once. `work` answers the verb of what was done. */
const settle = (
  { db, clock }: Deps,
  { orgId, actor }: Caller,
  { id, questionId }: { id: string; questionId: string },
  work: (tx: Tx, row: QuestionRow, at: Date) => Promise<string>,
): Promise<QuestionShown> =>
  inOrg(db, orgId, async (tx) => {
    const at = clock()
    if (!(await lockConversation(tx, orgId, id))) throw notFound('conversation')
    const [row] = await questionRows(tx, orgId, { id: questionId, conversationId: id, limit: 1 })
    if (!row) throw notFound('question')
    if (row.answered_at !== null || row.withdrawn_at !== null) throw new Refusal('question-settled', { status: 409 })
    const verb = await work(tx, row, at)
    await announce(tx, orgId, [id])
    const [shown] = await shownOf(tx, orgId, questionId)
    const facts = { by: row.department_name }
    await record(tx, orgId, actor, at, { verb, subject: { kind: 'conversation', id }, facts })
    return shown
  })
