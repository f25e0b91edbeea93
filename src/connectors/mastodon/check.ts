// What is wrong with a draft for this network: the general rules, the content warning that counts in the text, and polls.

import { checkDraft } from '../check.ts'
import type { Draft, Issue, Limits } from '../contract.ts'
import { countText, measureUpTo } from '../text.ts'
import { type Options, optionsSchema } from './limits.ts'

export function check(draft: Draft, limits: Limits): Issue[] {
  const issues = checkDraft(draft, limits)
  const options = optionsSchema.safeParse(draft.options ?? {})
  if (!options.success) return [...issues, ...invalidOptions(options.error.issues)]
  return [
    ...issues,
    ...checkWarningLength(draft, limits, { warning: options.data.contentWarning ?? '', known: issues }),
    ...checkTotalMedia(draft, limits),
    ...(options.data.poll ? checkPoll(options.data.poll, draft, limits) : []),
  ]
}

function invalidOptions(problems: readonly { path: readonly PropertyKey[] }[]): Issue[] {
  const fields = new Set(problems.map(({ path }) => ['options', ...path.map(String)].join('.')))
  return [...fields].map((field) => ({ level: 'error', code: 'options.invalid', field }))
}

/** A server counts the warning together with the text, and every part of a thread carries the warning. */
function checkWarningLength(
  draft: Draft,
  limits: Limits,
  { warning, known }: { warning: string; known: Issue[] },
): Issue[] {
  if (warning === '') return []
  const { max } = limits.text
  const reported = new Set(known.filter(({ code }) => code === 'text.too-long').map(({ field }) => field))
  const own = countText(warning, limits.text.unit)
  const texts = draft.segments.map(({ text }, index) => ({ text, field: `segments.${index}.text` }))
  if (draft.firstComment) texts.push({ text: draft.firstComment, field: 'firstComment' })
  return texts
    .filter(({ field }) => !reported.has(field))
    .map(({ text, field }) => ({ field, count: own + measureUpTo(text, limits.text, max) }))
    .filter(({ count }) => count > max)
    .map(({ field, count }) => ({
      level: 'error',
      code: 'text.too-long-with-warning',
      field,
      params: { max, count, warning: own },
    }))
}

/** Where images and videos may be mixed, they share one number. */
function checkTotalMedia(draft: Draft, limits: Limits): Issue[] {
  const max = limits.images?.max
  if (!limits.mixed || max === undefined) return []
  return draft.segments.flatMap(({ media }, index) => {
    const images = media.filter(({ kind }) => kind === 'image').length
    if (media.length <= max || images > max || media.length - images > max) return []
    return [
      {
        level: 'error',
        code: 'media.too-many',
        field: `segments.${index}.media`,
        params: { max, count: media.length },
      },
    ]
  })
}

function checkPoll(poll: NonNullable<Options['poll']>, draft: Draft, limits: Limits): Issue[] {
  const offered = limits.polls
  if (!offered) return [{ level: 'warning', code: 'poll.not-offered', field: 'options.poll' }]
  const issues: Issue[] = []
  const error = (code: string, field: string, params?: Issue['params']) =>
    issues.push({ level: 'error', code, field, ...(params ? { params } : {}) })
  const { maxOptions, maxCharacters, minSeconds, maxSeconds } = offered
  if (draft.segments[0]?.media.length) error('poll.with-media', 'options.poll')
  else if (!/\S/.test(draft.segments[0]?.text ?? '')) error('text.required', 'segments.0.text')
  const count = poll.options.length
  if (count > maxOptions) error('poll.too-many-options', 'options.poll.options', { max: maxOptions, count })
  for (const [index, option] of poll.options.slice(0, maxOptions).entries()) {
    const length = countText(option, limits.text.unit)
    const field = `options.poll.options.${index}`
    if (length > maxCharacters) error('poll.option-too-long', field, { max: maxCharacters, count: length })
    if (poll.options.indexOf(option) < index) error('poll.option-twice', field)
  }
  if (poll.expiresIn < minSeconds) error('poll.too-short', 'options.poll.expiresIn', { min: minSeconds })
  if (poll.expiresIn > maxSeconds) error('poll.too-long', 'options.poll.expiresIn', { max: maxSeconds })
  return issues
}
