import { infinibandDomainTag } from "../../../catalog/scheduling";
import { isText, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type Subject, type StackOutcome, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";

const path = `tags.${infinibandDomainTag}`;

export const ibDomainUnique: StackRule = {
  id: 6,
  name: "ib-domain-unique",
  area: "gpu",
  kind: "stack",
  types: [types.scaleSet, types.nodePool],
  title: `Each value of the tag ${infinibandDomainTag} is on one scale set or node pool only.`,
  why: "Two scale sets are two fabrics: a job that trusts the tag would span both and fall back to TCP.",
  remedy: `Give each scale set and each node pool an ${infinibandDomainTag} of its own.`,
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-compute-docs setup-infiniband.md",
  check: (resources) => {
    const owners = new Map<string, Subject[]>();
    const outcomes: StackOutcome[] = [];
    for (const resource of resources) {
      const domain = read(resource.inputs, path);
      if (isUnknown(domain)) outcomes.push({ ...unjudged(path), urn: resource.urn });
      else if (isText(domain)) owners.set(domain, [...(owners.get(domain) ?? []), resource]);
    }
    for (const [domain, sharers] of owners) {
      if (sharers.length < 2) continue;
      for (const { urn } of sharers) {
        const others = sharers.filter((it) => it.urn !== urn).map((it) => it.name);
        outcomes.push({ ...violation(path, domain, `differ from the tag of ${others.join(", ")}`), urn });
      }
    }
    return outcomes;
  },
};
