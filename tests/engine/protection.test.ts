import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { engineMessage } from "../../core/engine-message";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { edit, lifeSuite, type OpenRehearsal, openRehearsal, variantOf } from "./harness";

const passphrase = "a-passphrase-for-tests-only";
/** The rules want a subscription that is named, as everybody does before the first up. */
const named = { "azure-native:subscriptionId": "50000000-0000-4000-8000-000000000001" };
const shipped = variantOf("staging", (config) => ({ ...config, ...named }));
const unprotected = variantOf("staging", (config) => ({
  ...edit(config, "environment", { protect: false }),
  ...named,
}));

async function failureOf(operation: Promise<unknown>): Promise<Error> {
  return operation.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error: unknown) => error as Error,
  );
}

lifeSuite("staging, which holds data", () => {
  let open: OpenRehearsal;
  let stack: RehearsedStack;
  const printed: string[] = [];
  const ids = (): string[] => open.rehearsal.world.resources().map(({ id }) => id);

  beforeAll(() => {
    process.env["PULUMI_CONFIG_PASSPHRASE"] = passphrase;
    open = openRehearsal();
  });
  afterAll(async () => {
    delete process.env["PULUMI_CONFIG_PASSPHRASE"];
    await open.close();
  });

  it("is refused by the pack that the engine runs when it is not protected, before anything is made", async () => {
    const failure = await failureOf(open.rehearsal.use(unprotected).preview({ policies: "staging" }));
    printed.push(failure.message);
    expect(failure.message).toMatch(/\[mandatory\] .*aks-protected/);
    expect(engineMessage(failure)).toContain("aks-protected");
    expect(ids()).toEqual([]);
  });

  it("is made as it ships but for the subscription, with the pack watching", async () => {
    stack = open.rehearsal.use(shipped);
    const { changes, text } = await stack.up({ policies: "staging" });
    printed.push(text);
    expect(changes["create"]).toBeGreaterThan(50);
    expect(text).not.toContain("[mandatory]");
    expect(text).toMatch(/azure-gpu-policies@v\S+ \(local/);
  });

  it("cannot be destroyed, and loses nothing in the attempt", async () => {
    const before = ids();
    const { message } = await failureOf(stack.destroy());
    printed.push(message);
    expect(message).toMatch(/resource ".*" cannot be deleted\s+because it is protected/);
    expect(ids()).toEqual(before);
    expect(open.rehearsal.world.operations().filter(({ kind }) => kind === "delete")).toEqual([]);
  });

  it("keeps Azure as it is and its cluster protected in an update that the pack forbids", async () => {
    const before = open.rehearsal.world.operations().filter(({ kind }) => kind !== "read").length;
    const failure = await failureOf(open.rehearsal.use(unprotected).up({ policies: "staging" }));
    printed.push(failure.message);
    // Without a preview the engine stops at the first violation, which may be any of those about protection.
    expect(engineMessage(failure)).toMatch(/\[mandatory\] .*-protect(ed|-stateful)/);
    expect(open.rehearsal.world.operations().filter(({ kind }) => kind !== "read")).toHaveLength(before);
    const { resources = [] } = await stack.state();
    for (const type of ["ManagedCluster", "AmlFilesystem"]) {
      expect(resources.find((it) => it.type.endsWith(`:${type}`))?.protect, type).toBe(true);
    }
  });

  it("keeps the passphrase out of state, settings and everything printed", () => {
    const files = ["state", "work", "home"].flatMap((it) => filesIn(join(open.folder, it)));
    expect(files.length).toBeGreaterThan(3);
    const texts = [...files.map((it) => [it, readFileSync(it, "utf8")] as const), ...printed.map((it) => ["", it])];
    const leaks = texts.filter(([, text = ""]) => text.includes(passphrase));
    expect(leaks.map(([name]) => name)).toEqual([]);
  });

  it("is destroyed to the last resource once the stack file gives protection up, what is used after what uses it", async () => {
    stack = open.rehearsal.use(unprotected);
    await stack.up();
    const first = open.rehearsal.world.operations().length;
    await stack.destroy();
    expect(ids()).toEqual([]);
    expect((await stack.state()).resources ?? []).toEqual([]);
    const deletes = open.rehearsal.world
      .operations()
      .slice(first)
      .filter(({ kind }) => kind === "delete")
      .map((it) => ({ ...it, type: it.type.split(":").slice(1).join(":") }));
    // Azure refuses to delete a subnet that is in use.
    expect(deletes.filter(({ outcome }) => outcome !== "succeeded")).toEqual([]);
    const ofType = (what: string): typeof deletes => {
      const [type, name = ""] = what.split(" ");
      return deletes.filter((it) => it.type === type && it.id.endsWith(name));
    };
    const lastEnd = (type: string): number => Math.max(...ofType(type).map(({ end }) => end));
    const firstStart = (type: string): number => Math.min(...ofType(type).map(({ start }) => start));
    const order: readonly (readonly [string, string])[] = [
      ["containerservice:AgentPool", "containerservice:ManagedCluster"],
      ["containerservice:ManagedCluster", "network:Subnet nodes"],
      ["storagecache:AmlFilesystem", "network:Subnet lustre"],
      ["network:PrivateEndpoint", "network:Subnet endpoints"],
      ["network:Subnet", "network:VirtualNetwork"],
      ["network:Subnet nodes", "network:NatGateway"],
    ];
    for (const [before, after] of order) {
      expect(ofType(before), before).not.toEqual([]);
      expect(ofType(after), after).not.toEqual([]);
      expect(lastEnd(before), `${before} before ${after}`).toBeLessThanOrEqual(firstStart(after));
    }
    expect(deletes.at(-1)?.type).toBe("resources:ResourceGroup");
    expect(ofType("resources:ResourceGroup")).toHaveLength(1);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name));
}
