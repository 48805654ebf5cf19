import { placelessFlavor } from "../components/platform/kueue-flavors";
import { kueuePhrases, type Phrase, podPhrases } from "./job-phrases";

/** Why a job is where it is. */
export interface Reason {
  /** In plain words. */
  readonly plain: string;
  /** The words of whoever decided it, where they say more; null where the plain ones are a whole answer. */
  readonly said: string | null;
}

/** Says in plain words what Kueue said of a job that waits or was stopped. What it has no words for stays as it is. */
export function kueueReason(message: string): Reason {
  return reasonOf(message.replace(ofPlaceless, ""), message, kueuePhrases);
}

/** Says in plain words what was said of a pod, or in place of one. */
export function podReason(message: string): Reason {
  return reasonOf(message, message, podPhrases);
}

function reasonOf(read: string, message: string, phrases: readonly Phrase[]): Reason {
  let unread = read;
  const told = phrases.flatMap(({ says, means }) => {
    const found = [...unread.matchAll(says)];
    // Read once: what a longer phrase has told is not told again by a shorter one.
    unread = unread.replace(says, "");
    return found.map(([whole, ...groups]) => ({
      whole,
      meaning: means(...groups.map((it: string | undefined) => it ?? "")),
    }));
  });
  if (told.length === 0) return { plain: message, said: null };
  const plain = [...new Set(told.flatMap(({ meaning }) => (meaning === "" ? [] : [meaning])))];
  const ofGpus = plain.filter((it) => !plain.some((other) => other !== it && sameOf(other, it)));
  return { plain: ofGpus.join("; "), said: message };
}

/** What Kueue says of the flavor without devices, which no job with GPUs is meant to have. */
const ofPlaceless = new RegExp(
  `insufficient quota for \\S+ in flavor ${placelessFlavor}, .*?> maximum capacity \\(\\S+\\)|[Ff]lavor "?${placelessFlavor}"? [^,;]*`,
  "g",
);

/** Whether the first says of GPUs what the second says of something that goes with them. */
function sameOf(gpus: string, other: string): boolean {
  const plainly = (it: string): string => it.replace(/\d+ \S+/, "");
  return / GPUs/.test(gpus) && !/ GPUs/.test(other) && plainly(gpus) === plainly(other);
}
