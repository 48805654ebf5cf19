import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { text } from "../../core/property-tree";
import { operatorOutput } from "../../delivery/operator/operator-variables";
import type { EngineState } from "../../simulator/rehearsal/rehearsal";
import {
  changesOf,
  changesSince,
  edit,
  lifeSuite,
  type OpenRehearsal,
  openRehearsal,
  tempFolder,
  variantOf,
} from "./harness";

/** With an operator that applies two stacks: Azure refuses credentials of one identity that are written at the same time. */
const file = (): string =>
  variantOf("bootstrap", (config) =>
    edit(config, "delivery", {
      operator: {
        issuer:
          "https://eastus2.oic.prod-aks.azure.com/00000000-0000-4000-8000-00000000aaaa/00000000-0000-4000-8000-00000000c001/",
      },
      environments: {
        dev: { subscriptionId: "d0000000-0000-4000-8000-000000000001", policies: true },
        staging: {
          subscriptionId: "50000000-0000-4000-8000-000000000001",
          operator: { stacks: ["staging", "staging-workloads"], applies: true },
        },
      },
    }),
  );

/** What docs/runbooks/bootstrap.md does: the account of a state is made by the stack whose state it is to hold. */
lifeSuite("bootstrap, from a backend of files into the one that it made", () => {
  let before: OpenRehearsal;
  let after: OpenRehearsal | undefined;
  let state: EngineState;
  let stackFile = "";

  beforeAll(() => {
    stackFile = file();
    before = openRehearsal();
  });
  afterAll(async () => {
    await before.close();
    await after?.close();
  });

  it("is made with the rules of prod on, from a state in files", async () => {
    const stack = before.rehearsal.use(stackFile);
    const { outputs } = await stack.up({ policies: "prod" });
    expect(Object.keys(outputs).sort()).toEqual(["bootstrap", "operator", "pipelines"]);
    expect(outputs["bootstrap"]?.value).toMatchObject({
      STATE_URL: expect.stringMatching(/^azblob:\/\/state-bootstrap\?storage_account=/) as string,
    });
    const { staging, ...others } = operatorOutput.parse(outputs["operator"]?.value);
    expect(others).toEqual({});
    expect(staging).toMatchObject({
      STACKS: ["staging", "staging-workloads"],
      SUBSCRIPTION_ID: "50000000-0000-4000-8000-000000000001",
    });
    const credentials = before.rehearsal.world
      .resources()
      .filter(
        ({ type, inputs }) =>
          type.endsWith(":FederatedIdentityCredential") && text(inputs, "subject")?.startsWith("system:") === true,
      );
    expect(credentials.map(({ inputs }) => text(inputs, "subject")).sort()).toEqual(
      ["", "-plan", "-workloads", "-workloads-plan"].map(
        (it) => `system:serviceaccount:gitops-staging:pulumi-staging${it}`,
      ),
    );
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
    const stack = after.rehearsal.use(stackFile);
    const made = after.rehearsal.world.operations().length;
    const { changes } = await stack.preview();
    expect(changes["create"]).toBeGreaterThan(100);
    await stack.importState(state);
    expect(changesOf(await stack.up())).toEqual({});
    expect(changesOf(await stack.refresh())).toEqual({});
    expect(changesSince(after.rehearsal.world, made)).toEqual([]);
  });

  it("keeps what it has made from being destroyed", async () => {
    const stack = after?.rehearsal.use(stackFile);
    const failure = await stack?.destroy().then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(failure).toMatch(/protect/);
  });

  it("is kept by its locks from whoever takes the protection away", async () => {
    const stack = after?.rehearsal.use(stackFile);
    if (stack === undefined) throw new Error("There is no second engine.");
    const { resources = [], ...rest } = await stack.state();
    await stack.importState({ ...rest, resources: resources.map((it) => ({ ...it, protect: false })) });
    await expect(stack.destroy()).rejects.toThrow("ScopeLocked");
    const kept = after?.rehearsal.world.resources() ?? [];
    expect(kept.filter(({ type }) => type.endsWith(":BlobContainer")).length).toBe(4);
  });
});
