// Amounts of money: kept in the smallest unit of their currency, shown and typed as people write them.

/** Digits behind the point: 2 for most currencies, 0 for some. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

export const moneyText = (amount: number, currency: string): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount / 10 ** digitsOf(currency))

/** As it is typed: `480.50`. */
export const amountText = (amount: number, currency: string): string =>
  (amount / 10 ** digitsOf(currency)).toFixed(digitsOf(currency))

/**
 * What was typed as an amount, in the smallest unit; null: it is none. `1,234` is a thousand to some and one and a bit to others:
 * with more digits behind the point than the currency has it is not guessed.
 */
export function amountFrom(text: string, currency: string): number | null {
  const [, whole, part = ''] = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text.replace(/[\s\u2019']/g, '')) ?? []
  if (whole === undefined || part.length > digitsOf(currency)) return null
  return Number(whole + part.padEnd(digitsOf(currency), '0'))
}

/** Offered where somebody chooses one; others come from what is stored. */
export const currencies = [
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'JPY',
  'CNY',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'CAD',
  'AUD',
  'BRL',
  'INR',
]
