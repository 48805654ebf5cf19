import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { expect, it } from "vitest";
import { MisconfiguredError } from "../../core/problems";
import { type DriftingStack, readDrift } from "../../drift/read-drift";

const group = "azure-native:resources:ResourceGroup";
const cluster = "azure-native:containerservice:ManagedCluster";
const object = "kubernetes:core/v1:Namespace";
const urnOf = (type: string): string => `urn:pulumi:dev::azure-gpu-cluster::${type}::it`;
const idOf = (type: string): string => (type.startsWith("kubernetes:") ? "it" : `/subscriptions/s-1/x/${type}`);

type Seen = "same" | "gone" | "fails";

/** A stack whose engine finds what is said of each type. It begins nothing once something failed, as the real one does. */
function standIn(found: Readonly<Record<string, Seen>>): DriftingStack & { readonly asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    exportStack: () =>
      Promise.resolve({
        version: 3,
        deployment: {
          manifest: { time: "2026-12-01T00:00:00Z" },
          resources: Object.keys(found).map((type) => ({ urn: urnOf(type), type, custom: true })),
        },
      }),
    previewRefresh: ({ onEvent, exclude = [], runProgram } = {}) => {
      asked.push(exclude);
      expect(runProgram).toBe(false);
      for (const [type, how] of Object.entries(found)) {
        const urn = urnOf(type);
        if (exclude.includes(urn)) continue;
        if (how === "fails") {
          const message = `${type} does not\n  answer`;
          onEvent?.({ diagnosticEvent: { urn, message, severity: "error" } } as EngineEvent);
          return Promise.reject(new Error("update failed"));
        }
        const state = { id: idOf(type), parent: "", custom: true, inputs: { a: 1 }, outputs: { a: 1 } };
        const metadata = { op: how === "gone" ? "delete" : "refresh", urn, type, old: state, new: state };
        onEvent?.({ resOutputsEvent: { metadata } } as unknown as EngineEvent);
      }
      return Promise.resolve({}) as unknown as ReturnType<Stack["previewRefresh"]>;
    },
  };
}

const look = async (found: Readonly<Record<string, Seen>>): Promise<readonly string[]> => {
  const { observed, unread } = await readDrift(standIn(found), "dev");
  return [
    ...observed.map(({ type, found: how }) => `${how} ${type}`),
    ...unread.map(({ urn, because }) => `unread ${urn.split("::")[2] ?? ""}: ${because}`),
  ].sort();
};

it("tells of all that it looked at", async () => {
  expect(await look({ [group]: "same", [cluster]: "gone", [object]: "same" })).toEqual([
    `gone ${cluster}`,
    `same ${group}`,
    `same ${object}`,
  ]);
});

it("looks again without a provider that fails, so that it hides nothing of the others", async () => {
  const stack = standIn({ [object]: "fails", [group]: "same", [cluster]: "gone" });
  const { observed, unread, since } = await readDrift(stack, "dev");
  expect(stack.asked).toEqual([[], [urnOf(object)]]);
  expect(observed.map(({ type }) => type).sort()).toEqual([cluster, group]);
  expect(unread).toEqual([{ urn: urnOf(object), because: "Namespace does not answer" }]);
  expect(since).toBe("2026-12-01T00:00:00Z");
});

it("hides nothing behind a resource that cannot be read, where its provider reads others", async () => {
  const [vault, account] = ["azure-native:keyvault:Vault", "azure-native:storage:StorageAccount"];
  const stack = standIn({ [group]: "same", [vault]: "fails", [cluster]: "gone", [account]: "fails", [object]: "same" });
  const { observed, unread } = await readDrift(stack, "dev");
  expect(stack.asked).toEqual([[], [urnOf(vault)], [urnOf(vault), urnOf(account)]]);
  expect(observed.map(({ type }) => type).sort()).toEqual([cluster, group, object]);
  expect(unread).toEqual([
    { urn: urnOf(vault), because: `${vault} does not answer` },
    { urn: urnOf(account), because: `${account} does not answer` },
  ]);
});

it("gives a provider up after some looks, and sees what others have", async () => {
  const vaults = [1, 2, 3, 4, 5].map((it) => `azure-native:keyvault:Vault${it}`);
  const fail = Object.fromEntries(vaults.map((it) => [it, "fails" as const]));
  const stack = standIn({ [group]: "same", ...fail, [cluster]: "same", [object]: "same" });
  const { observed, unread } = await readDrift(stack, "dev");
  expect(stack.asked.map((it) => it.length)).toEqual([0, 1, 2, 7]);
  expect(observed.map(({ type }) => type).sort()).toEqual([group, object]);
  expect(unread.map(({ because }) => because)).toEqual([
    ...vaults.slice(0, 3).map((it) => `${it} does not answer`),
    ...Array.from({ length: 3 }, () => `${vaults[2]} does not answer`),
  ]);
});

it("looks once where all of it is of the provider that fails", async () => {
  const stack = standIn({ [object]: "fails" });
  expect((await readDrift(stack, "dev")).unread).toHaveLength(1);
  expect(stack.asked).toHaveLength(1);
});

it("takes no cluster out of reach for an empty one", async () => {
  expect(await look({ [group]: "same", [cluster]: "same", [object]: "gone" })).toEqual([
    `same ${cluster}`,
    `same ${group}`,
    `unread ${object}: the API server does not answer from here`,
  ]);
});

it("believes that what was in a cluster is gone with it, and one object of several", async () => {
  expect(await look({ [group]: "same", [cluster]: "gone", [object]: "gone" })).toContain(`gone ${object}`);
  const other = "kubernetes:core/v1:ConfigMap";
  expect(await look({ [group]: "same", [cluster]: "same", [object]: "gone", [other]: "same" })).toContain(
    `gone ${object}`,
  );
});

/** What the automation API throws where the command line of the engine ends with an error. */
const failing = (said: string): Error =>
  new Error(`code: -2\n stdout: \n stderr: Command failed with exit code 1: pulumi x\nerror: ${said}\n`);

it.each<[title: string, broken: Partial<DriftingStack>, message: string]>([
  [
    "whose state cannot be read",
    { exportStack: () => Promise.reject(failing("failed to load checkpoint: unexpected end of JSON input")) },
    "environment: must have a stack whose state can be read; the engine says of dev: error: failed to load checkpoint: unexpected end of JSON input. Its secrets take",
  ],
  [
    "whose secrets have another passphrase",
    { previewRefresh: () => Promise.reject(failing("get stack secrets manager: incorrect passphrase")) },
    "environment: must have a stack that the engine can look at; it says of dev: error: get stack secrets manager: incorrect passphrase. Look closer: pulumi refresh --preview-only -s dev",
  ],
])("refuses a stack %s, in the engine's words", async (_, broken, message) => {
  const failure = await readDrift({ ...standIn({ [group]: "same" }), ...broken }, "dev").catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(MisconfiguredError);
  expect(String(failure)).toContain(message);
});

it.each<[title: string, found: Readonly<Record<string, Seen>>, message: RegExp]>([
  ["a state with nothing in it", {}, /the state of dev is empty. Make it: pulumi up -s dev/],
  [
    "a login that sees nothing of it",
    { [group]: "gone", [cluster]: "gone" },
    /must see subscription s-1: nothing that dev made in Azure was found with this login/,
  ],
])("refuses %s", async (_, found, message) => {
  const failure = await readDrift(standIn(found), "dev").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(MisconfiguredError);
  expect(String(failure)).toMatch(message);
});
