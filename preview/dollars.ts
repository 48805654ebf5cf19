const format = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** An amount of USD, with its cents. */
export function dollars(usd: number): string {
  return format.format(usd);
}
