import { infinibandDomainTag } from "../../../catalog/scheduling";
import { about, isText, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read, text } from "../../../core/property-tree";
import { machinesOf } from "../../engine/machines";
import { levels, type Subject, type StackOutcome, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const ibDomainUnique: StackRule = {
  id: 6,
  name: "ib-domain-unique",
  area: "gpu",
  kind: "stack",
  types: [types.scaleSet, types.nodePool, types.cluster],
  title: `Each value of the tag ${infinibandDomainTag} is on one scale set or node pool only.`,
  why: "Two scale sets are two fabrics: a job that trusts the tag would span both and fall back to TCP.",
  remedy: `Give each scale set and each node pool an ${infinibandDomainTag} of its own.`,
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs setup-infiniband.md",
  check: (resources) => {
    const owners = new Map<string, Owner[]>();
    const outcomes: StackOutcome[] = [];
    for (const resource of resources) {
      for (const { tags, pool } of machinesOf(resource)) {
        const path = `${tags}.${infinibandDomainTag}`;
        const domain = read(resource.inputs, path);
        if (isUnknown(domain)) outcomes.push(...about(resource, [unjudged(path)]));
        else if (isText(domain)) {
          const inside = pool === undefined || pool === "" ? undefined : text(resource.inputs, `${pool}name`);
          const name = inside === undefined ? resource.name : `${inside} in ${resource.name}`;
          owners.set(domain, [...(owners.get(domain) ?? []), { resource, path, name }]);
        }
      }
    }
    for (const [domain, sharers] of owners) {
      if (sharers.length < 2) continue;
      for (const sharer of sharers) {
        const others = sharers.filter((it) => it !== sharer).map(({ name }) => name);
        outcomes.push(
          ...about(sharer.resource, [violation(sharer.path, domain, `differ from the tag of ${others.join(", ")}`)]),
        );
      }
    }
    return outcomes;
  },
};

/** Who says that its nodes are a domain, and where. */
interface Owner {
  readonly resource: Subject;
  readonly path: string;
  readonly name: string;
}
