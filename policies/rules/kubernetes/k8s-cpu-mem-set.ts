import { expectAt, numeral } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { podHolders, runningContainers } from "./pods";

export const k8sCpuMemSet: ResourceRule = {
  id: 191,
  name: "k8s-cpu-mem-set",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "A container says how many cores and how much memory it needs, and how much memory it may take.",
  why: "The scheduler counts it as nothing otherwise, and it takes memory from the jobs beside it.",
  remedy: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "CKV_K8S_10 to 13; KSV-0011, 0015, 0016, 0018",
  check: (resource) =>
    runningContainers(resource).flatMap(({ path }) => {
      const at = `${path}.resources`;
      // What has a limit alone requests as much.
      const given = (what: string): string =>
        read(resource.inputs, `${at}.requests.${what}`) === undefined &&
        read(resource.inputs, `${at}.limits.${what}`) !== undefined
          ? "limits"
          : "requests";
      return [...new Set([`${given("cpu")}.cpu`, `${given("memory")}.memory`, "limits.memory"])].flatMap((it) =>
        expectAt(resource.inputs, `${at}.${it}`, (value) => numeral(value) !== undefined, "be set"),
      );
    }),
};
