import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { driftStack } from "../../cli/drift-stack";
import type { DriftingStack } from "../../drift/read-drift";
import type { DriftReport } from "../../drift/report";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { runHere } from "../cli/run-here";
import { edit, lifeSuite, live, type OpenRehearsal, openRehearsal, variantOf } from "./harness";

/** dev's Azure, with the pools that a pool's life takes and a head node; nothing in the cluster, which takes longest. */
const file = (): string =>
  variantOf("dev", ({ network, cluster, gpuPools, cpuPools, storage, environment, ...rest }) => ({
    "azure-native:location": rest["azure-native:location"],
    "pulumi:disable-default-providers": rest["pulumi:disable-default-providers"],
    ...edit({ environment, network, cluster, gpuPools, cpuPools, storage }, "environment", { protect: false }),
    layers: ["infra"],
  }));

lifeSuite("what others do to an environment, looked for on the real engine", () => {
  let open: OpenRehearsal;
  let stack: RehearsedStack;
  let stackFile = "";

  beforeAll(() => {
    open = openRehearsal();
    stackFile = file();
    stack = open.rehearsal.use(stackFile);
  });
  afterAll(() => open.close());

  /** Runs the command, and proves that it changed nothing. */
  const look = async (): Promise<{ code: number | undefined; out: string; report: DriftReport }> => {
    const drifting: DriftingStack = {
      previewRefresh: (options) => stack.previewRefresh(options),
      exportStack: async () => ({ version: 3, deployment: await stack.state() }),
    };
    const before = [JSON.stringify(open.rehearsal.world.resources()), stateText(open.folder)];
    const { code, out } = await runHere(() =>
      driftStack(
        stackFile,
        { environment: "dev", form: "json", out: undefined, names: false, who: false },
        { open: () => Promise.resolve(drifting) },
      ),
    );
    expect([JSON.stringify(open.rehearsal.world.resources()), stateText(open.folder)]).toEqual(before);
    return { code, out, report: JSON.parse(out) as DriftReport };
  };

  it("refuses a stack that made nothing yet", async () => {
    const drifting: DriftingStack = {
      previewRefresh: (options) => stack.previewRefresh(options),
      exportStack: async () => ({ version: 3, deployment: await stack.state() }),
    };
    const { error } = await runHere(() =>
      driftStack(
        stackFile,
        { environment: "dev", form: "json", out: undefined, names: false, who: false },
        { open: () => Promise.resolve(drifting) },
      ),
    );
    expect(String(error)).toContain("the state of dev is empty. Make it: pulumi up -s dev");
  });

  it("finds nothing after up", async () => {
    await stack.up();
    const { code, report } = await look();
    expect(report.stacks.map(({ drifts, unread }) => ({ drifts, unread }))).toEqual([{ drifts: [], unread: [] }]);
    expect(code).toBe(0);
  });

  it("takes what the autoscaler, AKS and a colleague's tag do for harmless", async () => {
    const { world } = open.rehearsal;
    const pool = live(world, "containerservice:AgentPool", "h100d1");
    world.drift(pool.id, { count: 3, tags: { extra: "tag" } });
    world.drift(live(world, "containerservice:ManagedCluster").id, { kubernetesVersion: "1.36.9" });
    const { code, report } = await look();
    expect(told(report)).toEqual([
      "harmless AgentPool count: 0 -> 3, leaves it",
      'harmless AgentPool tags.extra: null -> "tag", undoes it',
      'harmless ManagedCluster kubernetesVersion: "1.36" -> "1.36.9", undoes it',
    ]);
    expect(code).toBe(0);
  });

  it("names the harm of each change, and of what is gone", async () => {
    const { world } = open.rehearsal;
    world.drift(live(world, "containerservice:AgentPool", "h100d1").id, { maxCount: 2 });
    world.drift(live(world, "containerservice:AgentPool", "general").id, { count: 6 });
    world.drift(live(world, "storage:StorageAccount").id, {
      publicNetworkAccess: "Enabled",
      allowBlobPublicAccess: true,
    });
    const nsg = live(world, "network:NetworkSecurityGroup", "nsg-gpu-dev-eastus-nodes");
    const rule = { name: "ssh-from-home", access: "Allow", direction: "Inbound", priority: 4000, protocol: "Tcp" };
    const open22 = {
      ...rule,
      sourceAddressPrefix: "*",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "22",
    };
    world.drift(nsg.id, { securityRules: [...(nsg.inputs["securityRules"] as []), open22] });
    world.remove(live(world, "containerservice:AgentPool", "a10").id);
    const grant = world.resources("azure-native:authorization:RoleAssignment")[0];
    world.remove(grant?.id ?? "");
    const { code, report } = await look();
    expect(told(report).filter((it) => !it.startsWith("harmless"))).toMatchInlineSnapshot(`
      [
        "security RoleAssignment gone, makes it again",
        "security NetworkSecurityGroup securityRules["ssh-from-home"]: null -> {"access":"Allow","destinationAddressPrefix":"*","destinationPortRange":"22","direction":"Inbound","name":"ssh-from-h..., undoes it, breaks nsg-no-admin-from-internet",
        "security StorageAccount allowBlobPublicAccess: false -> true, undoes it, breaks st-no-anonymous",
        "security StorageAccount publicNetworkAccess: "Disabled" -> "Enabled", undoes it",
        "capacity AgentPool gone, makes it again",
        "cost AgentPool count: 2 -> 6, undoes it",
      ]
    `);
    expect(report.stacks[0]?.difference.cost).toMatchInlineSnapshot(`
      {
        "after": {
          "fullUsdPerMonth": 146204.48,
          "idleUsdPerMonth": 2510.84,
        },
        "before": {
          "fullUsdPerMonth": 149703.08,
          "idleUsdPerMonth": 1191,
        },
        "lines": [
          {
            "after": null,
            "before": {
              "fullUsdPerMonth": 146.44,
              "idleUsdPerMonth": 0,
            },
            "kind": "disks",
            "resource": "a10",
            "what": "Premium SSD up to 512 GiB (P20 LRS)",
          },
          {
            "after": null,
            "before": {
              "fullUsdPerMonth": 4672,
              "idleUsdPerMonth": 0,
            },
            "kind": "nodes",
            "resource": "a10",
            "what": "nodes Standard_NV36ads_A10_v5",
          },
          {
            "after": {
              "fullUsdPerMonth": 1979.76,
              "idleUsdPerMonth": 1979.76,
            },
            "before": {
              "fullUsdPerMonth": 659.92,
              "idleUsdPerMonth": 659.92,
            },
            "kind": "nodes",
            "resource": "general",
            "what": "nodes Standard_D8ds_v5",
          },
        ],
        "unpriced": {
          "added": [],
          "gone": [],
        },
      }
    `);
    expect(code).toBe(4);
  });
});

function told({ stacks }: DriftReport): string[] {
  return stacks.flatMap(({ drifts }) =>
    drifts.map(({ harm, type, path, kind, before, after, up, breaks }) => {
      const what = kind === "gone" ? "gone" : `${path}: ${String(before)} -> ${String(after)}`;
      const rules = breaks.length === 0 ? "" : `, breaks ${breaks.join(" ")}`;
      return `${harm} ${type.split(":").at(-1) ?? ""} ${what}, ${up}${rules}`;
    }),
  );
}

/** All of the engine's own state, without its history of commands. */
function stateText(folder: string): string {
  const stacks = join(folder, "state", ".pulumi", "stacks");
  return readdirSync(stacks, { recursive: true, encoding: "utf8" })
    .map((it) => join(stacks, it))
    .filter((it) => statSync(it).isFile() && it.endsWith(".json"))
    .map((it) => readFileSync(it, "utf8"))
    .join("\n");
}
