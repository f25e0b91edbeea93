// How sensitive a detector is: three profiles with fixed figures, and what all of them share.

export type Profile = 'quiet' | 'standard' | 'watchful'

export interface SpikeSettings {
  /** Hours and weekdays are those of the organisation. */
  zone: string
  binMinutes: number
  windowMinutes: number
  /** A short window sees what is sudden at once; as it is looked at more often, its surprise counts `shortPenalty` less. */
  shortMinutes: number
  shortPenalty: number
  /**
   * A second short window is expected by the mood of so many minutes before it, so that lively hours hide less; 0: there is none. Its surprise
   * counts `moodPenalty` less.
   */
  moodMinutes: number
  moodPenalty: number
  /** After so many days half of what is known about the level is new. */
  halfLifeDays: number
  /** Least surprise of an alert: 3 is once in a thousand windows. */
  surprise: number
  /** The same for the share of negative mentions: 2 is a probability of 99 % that it rose by ten points. */
  shareSurprise: number
  /** Never fewer mentions than this. */
  leastCount: number
  /** Silent for so long after an alert, unless surprise grows by `growth`. */
  cooldownHours: number
  growth: number
  /** So long after an alert it takes its measure: growth is counted from the most that was seen by then. */
  measureMinutes: number
  /** Nothing is told before so many hours were listened to. */
  warmUpHours: number
  /** Counts may still be put right for so long; what is learned waits until then. */
  settleMinutes: number
  /** Values are learned from up to so many standard deviations above what was expected. */
  cap: number
  /** While an alert is open, from fewer: what is told is not the usual. For so many hours, then it may have become it. */
  openCap: number
  openHours: number
  leastDispersion: number
}

const shared = {
  binMinutes: 1,
  windowMinutes: 30,
  shortMinutes: 10,
  halfLifeDays: 7,
  leastCount: 5,
  growth: 2,
  warmUpHours: 48,
  settleMinutes: 60,
  openHours: 24,
  leastDispersion: 0.01,
}

/** Chosen once on the benchmark and the simulated year (`npm run bench:spikes`), and the same for everybody. */
const profiles: Record<Profile, Omit<SpikeSettings, 'zone'>> = {
  quiet: {
    ...shared,
    ...{ surprise: 4.5, shortPenalty: 3, moodMinutes: 0, moodPenalty: 0, cap: 7, openCap: 7 },
    ...{ shareSurprise: 3, cooldownHours: 36, measureMinutes: 180 },
  },
  standard: {
    ...shared,
    ...{ surprise: 4, shortPenalty: 1.5, moodMinutes: 60, moodPenalty: 1.5, cap: 8, openCap: 3 },
    ...{ shareSurprise: 2, cooldownHours: 24, measureMinutes: 60 },
  },
  watchful: {
    ...shared,
    ...{ surprise: 3.5, shortPenalty: 1.5, moodMinutes: 60, moodPenalty: 1.5, cap: 8, openCap: 3 },
    ...{ shareSurprise: 1.5, cooldownHours: 12, measureMinutes: 60 },
  },
}

export const settingsOf = (profile: Profile, zone: string): SpikeSettings => ({ ...profiles[profile], zone })

/** Learning looks at the counts every so many minutes, whatever the length of bins. */
export const learningMinutes = 5
