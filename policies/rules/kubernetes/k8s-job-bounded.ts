import { absentOr, expectAt, isCount } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { settingOf } from "../../engine/setting";
import { gpusAsked } from "./devices";
import { containers } from "./pods";
import { jobDeadline } from "./job-deadline";

const jobs: ReadonlyMap<string, string> = new Map([
  ["kubernetes:batch/v1:Job", "spec"],
  ["kubernetes:batch/v1:CronJob", "spec.jobTemplate.spec"],
]);
const longestTtl = 7 * 24 * 3600;

export const k8sJobBounded: ResourceRule = {
  id: 208,
  name: "k8s-job-bounded",
  area: "kubernetes",
  kind: "resource",
  types: [...jobs.keys()],
  title: "A job that takes GPUs has an end: a deadline, few retries and a time after which it is removed.",
  why: "A job that hangs holds its GPUs until somebody looks, which is after the weekend.",
  remedy: "Set activeDeadlineSeconds, backoffLimit of at most 6 and ttlSecondsAfterFinished in the spec of the job.",
  severity: "high",
  levels: levels.advisoryInDev,
  source: "kube-linter job-ttl-seconds-after-finished",
  settings: [jobDeadline],
  check: (resource, { settings }) => {
    const { type, inputs } = resource;
    if (!containers(resource).some((it) => gpusAsked(inputs, it).length > 0)) return [];
    const most = settingOf(jobDeadline, settings);
    const at = [...jobs].find(([token]) => sameType(token, type))?.[1] ?? "spec";
    return [
      ...expectAt(inputs, `${at}.activeDeadlineSeconds`, (it) => isCount(it, 1, most), `be seconds, at most ${most}`),
      ...expectAt(
        inputs,
        `${at}.backoffLimit`,
        absentOr((it) => isCount(it, 0, 6)),
        "be at most 6",
      ),
      // A CronJob removes its jobs by its history limits.
      ...(at === "spec"
        ? expectAt(
            inputs,
            `${at}.ttlSecondsAfterFinished`,
            (it) => isCount(it, 0, longestTtl),
            `be seconds, at most ${longestTtl}`,
          )
        : []),
    ];
  },
};
