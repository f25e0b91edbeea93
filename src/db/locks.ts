// Numbers of the advisory locks: one page, so that no two purposes share one.

export const locks = {
  /** Held while the schema is migrated. */
  migration: 4_545_001,
  /** Held by a running Longrun with a database of its own, for as long as it runs. */
  installation: 4_545_003,
  /** Held for a transaction that makes an owner or an organisation. */
  setUp: 4_545_004,
  /** Shared by permissions to write, alone for who begins a hold; its second key is the organisation. */
  holds: 4_545_005,
  /** Held for a transaction that gives a post the next free slot of an account; its second key is the account. */
  slots: 4_545_006,
  /** Held for a transaction that brings what people captured; its second key is the organisation. */
  captures: 4_545_007,
  /** Shared by those who store people's words, alone for an objection. */
  objections: 4_545_008,
  /** Shared by those who count days, alone while an organisation's days are counted again in another zone (migrations/0027-counts.sql). */
  days: 4_545_009,
  /** Held for a transaction that changes promises or hours; its second key is the organisation. */
  promises: 4_545_010,
  /** Held for a transaction that gives conversations to people; its second key is the organisation. */
  giving: 4_545_011,
  /** Held for a transaction that tells anew how conversations stood. */
  spans: 4_545_013,
  /** Held for a transaction that changes or climbs the ladder of competencies; its second key is the organisation. */
  ladder: 4_545_014,
  /** Held for a transaction that makes or changes sessions; its second key is the organisation. */
  sessions: 4_545_015,
  /** Held for a transaction that tells what guards found; its second key is the organisation. */
  guards: 4_545_018,
  /** Held for a transaction that changes figures of the programme; its second key is the organisation. */
  figures: 4_545_020,
  /** Held for a transaction that enters days of duty; its second key is the organisation. */
  duties: 4_545_019,
} as const
