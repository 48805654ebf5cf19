import { MisconfiguredError, type Problem, show } from "../core/problems";

/** One person who may approve: every name they have, in commits and at the forge. */
export type Approver = readonly string[];

/**
 * Reads deploy/approvers, a file of allowed signers as ssh-keygen has it: names with commas between them, then a key. A name is the address
 * of somebody's commits, or what a forge calls them: `github:anna`.
 * @throws MisconfiguredError for a pattern: it would let names in that nobody wrote down
 */
export function readApprovers(text: string, file: string): readonly Approver[] {
  const problems: Problem[] = [];
  const approvers = text.split("\n").flatMap((line, at) => {
    const [names = ""] = line.trim().split(/\s+/);
    if (names === "" || names.startsWith("#")) return [];
    const all = names.toLowerCase().split(",");
    for (const it of all)
      if (!/^[^\s*?!"]+$/.test(it))
        problems.push({ path: "name", rule: "must be one name, and no pattern", got: show(it), line: at + 1 });
    return [all];
  });
  if (problems.length > 0) throw new MisconfiguredError(file, problems);
  return approvers;
}
