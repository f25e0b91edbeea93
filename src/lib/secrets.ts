// Secrets that addresses and tokens carry: what is kept of them is a hash.

import { randomBytes } from 'node:crypto'

/** 256 random bits, as 43 characters that stand in addresses as they are. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
