import { expect, it } from "vitest";
import { main } from "../../cli/park";
import { type ParkCommand, parkStacks } from "../../cli/park-stacks";
import { MisconfiguredError } from "../../core/problems";
import type { ParkableStack } from "../../stacks/park-stack";
import type { StateEntry } from "../../stacks/plan-parking";
import { plainStacks, shippedStacks } from "../stack-files";
import { runHere } from "./run-here";

const root: StateEntry = { urn: "urn:pulumi:s::p::pulumi:pulumi:Stack::s", type: "pulumi:pulumi:Stack" };
const account: StateEntry = {
  urn: "urn:pulumi:s::p::azure-gpu-cluster:storage:BlobStore$azure-native:storage:StorageAccount::data",
  type: "azure-native:storage:StorageAccount",
  protect: true,
  parent: root.urn,
};
const cluster: StateEntry = {
  urn: "urn:pulumi:s::p::azure-native:containerservice:ManagedCluster::aks",
  type: "azure-native:containerservice:ManagedCluster",
  protect: true,
  parent: root.urn,
};

/** A stack whose state is in memory, and what was asked of it. The engine itself is in tests/engine/parking.test.ts. */
function standIn(name: string, calls: string[], state: StateEntry[]): ParkableStack {
  const stack = {
    exportStack: () => Promise.resolve({ version: 3, deployment: { resources: state } }),
    importStack: ({ deployment }: { readonly deployment: { readonly resources: StateEntry[] } }) => {
      calls.push(`${name}: import, protected ${deployment.resources.filter(({ protect }) => protect).length}`);
      state = deployment.resources;
      return Promise.resolve();
    },
    destroy: ({ exclude = [] }: { readonly exclude?: string[] }) => {
      calls.push(`${name}: destroy but ${exclude.length}`);
      state = state.filter(({ urn }) => exclude.includes(urn));
      return Promise.resolve({});
    },
  };
  return stack as unknown as ParkableStack;
}

const park = (
  state: StateEntry[],
  more: Partial<ParkCommand> = {},
  file: string = plainStacks.dev,
): Promise<Awaited<ReturnType<typeof runHere>> & { readonly calls: string[] }> => {
  const calls: string[] = [];
  const command = { environment: "dev", stack: undefined, yes: false, json: false, ...more };
  const open = (name: string): Promise<ParkableStack> => Promise.resolve(standIn(name, calls, [...state]));
  return runHere(() => parkStacks(file, command, open)).then((ran) => ({ ...ran, calls }));
};

it("says what would stay and go, and does nothing", async () => {
  const { code, out, calls } = await park([root, account, cluster]);
  expect({ code, calls, lines: out.split("\n") }).toEqual({
    code: 0,
    calls: [],
    lines: [
      "dev",
      "  stays  StorageAccount",
      "  goes   ManagedCluster, after protection is taken off 1",
      "Nothing was done. Do it: npm run park -- dev --yes",
      "",
    ],
  });
});

it("takes protection off what goes, and leaves it on data", async () => {
  const { out, calls } = await park([root, account, cluster], { yes: true });
  expect(calls).toEqual(["dev: import, protected 1", "dev: destroy but 2"]);
  expect(out).toContain("To have all of it again: pulumi up -s dev\n");
});

it("parks whoever reads a stack before that stack, and says the order of the way back", async () => {
  const { out, calls } = await park([root, account, cluster], { yes: true }, plainStacks.prod);
  expect(calls.filter((it) => it.includes("destroy"))).toEqual([
    "prod-workloads: destroy but 2",
    "prod: destroy but 2",
  ]);
  expect(out).toContain("pulumi up -s prod, then pulumi up -s prod-workloads\n");
});

it("parks one stack of an environment, and no stack of another", async () => {
  const { calls } = await park([root, account, cluster], { yes: true, stack: "prod" }, plainStacks.prod);
  expect(calls.filter((it) => it.includes("destroy"))).toEqual(["prod: destroy but 2"]);
  const { error } = await park([root, account, cluster], { yes: true, stack: "dev" }, plainStacks.prod);
  expect(String(error)).toContain(
    '--stack: must be a stack of the environment: prod-workloads, prod; got "dev". Write --stack prod-workloads, or leave it out for all',
  );
});

it("refuses what has no compute, and opens nothing of it", async () => {
  const { error, calls } = await park([root, account, cluster], { yes: true }, shippedStacks.bootstrap);
  expect(String(error)).toContain("environment: must be one with compute: what pipelines need is all data, and stays");
  expect(calls).toEqual([]);
});

it("touches nothing that is parked already, and nothing without data", async () => {
  expect(await park([root, account], { yes: true })).toMatchObject({ code: 0, calls: [] });
  const { out, calls } = await park([root, cluster], { yes: true });
  expect([out.split("\n")[0], calls]).toEqual([
    "dev: nothing in it holds data; pulumi destroy -s dev takes it down",
    [],
  ]);
});

it("prints for machines", async () => {
  const { out } = await park([root, account, cluster], { json: true });
  expect(JSON.parse(out)).toEqual({
    environment: "dev",
    done: false,
    stacks: [
      {
        stack: "dev",
        parking: { kept: [root.urn, account.urn], gone: [cluster.urn], protectedAmongGone: [cluster.urn] },
      },
    ],
  });
});

it("says what is missing where there is no pulumi", async () => {
  const before = process.env["PATH"];
  process.env["PATH"] = "/nowhere";
  try {
    const { error } = await runHere(() =>
      parkStacks(plainStacks.dev, { environment: "dev", stack: undefined, yes: false, json: false }),
    );
    expect(error).toBeInstanceOf(MisconfiguredError);
    expect(String(error)).toContain("Install the Pulumi CLI, and log in with pulumi login");
  } finally {
    process.env["PATH"] = before;
  }
});

it.each([
  [[], "ENVIRONMENT must be given"],
  [["dev", "prod"], "one ENVIRONMENT at a time; got dev prod"],
  [["dev", "--force"], "Unknown option '--force'"],
])("refuses the arguments %j", async (args, why) => {
  const { error } = await runHere(() => main(args));
  expect(error).toBeInstanceOf(MisconfiguredError);
  expect(String(error)).toContain(why);
});

it("prints its help", async () => {
  const { code, out } = await runHere(() => main(["--help"]));
  expect(code).toBe(0);
  expect(out).toContain("npm run park -- ENVIRONMENT [--stack S] [--yes] [--json]");
});
