// What spike detectors read and say: bins of counts in; readings, alerts and their reasons out. Plain data, also in the browser.

/** What was counted in one bin of a topic in a source. */
export interface Bin {
  /** When it begins, in milliseconds since 1970; a multiple of the bin's length. */
  at: number
  /** null: nobody listened, so nothing is known. 0: somebody listened and nothing was said. */
  count: number | null
  /** How many of them were judged for sentiment, and how many of those are negative. */
  judged?: number
  negative?: number
}

/** Something that is known to be coming: an announced launch, a campaign of our own. */
export interface PlannedEvent {
  id: string
  from: number
  to: number
  /** So many times the usual is expected; null: unknown, then alerts are marked as planned. */
  factor: number | null
  /** Belongs to the usual (a post of ours, a campaign that lasts): its alerts are marked, and it is learned from like any other time. */
  usual?: boolean
}

export type Trigger = 'volume' | 'negative-share' | 'slow-rise'

/** `unclear`: too few mentions were judged to tell the other two apart. */
export type AlertKind = 'opportunity' | 'potential-issue' | 'unclear'

/** What is expected, with the range in which four of five windows lie. */
export interface Band {
  low: number
  expected: number
  high: number
}

/**
 * `learning`: not enough is known yet. `suspended`: nobody listened to a large part of the window. `watching`: all is well.
 */
export type Watch = 'learning' | 'suspended' | 'watching'

/** So many minutes up to now, and what was expected of them. */
export interface WindowReading {
  minutes: number
  /** Share of the window in which somebody listened; counts and expectations are those of this share. */
  known: number
  count: number
  /** Mean and dispersion of a negative binomial count. */
  expected: { mean: number; dispersion: number }
  /** −log10 of the probability of so many or more; 0 where it is an ordinary one. */
  surprise: number
  /** −log10 of the probability of so few: a source that is silent without knowing it shows here. */
  lack: number
  /** Of a window that is expected by the mood before it: so many times the usual. */
  mood?: number
}

export interface Reading {
  /** End of the window. */
  at: number
  watch: Watch
  /** null while suspended, and before anything was learned. */
  window: WindowReading | null
  /** The short window, where it decides. */
  short: WindowReading | null
  /** Of the window that decides. */
  surprise: number
  /** What begins, grows or ends with this bin. */
  signals: Signal[]
}

/** `grew`: the same alert, much more surprising than when it was last told. */
export type What = 'raised' | 'grew' | 'ended'

export interface Signal {
  what: What
  trigger: Trigger
  kind: AlertKind
  /** Raised by counts that came afterwards. */
  late: boolean
  planned: string | null
  surprise: number
  why: Why
  sentiment: ShareNow
}

/** How many of the mentions behind a signal are negative, beside the usual. */
export interface ShareNow {
  judged: number
  negative: number
  /** null: not known yet. */
  usual: number | null
  /** That the share rose by ten points or more; null: too few were judged to say. */
  probability: number | null
}

/** The reason in one sentence, as figures; the words are the page's. */
export type Why =
  | {
      code: 'volume'
      count: number
      minutes: number
      band: Band
      /** Once in so many windows, as a power of ten. */
      surprise: number
      weekday: number | null
      hour: number
      /** So many times the usual was said in the hour before, and is expected to go on. */
      mood?: number | undefined
    }
  | {
      code: 'negative-share'
      minutes: number
      judged: number
      negative: number
      usual: number
      /** Probability that the share rose by ten points or more. */
      probability: number
    }
  | {
      code: 'slow-rise'
      days: number
      ratio: number
      sum: number
      /** Why it ended: back at the level before it, or the higher level is the usual one by now. */
      over?: 'back' | 'learnt' | null | undefined
    }
