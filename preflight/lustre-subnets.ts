import { limits } from "../catalog/limits";
import { addressCount, parseCidr } from "../core/cidr";
import { number, text } from "../core/property-tree";
import type { Value } from "../core/property-value";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok } from "./line";
import { askOwn, type Own } from "./own";
import type { PlannedAzureResource } from "./preflight-facts";
import { type Answer, post, unanswered } from "./question";

interface FileSystem {
  readonly name: string;
  readonly id: string;
  readonly sku: string;
  readonly tib: number;
  readonly subnetId: string;
  /** Range of the subnet when the plan makes it, null for one that exists. */
  readonly range: string | null;
}

interface Needs {
  readonly subscriptionId: string;
  readonly location: string;
  readonly fileSystems: readonly FileSystem[];
  readonly resources: readonly PlannedAzureResource[];
}

/** Whether the subnet of Managed Lustre is as large as the service itself says that a file system of its size needs. */
export const lustreSubnets: Check<Needs, { readonly answers: readonly Answer[]; readonly own: Own }> = {
  name: "Lustre subnet",
  needs: ({ subscriptionId, location, resources }) => {
    const ranges = new Map(
      resources.map(({ id, inputs }) => [id.toLowerCase(), text(inputs, "addressPrefix") ?? null]),
    );
    const fileSystems = resources.flatMap(({ arm, id, inputs }) => {
      const subnetId = text(inputs, "filesystemSubnet");
      if (arm !== "Microsoft.StorageCache/amlFilesystems" || subnetId === undefined) return [];
      const [sku = "", name = ""] = [text(inputs, "sku.name"), text(inputs, "amlFilesystemName")];
      const tib = number(inputs, "storageCapacityTiB");
      return [{ name, id, sku, tib, subnetId, range: ranges.get(subnetId.toLowerCase()) ?? null }];
    });
    return fileSystems.length === 0 ? null : { subscriptionId, location, fileSystems, resources };
  },
  ask: async ({ subscriptionId, location, fileSystems, resources }, ask) => {
    const [own, ...answers] = await Promise.all([
      askOwn(subscriptionId, { resources, machines: [] }, ask),
      ...fileSystems.map((it) => {
        const action = it.range === null ? "checkAmlFSSubnets" : "getRequiredAmlFSSubnetsSize";
        const size = { sku: { name: it.sku }, storageCapacityTiB: it.tib };
        const body: Value = it.range === null ? { ...size, filesystemSubnet: it.subnetId, location } : size;
        return ask(
          post(`/subscriptions/${subscriptionId}/providers/Microsoft.StorageCache/${action}`, {
            apiVersion: armVersions.storageCache,
            right: `Microsoft.StorageCache/${action}/action`,
            // The check of a subnet that exists says nothing when all is well.
            has: it.range === null ? null : "filesystemSubnetSize",
            body,
          }),
        );
      }),
    ]);
    return { own, answers };
  },
  judge: ({ fileSystems }, { answers, own }) =>
    fileSystems.flatMap((it, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : [judgeFileSystem(it, answer, own)];
    }),
};

function judgeFileSystem({ name, id, sku, tib, subnetId, range }: FileSystem, answer: Answer, own: Own): Finding {
  const subject = `${name}, ${tib} TiB of ${sku}`;
  const need = "a subnet that is large enough";
  // Its own servers have the addresses.
  if (own.ids.has(id.toLowerCase())) return ok(subject, need, "the file system is there");
  const larger = "Give it a larger subnet: it cannot move later";
  if (range === null) {
    const [subnet = ""] = subnetId.split("/").slice(-1);
    if (answer.kind === "found") return ok(subject, need, `${subnet} is`);
    const said = answer.kind === "refused" ? text(answer.body, "filesystemSubnet.message") : undefined;
    return said === undefined
      ? unanswered(subject, need, answer)
      : missing(subject, need, `${subnet}: ${said}`, larger);
  }
  const required = answer.kind === "found" ? number(answer.body, "filesystemSubnetSize") : 0;
  if (answer.kind !== "found" || required <= 0) return unanswered(subject, need, answer);
  const cidr = parseCidr(range);
  const usable = cidr === undefined ? 0 : addressCount(cidr) - limits.subnetReservedAddresses.value;
  const have = `${range}, ${usable} addresses`;
  return usable >= required
    ? ok(subject, `${required} addresses`, have)
    : missing(subject, `${required} addresses`, have, larger);
}
