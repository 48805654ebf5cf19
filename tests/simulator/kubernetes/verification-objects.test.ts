import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memlockModes } from "../../../catalog/memlock";
import { addOns } from "../../../components/platform/add-ons";
import { planPlatform } from "../../../components/platform/plan-platform";
import { record, text } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { installCrds } from "../../../simulator/kubernetes/crds";
import { objectsOf, placeOf } from "../../../verification/place";
import { planVerification } from "../../../verification/plan-verification";
import { h100Pool } from "../../components/tenancy/teams";
import { describeWithEngine } from "../engine/with-engine";
import { applyTeam } from "./applied-team";
import { asSomebody, type Somebody, untilRefused } from "./somebody";

const admin: Somebody = { user: "admin@example.com", groups: ["system:masters"] };

describeWithEngine("what a verification makes, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "verification-objects-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    for (const it of memlockModes) await applyTeam(cluster, it);
    const fence = planPlatform(addOns, { teamFence: {} }, { kubernetesVersion: "1.36", pools: [] }).addOns[0];
    for (const it of Object.values(fence?.objects ?? {})) await cluster.apply(toProps(it), { manager: "test" });
    // Policies work a moment after they were made.
    const hostPath = { name: "host", hostPath: { path: "/" } };
    await untilRefused(() => create(podOf("node", { volumes: [hostPath] })));
  });
  afterAll(async () => {
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const create = (body: object): ReturnType<ReturnType<typeof asSomebody>> => {
    const props = toProps(body);
    const version = text(props, "apiVersion") ?? "";
    const api = version.includes("/") ? `/apis/${version}` : `/api/${version}`;
    const plural = `${text(props, "kind")?.toLowerCase() ?? ""}s`;
    const namespace = text(props, "metadata.namespace") ?? "";
    return asSomebody(plane, admin)("POST", `${api}/namespaces/${namespace}/${plural}?dryRun=All`, body);
  };
  const objects = (team: string): readonly object[] =>
    objectsOf(
      placeOf("verify-test", true),
      planVerification({
        pools: [h100Pool],
        cpuPools: [],
        csiDrivers: [],
        scratch: null,
        teams: [{ kind: "training", team, pool: h100Pool.key, podSecurity: "baseline" }],
        queues: false,
        stores: { lustre: { boughtMBps: 4000 } },
      }).checks.filter((it) => it.name === "fio-read-lustre"),
    );
  /** The pod that the controller makes of the job. */
  const podOf = (team: string, more: object = {}): object => {
    const job = toProps(objects(team).find((it) => text(toProps(it), "kind") === "Job") ?? {});
    const metadata = {
      ...record(job, "spec.template.metadata"),
      name: "probe",
      namespace: text(job, "metadata.namespace") ?? "",
    };
    return { apiVersion: "v1", kind: "Pod", metadata, spec: { ...record(job, "spec.template.spec"), ...more } };
  };

  test.each(memlockModes)(
    "for a team's volume gets past the fence where pods of teams lock memory by %s",
    async (memlock) => {
      for (const it of [...objects(memlock), podOf(memlock)]) {
        const { status, message } = await create(it);
        expect(status, message).toBe(201);
      }
    },
  );

  test("for racks has no field that ComputeDomains do not know", async () => {
    await installCrds(cluster, ["nvidiaDraDriver"]);
    const rack = { ...h100Pool, key: "gb300", size: "Standard_ND128isr_GB300_v6", gpuStack: "gb-dra" as const };
    const { checks } = planVerification({
      pools: [{ ...rack, gpusPerNode: 4, maxNodes: 36, nodePools: ["gb300a", "gb300b"] }],
      cpuPools: [],
      csiDrivers: [],
      scratch: null,
      teams: [],
      queues: false,
      stores: {},
    });
    const made = objectsOf(placeOf("verify-racks", false), checks);
    for (const it of made) await cluster.apply(toProps(it), { manager: "test" });
    expect(made.filter((it) => it.kind === "ComputeDomain").map((it) => it.metadata.name)).toEqual(
      checks.map((it) => `verify-racks-${it.name}-domain`),
    );
  });
});
