import { isGpuResource } from "../../../catalog/scheduling";
import { keys, locate } from "../../../core/property-tree";
import { absentOr, expectAt, isCount, numeral, oneOf, type Test } from "../../engine/expect";
import { levels, type Outcome, type ResourceRule, type Subject } from "../../engine/rule";
import { settingOf } from "../../engine/setting";
import { gpusAsked } from "./devices";
import { containers } from "./pods";
import { jobDeadline } from "./job-deadline";
import { type JobKind, jobKindOf, jobKinds } from "./job-kinds";

const longestTtl = 7 * 24 * 3600;

export const k8sJobBounded: ResourceRule = {
  id: 208,
  name: "k8s-job-bounded",
  area: "kubernetes",
  kind: "resource",
  types: Object.keys(jobKinds),
  title: "A job that takes GPUs has an end: a deadline, few retries and a time after which it is removed.",
  why: "A job that hangs holds its GPUs until somebody looks, which is after the weekend.",
  remedy:
    "Set activeDeadlineSeconds, backoffLimit of at most 6 and ttlSecondsAfterFinished in the spec of the job, in runPolicy of a job of Kubeflow; on a JobSet maxRestarts, on a RayJob shutdownAfterJobFinishes.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "kube-linter job-ttl-seconds-after-finished; the types of each operator (job-kinds.ts)",
  settings: [jobDeadline],
  check: (resource, { settings }) => {
    const { type, inputs } = resource;
    const kind = jobKindOf(type);
    if (kind === undefined || !takesGpus(resource, kind)) return [];
    const most = settingOf(jobDeadline, settings);
    return [
      ...expectDeadline(inputs, kind, most),
      ...expectEnd(
        inputs,
        kind.retries,
        absentOr((it) => isCount(Number(numeral(it) ?? -1), 0, 6)),
        "be at most 6",
      ),
      ...expectEnd(inputs, kind.removal, (it) => isCount(it, 0, longestTtl), `be from 0 to ${longestTtl} seconds`),
      ...expectEnd(inputs, kind.stopsPods, oneOf(true), "be true: its pods stay otherwise"),
    ];
  },
};

/** A job of a template that stands elsewhere takes GPUs unless it says what its nodes take, and that is none. */
function takesGpus(resource: Subject, { nodeLimits }: JobKind): boolean {
  const { inputs } = resource;
  if (containers(resource).some((it) => gpusAsked(inputs, it).length > 0)) return true;
  if (nodeLimits === undefined) return false;
  const limits = keys(inputs, nodeLimits);
  return limits.length === 0 || limits.some(isGpuResource);
}

function expectDeadline(inputs: unknown, { deadline, endsAlone }: JobKind, most: number): Outcome[] {
  const fits: Test = (it) => isCount(it, 1, most);
  return endsAlone !== true && locate(inputs, deadline).some(({ value }) => fits(value))
    ? []
    : expectAt(inputs, deadline, fits, `be from 1 to ${most} seconds`);
}

function expectEnd(inputs: unknown, path: string | undefined, test: Test, must: string): Outcome[] {
  return path === undefined ? [] : expectAt(inputs, path, test, must);
}
