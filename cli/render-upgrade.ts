import { table } from "../preview/table";
import type { UpgradePlan } from "../upgrades/plan-upgrade";
import type { PreviewedStep } from "../upgrades/preview-steps";
import type { UpgradeFacts } from "../upgrades/upgrade-facts";
import type { FileEdit } from "../upgrades/upgrade-step";

/** An upgrade in words: what changes, then each step with what it does, takes and costs, and the way back. */
export function renderUpgrade(
  plan: Omit<UpgradePlan, "steps"> & { readonly steps: readonly PreviewedStep[] },
  { stacks }: Pick<UpgradeFacts, "stacks">,
): string {
  const { environment, from, to, kubernetes, changed, steps, stays } = plan;
  const fileOf = (stack: string): string => stacks.find((it) => it.stack === stack)?.file ?? stack;
  const least = sum(steps.map(({ minutes }) => minutes.least));
  const most = sum(steps.map(({ minutes }) => minutes.most));
  const unpriced = steps.some(({ usd }) => usd === null);
  return [
    `${environment}: lock ${from} to ${to}, Kubernetes ${kubernetes.from} to ${kubernetes.to}`,
    "",
    "Versions",
    ...table(changed.map((it) => [it.component, it.from, it.to])),
    "",
    ...steps.flatMap((step, at) => [...renderStep(step, at + 1, fileOf, environment), ""]),
    ...(stays.length === 0
      ? []
      : ["Stay as they are", ...table(stays.map(({ pool, because }) => [pool, because])), ""]),
    `Together ${least} to ${most} minutes, at most ${dollars(sum(steps.map(({ usd }) => usd ?? 0)))}` +
      `${unpriced ? " and what has no price here" : ""}. Assumed: pools are full, a drained GPU node is back in 20 minutes, Azure`,
    "takes for the control plane what the catalogue says, prices are list prices. Time for gates and approvals comes on top.",
    "",
  ].join("\n");
}

function renderStep(
  { title, edits, commands, changes, drain, minutes, usd, back, gate }: PreviewedStep,
  number: number,
  fileOf: (stack: string) => string,
  environment: string,
): string[] {
  const { added, removed, changed, replaced } = changes;
  const named = (all: readonly { readonly name: string }[]): string => all.map(({ name }) => name).join(", ");
  const surge =
    drain === null || drain.surgeNodes === 0
      ? "none"
      : `${drain.surgeNodes} nodes, ${drain.surgeVcpus ?? "unknown"} vCPUs`;
  const row = (label: string, text: string): string[] => [label, text];
  return [
    `${number}. ${title}`,
    ...table([
      ...edits.map((it) => row("write", `${lineOf(it)} in ${fileOf(it.stack)}`)),
      ...commands.map((it) => row("run", it)),
      ...(changed.length > 0 ? [row("updated", named(changed))] : []),
      ...(added.length > 0 ? [row("made", named(added))] : []),
      ...(replaced.length > 0 ? [row("replaced", named(replaced))] : []),
      ...(removed.length > 0 ? [row("deleted", named(removed))] : []),
      ...(drain === null
        ? []
        : [row("drained", `${drain.nodes} nodes, ${drain.gpus} GPUs: jobs on them stop`), row("surge", surge)]),
      row("takes", `${minutes.least === minutes.most ? minutes.most : `${minutes.least} to ${minutes.most}`} minutes`),
      row("costs", usd === null ? "no price is known" : `at most ${dollars(usd)}`),
      ...back.edits.map((it) => row("back", `${lineOf(it)} in ${fileOf(it.stack)}`)),
      ...back.commands.map((it) => row("back", it)),
      row("back until", back.until),
      ...(gate ? [row("gate", `npm run verify -- ${environment}: end here unless it ends with 0`)] : []),
    ]),
  ];
}

function lineOf({ path, value }: FileEdit): string {
  const at = path.join(".");
  return value === null ? `no ${at}` : `${at}: "${value}"`;
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

function sum(all: readonly number[]): number {
  return all.reduce((total, it) => total + it, 0);
}
