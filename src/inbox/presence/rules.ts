// Pure: for how long somebody counts as here, and as writing.

/** A page says that it is still open at least this often. */
export const beatMs = 20_000
/** Whoever was not heard of for so long is gone. */
export const goneMs = 45_000
/** The lock of an answer ends so long after the last key. */
export const lockMs = 120_000
/** A page says no oftener than this that somebody goes on writing. */
export const typingMs = 10_000
