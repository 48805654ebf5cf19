import { labels } from "../../catalog/scheduling";
import { unknownValue } from "../../core/property-marks";
import type { Rule, Subject } from "../../policies/engine/rule";
import { account } from "./fixtures";
import { changed, table, type RuleCases } from "./harness";
import { hardened, hardenedIn, podHolders } from "./kubernetes-fixtures";

/** The kinds of operators, and the deepest of Kubernetes' own. */
const holders = {
  ...podHolders,
  "a CronJob": ["batch/v1:CronJob", "spec.jobTemplate.spec.template.spec"],
  "a Deployment": ["apps/v1:Deployment", "spec.template.spec"],
  "a pod": ["core/v1:Pod", "spec"],
} as const;

/** A case for each kind that holds pods: the same change at its pod spec, and what the rule says of it there. */
function everywhere(what: string, path: string, value: unknown, ...says: readonly string[]) {
  return Object.fromEntries(
    Object.entries(holders).map(([holder, [kind, spec]]) => [
      `${what} in ${holder}`,
      [
        [changed(hardenedIn(kind, spec), { [`${spec}.${path}`]: value })],
        ...says.map((it) => `${spec}.${it}`),
      ] as const,
    ]),
  );
}

/** No kind is reported while its pods are as they should be. */
const compliant = Object.fromEntries(
  Object.entries(holders).map(([holder, [kind, spec]]) => [holder, [[hardenedIn(kind, spec)]] as const]),
);

/** Tools of nodes, and an overlay that says nothing about a container that stands elsewhere. */
function excepted(path: string, value: unknown): Readonly<Record<string, readonly [readonly Subject[]]>> {
  const spec = "spec.template.spec";
  const tool = changed(hardenedIn("apps/v1:DaemonSet", spec), { [`${spec}.${path}`]: value });
  return {
    "a driver of nodes, of the platform": [[changed(tool, { [`metadata.labels["${labels.workload}"]`]: "platform" })]],
    "the checks of nodes": [
      [changed(tool, { "metadata.namespace": "node-health", "metadata.name": "node-checks-h100" })],
    ],
    "another type": [[account]],
  };
}

function toolElsewhere(path: string, value: unknown): readonly Subject[] {
  const spec = "spec.template.spec";
  return [
    changed(hardenedIn("apps/v1:DaemonSet", spec), {
      [`${spec}.${path}`]: value,
      "metadata.namespace": "train-vision",
      "metadata.name": "node-checks-h100",
    }),
  ];
}

/** A table of a rule about a property: one change that breaks it in every kind, by another value and by leaving it out. */
export function podTable(
  rule: Rule,
  {
    path,
    value,
    at = path,
    says,
    without,
    elsewhere,
  }: { path: string; value: unknown; at?: string; says: string; without?: string; elsewhere?: string },
  more: {
    readonly broken?: Record<string, readonly [Readonly<Record<string, unknown>> | readonly Subject[], ...string[]]>;
    readonly fine?: Record<string, readonly [Readonly<Record<string, unknown>> | readonly Subject[]]>;
    readonly unknown?: Record<string, readonly [Readonly<Record<string, unknown>>, ...string[]]>;
    readonly tools?: boolean;
    readonly unknownAt?: string;
  } = {},
): RuleCases {
  const tools = more.tools ?? true;
  return table(rule, hardened, {
    compliant: { ...compliant, ...more.fine },
    broken: {
      ...everywhere(says, path, value, `${at} ${says}`),
      ...(tools && {
        "a tool with the name of ours elsewhere": [
          toolElsewhere(path, value),
          `spec.template.spec.${at} ${says}`,
        ] as const,
      }),
      ...more.broken,
    },
    absent:
      without === undefined
        ? {
            "the property": [
              { [`spec.${path}`]: undefined },
              ...(elsewhere === undefined ? [] : [`spec.${elsewhere}`]),
            ],
          }
        : everywhere("left out", path, undefined, `${at} ${without}`),
    unknown: {
      "the property": [{ [`spec.${path}`]: unknownValue }, `?spec.${more.unknownAt ?? path}`],
      ...more.unknown,
    },
    notApplicable: tools ? excepted(path, value) : { "another type": [[account]] },
  });
}
