/** A share of a whole, 0 to 1, as people read it: `49 %`. What is nearly none or nearly all is not called so. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return "< 1 %";
  return percent > 99 && percent < 100 ? "> 99 %" : `${Math.round(percent)} %`;
}
