// Whether the double takes a post, by the rules and with the sentences of the original server.

import { ApiError, flag, type Params, text, texts } from './exchange.ts'
import { pollLimits } from './instance.ts'
import { isReady } from './media.ts'
import {
  type DoubleAccount,
  type DoubleMedia,
  type DoublePoll,
  type DoubleState,
  type DoubleStatus,
  nextId,
} from './state.ts'
import { countable } from './text.ts'

const invalid = (sentence: string) => new ApiError(422, `Validation failed: ${sentence}`)
const visibilities = ['public', 'unlisted', 'private', 'direct']

export type Composed = Pick<
  DoubleStatus,
  'text' | 'spoiler' | 'visibility' | 'sensitive' | 'language' | 'replyTo' | 'media' | 'poll'
>

export function compose(params: Params, account: DoubleAccount, state: DoubleState): Composed {
  const spoiler = (text(params.spoiler_text) ?? '').trim()
  const replyTo = replyTarget(params, state)
  const media = attached(params, account, state)
  const written = checkedText((text(params.status) ?? '').trim(), spoiler, { media, state })
  const visibility = text(params.visibility) ?? 'public'
  if (!visibilities.includes(visibility)) throw new ApiError(422, `'${visibility}' is not a valid visibility`)
  if (params.scheduled_at !== undefined) throw invalid('Scheduled at is not offered here')
  return {
    text: written,
    spoiler,
    visibility,
    sensitive: flag(params.sensitive) || spoiler !== '',
    language: text(params.language)?.slice(0, 2) ?? 'en',
    replyTo,
    media,
    poll: pollOf(params.poll, media, state),
  }
}

export function checkedText(
  written: string,
  spoiler: string,
  { media, state }: { media: DoubleMedia[]; state: DoubleState },
): string {
  const shown = written === '' && spoiler !== '' ? '.' : written
  if (shown === '' && media.length === 0) throw invalid("Text can't be blank")
  const { maxCharacters } = state.settings
  const count = countable(shown, state) + countable(spoiler.replaceAll('://', ' '), state)
  if (count > maxCharacters) throw invalid(`Text character limit of ${maxCharacters} exceeded`)
  return shown
}

function replyTarget(params: Params, state: DoubleState): string | null {
  const id = text(params.in_reply_to_id)
  if (id === null || id === '') return null
  const target = state.statuses.find((status) => status.id === id)
  if (!target) throw new ApiError(404, 'The post you are trying to reply to does not appear to exist.')
  return target.reblogOf?.id ?? target.id
}

function attached(params: Params, account: DoubleAccount, state: DoubleState): DoubleMedia[] {
  const ids = texts(params.media_ids)
  const { maxMedia, software } = state.settings
  if (ids.length > maxMedia || (ids.length > 0 && params.poll)) {
    throw new ApiError(422, `Cannot attach more than ${maxMedia} files`)
  }
  const media = ids.map((id) => {
    const found = state.media.get(id)
    if (!found || found.account.id !== account.id || found.statusId) {
      throw new ApiError(422, `Media ${id} not found or already attached to another post`)
    }
    return found
  })
  const videos = media.filter(({ mime }) => mime.startsWith('video/'))
  if (software === 'mastodon' && media.length > 1 && videos.length > 0) {
    throw new ApiError(422, 'Cannot attach a video to a post that already contains images')
  }
  if (media.some((item) => !isReady(item, state) || item.fails)) {
    throw new ApiError(422, 'Cannot attach files that have not finished processing. Try again in a moment!')
  }
  return media
}

function pollOf(given: unknown, media: DoubleMedia[], state: DoubleState): DoublePoll | null {
  if (given === null || typeof given !== 'object' || media.length > 0) return null
  const params = given as Params
  const options = texts(params.options).map((option) => option.trim())
  const seconds = Number(params.expires_in)
  const { max_options, max_characters_per_option, min_expiration, max_expiration } = pollLimits
  if (options.length < 2) throw invalid('Poll options must have more than one item')
  if (options.length > max_options) throw invalid(`Poll options can't contain more than ${max_options} items`)
  if (options.some((option) => [...new Intl.Segmenter().segment(option)].length > max_characters_per_option)) {
    throw invalid(`Poll options can't be longer than ${max_characters_per_option} characters each`)
  }
  if (new Set(options).size < options.length) throw invalid('Poll options contain duplicate items')
  if (!(seconds >= min_expiration)) throw invalid('Poll duration is too short')
  if (seconds > max_expiration) throw invalid('Poll expires at is too far into the future')
  const expiresAt = new Date(state.settings.now().getTime() + seconds * 1000)
  const [multiple, hideTotals] = [flag(params.multiple), flag(params.hide_totals)]
  return { id: nextId(state), options, multiple, hideTotals, expiresAt, votes: new Map() }
}
