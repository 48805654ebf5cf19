import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { EngineState } from "../../simulator/rehearsal/rehearsal";
import { shippedStacks } from "../stack-files";
import { changesOf, changesSince, lifeSuite, type OpenRehearsal, openRehearsal, tempFolder } from "./harness";

/** What docs/runbooks/bootstrap.md does: the account of a state is made by the stack whose state it is to hold. */
lifeSuite("bootstrap, from a backend of files into the one that it made", () => {
  let before: OpenRehearsal;
  let after: OpenRehearsal | undefined;
  let state: EngineState;

  beforeAll(() => {
    before = openRehearsal();
  });
  afterAll(async () => {
    await before.close();
    await after?.close();
  });

  it("is made with the rules of prod on, from a state in files", async () => {
    const stack = before.rehearsal.use(shippedStacks.bootstrap);
    const { outputs } = await stack.up({ policies: "prod" });
    expect(Object.keys(outputs).sort()).toEqual(["bootstrap", "pipelines"]);
    expect(outputs["bootstrap"]?.value).toMatchObject({
      STATE_URL: expect.stringMatching(/^azblob:\/\/state-bootstrap\?storage_account=/) as string,
    });
    expect(before.rehearsal.world.operations().filter((it) => it.outcome !== "succeeded")).toEqual([]);
    state = await stack.state();
  });

  it("holds no secret in its state", () => {
    // The mark of a secret, as the engine writes it.
    expect(JSON.stringify(state)).not.toContain("4dabf18193072939515e22adb298388d");
  });

  it("changes nothing from the other backend, which got what the first one had", async () => {
    const folder = tempFolder();
    // The same Azure, and an engine that has never heard of the stack.
    cpSync(join(before.folder, "simulator"), join(folder, "simulator"), { recursive: true });
    after = openRehearsal({ folder });
    const stack = after.rehearsal.use(shippedStacks.bootstrap);
    const made = after.rehearsal.world.operations().length;
    const { changes } = await stack.preview();
    expect(changes["create"]).toBeGreaterThan(100);
    await stack.importState(state);
    expect(changesOf(await stack.up())).toEqual({});
    expect(changesOf(await stack.refresh())).toEqual({});
    expect(changesSince(after.rehearsal.world, made)).toEqual([]);
  });

  it("keeps what it has made from being destroyed", async () => {
    const stack = after?.rehearsal.use(shippedStacks.bootstrap);
    const failure = await stack?.destroy().then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(failure).toMatch(/protect/);
  });
});
