import { expect, it } from "vitest";
import { poolKeysElsewhere } from "../../../../components/cluster/agent-pool/keys-elsewhere";
import { cpuPoolShape } from "../../../../components/cluster/cpu-pool/shape";
import { gpuPoolShape } from "../../../../components/cluster/gpu-pool/shape";
import { kubernetesClusterShape } from "../../../../components/cluster/kubernetes-cluster/shape";
import { gpuScaleSetShape } from "../../../../components/compute/gpu-scale-set/shape";
import { keysOf } from "../../../../core/records";
import { readShape } from "../../../../core/shape";
import { problemsOf } from "../../../recorded";

const system = kubernetesClusterShape.shape.systemPool;

it.each(keysOf(poolKeysElsewhere.keysElsewhere))("tells why no pool has %s, which scale sets have", (key) => {
  const { rule, remedy } = poolKeysElsewhere.keysElsewhere[key] ?? { rule: "", remedy: "" };
  expect(Object.keys(gpuScaleSetShape.shape)).toContain(key);
  for (const shape of [gpuPoolShape, cpuPoolShape, system]) {
    expect(Object.keys(shape.shape)).not.toContain(key);
    const told = problemsOf(() => readShape(shape, { size: "Standard_D8ds_v5", [key]: {} }, "it"));
    expect(told).toEqual([`${key}: ${rule}. ${remedy}`]);
  }
});

it("names nothing in a remedy that a pool or a scale set does not have", () => {
  const known = new Set(
    [gpuPoolShape, gpuScaleSetShape].flatMap((it) => [
      ...Object.keys(it.shape),
      ...Object.keys(it.shape.linuxOSConfig.unwrap().shape),
    ]),
  );
  const named = Object.values(poolKeysElsewhere.keysElsewhere).flatMap(({ remedy }) =>
    remedy.match(/\b[a-z]+[A-Z]\w+/g),
  );
  expect(named.filter((it) => it !== null && it !== "scaleSets" && !known.has(it))).toEqual([]);
  expect(named).toContain("nodeImageSnapshotId");
});
