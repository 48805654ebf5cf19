/** USD of so many minutes of a node, to the cent. */
export function nodeCost(nodeMinutes: number, usdPerHour: number | null): number | null {
  return usdPerHour === null ? null : Math.round((nodeMinutes / 60) * usdPerHour * 100) / 100;
}
