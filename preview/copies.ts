import type { Preview } from "./preview";

/** What somebody has to copy before `up`: all that comes from a mirror which does not fetch it by itself. */
export function copiesOf({ fetches }: Pick<Preview, "fetches">): Preview["fetches"] {
  return fetches.filter(({ from, to, pulledThrough }) => from !== to && pulledThrough === undefined);
}
