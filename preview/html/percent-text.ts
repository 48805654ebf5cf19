/** A share of a whole, 0 to 1, as people read it: `49 %`, and less than one as such. */
export function percentText(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 1 ? "< 1 %" : `${Math.round(percent)} %`;
}
