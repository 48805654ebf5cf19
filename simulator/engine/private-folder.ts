import { chmodSync, mkdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { userInfo } from "node:os";
import { EngineError } from "./errors";

/** Why others could have put what lies at a path, as a clause that follows the path. Undefined: only this user could. */
export function openTo({ uid, mode }: Pick<Stats, "uid" | "mode">): string | undefined {
  if (uid !== userInfo().uid) return `belongs to another user (number ${uid})`;
  if ((mode & 0o022) !== 0) return `may be written by other users (mode ${(mode & 0o777).toString(8)})`;
  return undefined;
}

/**
 * Makes a folder that this user alone may enter, or takes one of theirs and closes it to others. What others could write
 * to is not taken: programs and state would be read from there.
 * @returns its path without links
 * @throws EngineError that says what to do
 */
export function privateFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new EngineError(`${path} must be a folder, or a name for a new one (${code}). Name another`, 2);
  }
  const real = realpathSync(path);
  const stats = statSync(real);
  const why = openTo(stats);
  if (why !== undefined) {
    throw new EngineError(
      `The folder ${path} ${why}, so what lies in it cannot be trusted. Name a folder that does not exist yet; if ` +
        `everything in this one is yours: chmod 700 ${path}`,
    );
  }
  chmodSync(real, 0o700);
  return real;
}
