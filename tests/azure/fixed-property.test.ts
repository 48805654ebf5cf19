import { expect, it } from "vitest";
import { compute } from "../../azure/compute";
import { containerservice } from "../../azure/containerservice";
import { fixedAt, ignored, refused, refusedAsWhole, replaced, replaceOnChanges } from "../../azure/fixed-property";
import { network } from "../../azure/network";

const pool = containerservice.AgentPool.fixed;
const cluster = containerservice.ManagedCluster.fixed;

it("covers what lies below a fixed property, and nothing beside it", () => {
  expect(fixedAt(pool, "vmSize")?.onChange).toBe("replaced");
  expect(fixedAt(pool, "kubeletConfig.cpuManagerPolicy")?.onChange).toBe("refused");
  expect(fixedAt(pool, "availabilityZones[0]")?.onChange).toBe("refused");
  expect(fixedAt(pool, "vmSizeOfOther")).toBeUndefined();
  expect(fixedAt(pool, "maxCount")).toBeUndefined();
  expect(fixedAt(cluster, "agentPoolProfiles[0].vmSize")?.onChange).toBe("refused");
  expect(fixedAt(cluster, "agentPoolProfiles[0].count")).toBeUndefined();
  expect(fixedAt(null, "anything")).toBeUndefined();
});

it("tells Pulumi what the provider does not know, in Pulumi's paths", () => {
  const fixed = [...replaced("s", "size"), ...refused("s", "pools[].disk"), ...ignored("s", "sku.name")];
  expect(replaceOnChanges({ fixed })).toEqual(["pools[*].disk", "sku.name"]);
});

it("knows what is taken at creation or never, and may be another one later", () => {
  const fixed = refusedAsWhole("s", "encryption");
  expect(fixedAt(fixed, "encryption")?.onChange).toBe("refused");
  expect(fixedAt(fixed, "encryption.key.url")).toBeUndefined();
  expect(replaceOnChanges({ fixed })).toEqual([]);
});

it("lets an update reach what Azure changes in place", () => {
  // The whole sku would hold the number of nodes, and the whole image its version.
  const scaleSet = replaceOnChanges(compute.VirtualMachineScaleSet);
  expect(scaleSet).toEqual(expect.arrayContaining(["sku.name", "zones"]));
  expect(scaleSet).not.toEqual(expect.arrayContaining(["sku"]));
  expect(scaleSet.filter((it) => /imageReference$|capacity|version/.test(it))).toEqual([]);
  expect(replaceOnChanges(containerservice.AgentPool)).not.toEqual(expect.arrayContaining(["orchestratorVersion"]));
  expect(replaceOnChanges(network.PrivateEndpoint)).toEqual([
    "manualPrivateLinkServiceConnections",
    "privateLinkServiceConnections",
  ]);
});
