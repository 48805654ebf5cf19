/** A name for a job, out of that of a file and something that sets it apart. */
export function jobName(file: string, suffix: string): string {
  const words = file
    .replace(/\.\w+$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 39 - suffix.length)
    .replace(/-+$/, "");
  return `${words === "" ? "job" : words}-${suffix}`;
}
