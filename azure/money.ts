/** Whole cents of an amount: sums of them are exact, so that parts add up to their total. */
export function cents(usd: number): number {
  return Math.round(usd * 100);
}

/** The amount that cents are. */
export function usdOf(amount: number): number {
  return amount / 100;
}

/** The exact sum of amounts in whole cents. */
export function sumUsd(amounts: readonly number[]): number {
  return usdOf(amounts.reduce((sum, usd) => sum + cents(usd), 0));
}
