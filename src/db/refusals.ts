// What the database refuses because of what hangs together, told apart from what broke.

import pg from 'pg'

/** A row that is named is not there, or one that is named elsewhere was to go. Its transaction is over. */
export const breaksReference = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === foreignKeyViolation

const foreignKeyViolation = '23503'

/** Another row has what may be there once. Its transaction is over. */
export const breaksUnique = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === uniqueViolation

const uniqueViolation = '23505'
