// Patterns of `like` and `ilike` from what people typed: signs that mean something there mean themselves.

const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

export const beginningWith = (text: string): string => `${literal(text)}%`
export const containing = (text: string): string => `%${literal(text)}%`
