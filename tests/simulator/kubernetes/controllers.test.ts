import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { deleteObject, waitUntilEstablished } from "../../../simulator/kubernetes/controllers";
import { describeWithEngine } from "../engine/with-engine";

describeWithEngine("what is deleted", (engine) => {
  let folder: string;
  let controlPlane: ControlPlane;
  let cluster: Cluster;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "controllers-test-"));
    controlPlane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(controlPlane));
  });
  afterAll(async () => {
    cluster.close();
    await controlPlane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } };
  const held = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "held", namespace: "team", finalizers: ["example.com/somebody"] },
  };

  test("in a namespace fails within its own time, and names what is held in it and by whom", async () => {
    await cluster.apply(namespace, { manager: "test" });
    await cluster.apply(held, { manager: "test" });
    await expect(deleteObject(cluster, namespace, 0)).rejects.toThrow(
      "ConfigMap team/held was not gone after 0 seconds. Finalizers that hold it: example.com/somebody",
    );
    await cluster.merge(held, { metadata: { finalizers: null } });
    await deleteObject(cluster, namespace);
    expect(await cluster.read(namespace)).toBeUndefined();
  });

  test("with its definition does not come back with it", async () => {
    const names = { plural: "lamps", singular: "lamp", kind: "Lamp" };
    const schema = { openAPIV3Schema: { type: "object" } };
    const definition = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "lamps.example.com" },
      spec: {
        group: "example.com",
        scope: "Cluster",
        names,
        versions: [{ name: "v1", served: true, storage: true, schema }],
      },
    };
    const lamp = { apiVersion: "example.com/v1", kind: "Lamp", metadata: { name: "red" } };
    await cluster.apply(definition, { manager: "test" });
    await waitUntilEstablished(cluster, definition);
    await cluster.apply(lamp, { manager: "test" });
    await deleteObject(cluster, definition);
    expect(await cluster.read(definition)).toBeUndefined();

    // Asked for anew: the first one's list of kinds still has it.
    const later = new Cluster(ApiClient.of(controlPlane));
    await later.apply(definition, { manager: "test" });
    await waitUntilEstablished(later, definition);
    expect(await later.read(lamp)).toBeUndefined();
    later.close();
  });
});
