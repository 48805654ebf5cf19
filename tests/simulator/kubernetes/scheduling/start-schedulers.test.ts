import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LeashedProcess } from "../../../../simulator/kubernetes/leashed-process";
import { type Running, running, withWhatDied } from "../../../../simulator/kubernetes/scheduling/start-schedulers";
import { waitUntil } from "../../../../simulator/kubernetes/wait-until";

/** A shell that runs a script, as one of the programs of a cluster. */
function program(script: string): Running {
  const folder = mkdtempSync(join(tmpdir(), "leashed-"));
  return running([new LeashedProcess("kueue", "/bin/sh", ["-c", script], join(folder, "log"), folder)]);
}

test.each([
  ["echo the port is taken; exit 3", "kueue has ended (exit code 3). The end of its log:\nthe port is taken"],
  ["echo full; kill -KILL $$", "kueue has ended (killed by signal 9). The end of its log:\nfull"],
])("what died says how and why: %s", async (script, said) => {
  const it = program(script);
  const death = await waitUntil("its end", () => Promise.resolve(it.whatDied()));
  expect(death).toContain(said);
  // What was asked of it in vain says so too, once.
  const refused = withWhatDied(new Error("connection refused"), [it]);
  expect(refused.message).toBe(`connection refused\n${death}`);
  expect(withWhatDied(refused, [it])).toBe(refused);
});

test("while all run, an error stays what it is", async () => {
  const it = program("exec sleep 600");
  const error = new Error("refused");
  expect(withWhatDied(error, [it])).toBe(error);
  await it.stop();
});
