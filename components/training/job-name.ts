import type { Problems } from "../../core/problems";

/** Notes a name that no job can have: what is made for the job, and its pods, have longer ones made from it. */
export function checkJobName(name: string, problems: Problems): void {
  problems.require(
    /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name),
    "name",
    "must be 1 to 40 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen",
    { got: name },
  );
}
