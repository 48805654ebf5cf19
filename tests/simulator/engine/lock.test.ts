import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../../../simulator/engine/lock";

let folder: string;
let lock: string;
/** No process has this ID: Linux ends at 2^22. */
const nobody = 2 ** 22 + 1;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-test-"));
  lock = join(folder, "deep", "it.lock");
});
afterEach(() => rm(folder, { recursive: true }));

/** Something that one waits for and another gives. */
function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}

test("one works at a time, the other waits and is told for whom", async () => {
  const events: string[] = [];
  const [started, secondWaits] = [signal(), signal()];
  const first = withLock(lock, async () => {
    events.push("first starts");
    started.give();
    await secondWaits.given;
    events.push("first ends");
  });
  await started.given;
  await withLock(
    lock,
    () => Promise.resolve(events.push("second")),
    (holder) => {
      events.push(`waits for ${holder}`);
      secondWaits.give();
    },
  );
  await first;
  expect(events).toEqual(["first starts", `waits for ${process.pid} ${hostname()}`, "first ends", "second"]);
  expect(existsSync(lock)).toBe(false);
});

test("is released when the work fails", async () => {
  await expect(withLock(lock, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(existsSync(lock)).toBe(false);
});

test("a lock whose process is gone is taken over", async () => {
  await withLock(lock, () => Promise.resolve());
  await writeFile(lock, `${nobody} ${hostname()}`);
  const holder = await withLock(lock, () => readFile(lock, "utf8"));
  expect(holder).toBe(`${process.pid} ${hostname()}`);
});

test("a lock of another machine is taken over after an hour", async () => {
  await withLock(lock, () => Promise.resolve());
  await writeFile(lock, `${nobody} elsewhere`);
  const twoHoursAgo = Date.now() / 1000 - 7200;
  await utimes(lock, twoHoursAgo, twoHoursAgo);
  await expect(withLock(lock, () => Promise.resolve("mine"))).resolves.toBe("mine");
});
