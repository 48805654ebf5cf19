import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { budgetQuota } from "../../../catalog/budget-quota";
import { fabricPod } from "../../../catalog/fabric-pod";
import { fabricProfile } from "../../../catalog/fabric-profile";
import { list, read, record } from "../../../core/property-tree";
import { toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { h100Pool, vision } from "../../components/tenancy/teams";
import { describeWithEngine } from "../engine/with-engine";
import { applyTeam } from "./applied-team";
import { asSomebody } from "./somebody";

const pod = (resources: object): object => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "probe" },
  spec: { containers: [{ name: "main", image: "any:1", resources }] },
});
const claim = (storageClassName: string, storage: string): object => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "probe" },
  spec: { storageClassName, accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
});
const gpus = (count: number): object => ({ limits: { "nvidia.com/gpu": `${count}` } });

describeWithEngine("what a team may do in its namespace, on a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  let core: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "team-namespace-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    core = `/api/v1/namespaces/${await applyTeam(cluster, "node", { budgetUsdPerMonth: 200_000 })}`;
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ["a pod that states its GPUs alone", "pods", pod(gpus(8)), ""],
    ["a pod that requests memory and no limit of it", "pods", pod({ ...gpus(8), requests: { memory: "200Gi" } }), ""],
    ["a launcher", "pods", pod({}), ""],
    ["more GPUs than its own", "pods", pod(gpus(17)), "exceeded quota"],
    ["all of the memory twice", "pods", pod({ requests: { memory: "4Ti" } }), "exceeded quota"],
    ["the local disk of others", "pods", pod({ requests: { "ephemeral-storage": "2Ti" } }), "exceeded quota"],
    ["scratch on its nodes' own disks", "persistentvolumeclaims", claim("scratch-nvme", "1Ti"), ""],
    ["a disk", "persistentvolumeclaims", claim("managed-csi-premium", "1Gi"), "exceeded quota"],
    ["a share, with the key of an account", "persistentvolumeclaims", claim("azurefile-csi", "1Gi"), "exceeded quota"],
    [
      "a container, with the key of an account",
      "persistentvolumeclaims",
      claim("azureblob-fuse-premium", "1Gi"),
      "exceeded quota",
    ],
  ])("may it make %s: %s", async (_, plural, body, refusal) => {
    const ask = asSomebody(plane, { user: "somebody@example.com", groups: [vision.groupObjectId] });
    const { status, message } = await ask("POST", `${core}/${plural}?dryRun=All`, body);
    expect(message).toContain(refusal);
    expect(status, message).toBe(refusal === "" ? 201 : 403);
  });

  test("it may make the whole-node pod of a rack, with a claim of its job's ComputeDomain", async () => {
    const gb300 = {
      ...h100Pool,
      key: "gb300",
      size: "Standard_ND128isr_GB300_v6",
      gpuStack: "gb-dra",
      gpusPerNode: 4,
    } as const;
    const { metadata, spec } = fabricPod(fabricProfile(gb300));
    const [main] = list(spec, "containers");
    const containers = [{ ...record(main, ""), image: "any:1" }];
    const body = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...metadata, name: "probe" },
      spec: { ...spec, containers },
    };
    const ask = asSomebody(plane, { user: "somebody@example.com", groups: [vision.groupObjectId] });
    const said = await ask("POST", `${core}/pods?dryRun=All&fieldValidation=Strict`, body);
    expect(said).toEqual({ status: 201, message: "" });
  });

  test("its budget is a number in its quota, for what watches, and no pod has to ask for any of it", async () => {
    const metadata = { name: "team", namespace: "train-node" };
    const quota = await cluster.read({ apiVersion: "v1", kind: "ResourceQuota", metadata });
    expect(record(quota ?? {}, "spec.hard")[budgetQuota]).toBe("200k");
  });

  test("it cannot delete a claim, and with it the way to its data", async () => {
    const ask = asSomebody(plane, { user: "somebody@example.com", groups: [vision.groupObjectId] });
    const { status, message } = await ask("DELETE", `${core}/persistentvolumeclaims/lustre`);
    expect(message).toContain('cannot delete resource "persistentvolumeclaims"');
    expect(status).toBe(403);
  });

  test("its pods get a token of the API server from neither account", async () => {
    for (const serviceAccountName of ["default", "workload"]) {
      const probe = { ...toProps(pod({})), metadata: { name: serviceAccountName, namespace: "train-node" } };
      const made = await cluster.apply(
        toProps({ ...probe, spec: { serviceAccountName, containers: [{ name: "main", image: "any:1" }] } }),
        { manager: "test" },
      );
      expect(list(made, "spec.volumes")).toEqual([]);
      expect(read(made, "spec.serviceAccountName")).toBe(serviceAccountName);
    }
  });
});
