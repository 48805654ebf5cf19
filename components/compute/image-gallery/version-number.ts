import type { Problems } from "../../../core/problems";

/** Notes a problem unless a text can be the number of a version in a gallery. */
export function checkVersionNumber(version: string, path: string, problems: Problems): void {
  const numbers = /^(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})$/.exec(version)?.slice(1).map(Number) ?? [];
  problems.require(
    numbers.length === 3 && numbers.every((it) => it < 2 ** 31),
    path,
    "must be an exact version of three numbers below 2147483648, such as 1.0.0",
    { got: version, remedy: "Count one up for each image, and write it in quotes" },
  );
}
