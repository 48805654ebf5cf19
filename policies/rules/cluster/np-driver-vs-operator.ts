import { about, absentOr, expectAt, isText, oneOf, unjudged } from "../../engine/expect";
import { levels, type Outcome, type StackRule } from "../../engine/rule";
import { nodePools, onGpu } from "../../engine/sizes";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";

/** A pool with this label set to false gets no driver from the operator. */
const label = 'nodeLabels["nvidia.com/gpu.deploy.driver"]';
const owner = "gpuProfile.driver";

export const npDriverVsOperator: StackRule = {
  id: 80,
  name: "np-driver-vs-operator",
  area: "cluster",
  kind: "stack",
  types: [types.nodePool, types.cluster, types.helmRelease, types.helmChart],
  title: "NVIDIA's operator and AKS do not both bring the driver to a pool, and one of them does.",
  why: "Two drivers fight over a node until it has none, and where nobody brings one no pod gets a GPU.",
  remedy:
    "Set gpuProfile.driver to None where the operator brings the driver; else label the pool nvidia.com/gpu.deploy.driver=false, or set driver.enabled of the operator to false.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "NVIDIA/gpu-operator#525; Azure/AKS#2748",
  check: (resources) => {
    const operators = resources.filter((it) => nodePools(it).length === 0 && isOperator(it.inputs));
    const [operator] = operators;
    // Without an operator in the stack, another one may bring it: that is not seen from here.
    if (operator === undefined || operators.length > 1) return [];
    const path = "values.driver.enabled";
    const enabled = read(operator.inputs, path);
    if (isUnknown(enabled)) return about(operator, [unjudged(path)]);
    return resources.flatMap((it) =>
      about(
        it,
        nodePools(it).flatMap((pool) => judgePool(it.inputs, pool, enabled !== false)),
      ),
    );
  },
};

/** The chart by its name, from whichever place: a folder, a registry or a repository. */
function isOperator(inputs: unknown): boolean {
  const chart = read(inputs, "chart");
  return isText(chart) && /(^|\/)gpu-operator(-v?\d[^/]*\.tgz)?$/.test(chart);
}

function judgePool(inputs: unknown, pool: string, operatorBrings: boolean): readonly Outcome[] {
  return onGpu(inputs, `${pool}vmSize`, ({ vendor }) => {
    if (vendor !== "nvidia") return [];
    const [kept, driver] = [read(inputs, `${pool}${label}`), `${pool}${owner}`];
    if (isUnknown(kept)) return [unjudged(`${pool}${label}`)];
    return operatorBrings && kept !== "false"
      ? expectAt(inputs, driver, oneOf("None"), "be None: the operator of this stack brings the driver")
      : expectAt(inputs, driver, absentOr(oneOf("Install")), "be Install: no operator of this stack brings the driver");
  });
}
