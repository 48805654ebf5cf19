import { partsOf } from "../../core/urn";
import { exceptionsOf, type PolicyConfiguration } from "./configuration";
import { isAbout, isExpired } from "./exceptions";
import type { Finding } from "./judge";
import { appliesTo, type Environment, type Rule } from "./rule";
import { rules } from "../rules";

/**
 * What the engine says of policies in one of its events, as the Automation API hands them on.
 * Source: pulumi/pulumi:sdk/go/common/apitype/events.go (3.246.0)
 */
export interface PolicyEvents {
  readonly policyEvent?: PackOfEvent & {
    readonly policyName: string;
    readonly message: string;
    readonly resourceUrn?: string;
  };
  readonly policyAnalyzeSummaryEvent?: PackOfEvent & RulesOfEvent & { readonly resourceUrn: string };
  readonly policyAnalyzeStackSummaryEvent?: PackOfEvent & RulesOfEvent;
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
}

interface PackOfEvent {
  readonly policyPackName: string;
  readonly policyPackVersion: string;
}

interface RulesOfEvent {
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
}

/** The pack that had to run, and how it was configured. */
export interface ExpectedPack {
  readonly name: string;
  readonly version: string;
  readonly configuration: PolicyConfiguration;
  /** ISO date. */
  readonly today: string;
}

/** Steps after which there is nothing to judge. */
const judgesNothing = ["delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace", "read"];

/**
 * Gate 224, `meta-no-unknown-on-must`: a mandatory rule that could not run, because what it reads is not known before the update. The
 * engine only notes it, and would find out half-way through. Advisory in dev, as the rules' catalogue has it.
 */
export function unknownOnMust(
  events: readonly PolicyEvents[],
  { name, configuration, today }: ExpectedPack,
  environment: Environment,
): readonly Finding[] {
  const exceptions = exceptionsOf(configuration).filter((it) => !isExpired(it, today));
  return events.flatMap(({ policyEvent }): Finding[] => {
    if (policyEvent?.policyPackName !== name) return [];
    const { policyName, message, resourceUrn: urn = "" } = policyEvent;
    // The SDK's own words: pulumi/pulumi-policy:sdk/nodejs/policy/server.ts (1.21.0).
    if (!message.includes(`can't run policy '${policyName}'`)) return [];
    if (configuration.levels[policyName] !== "mandatory") return [];
    if (exceptions.some((it) => isAbout(it, policyName, urn))) return [];
    return [
      {
        ...gates.unknown,
        level: environment === "dev" ? "advisory" : "mandatory",
        urn,
        path: policyName,
        message: `The mandatory rule ${policyName} could not run before the update: ${message} Fix: Declare the value as a literal, or take the resource that makes it out of the object.`,
      },
    ];
  });
}

/**
 * Gate 226, `meta-pack-ran`: that nobody switched the pack off. It must have judged each resource that stays, in its version, by each
 * enabled rule that is about the type, and all of them together by each enabled rule about resources together.
 */
export function packDidNotRun(events: readonly PolicyEvents[], pack: ExpectedPack): readonly Finding[] {
  const missing = (urn: string, path: string, message: string): Finding => ({
    ...gates.ran,
    level: "mandatory",
    urn,
    path,
    message: `${message} Fix: Run with --policy-pack and the pack of this commit.`,
  });
  const resources = new Map<string, ReadonlySet<string>>();
  const together = new Set<string>();
  const versions = new Set<string>();
  for (const { policyAnalyzeSummaryEvent: one, policyAnalyzeStackSummaryEvent: all } of events) {
    for (const it of [one, all]) if (it?.policyPackName === pack.name) versions.add(it.policyPackVersion);
    if (one?.policyPackName === pack.name)
      resources.set(one.resourceUrn, new Set([...(resources.get(one.resourceUrn) ?? []), ...ranOf(one)]));
    if (all?.policyPackName === pack.name) for (const it of ranOf(all)) together.add(it);
  }
  if (versions.size === 0) return [missing("", pack.name, `The policy pack ${pack.name} did not run.`)];
  const others = [...versions].filter((it) => it !== pack.version);
  const enabled = rules.filter(({ name }) => (pack.configuration.levels[name] ?? "disabled") !== "disabled");
  const judged = events.flatMap(({ resourcePreEvent: it }) =>
    it === undefined || judgesNothing.includes(it.metadata.op) ? [] : [it.metadata.urn],
  );
  const skipped = (rule: Rule, urn: string): boolean =>
    rule.kind === "resource" && appliesTo(rule, partsOf(urn).type) && resources.get(urn)?.has(rule.name) !== true;
  return [
    ...others.map((it) =>
      missing("", pack.name, `The policy pack ${pack.name} ran in version ${it}, and not in ${pack.version}.`),
    ),
    ...[...new Set(judged)].flatMap((urn) =>
      enabled
        .filter((rule) => skipped(rule, urn))
        .map(({ name }) => missing(urn, name, `The rule ${name} did not run.`)),
    ),
    ...enabled
      .filter(({ kind, name }) => kind === "stack" && !together.has(name))
      .map(({ name }) => missing("", name, `The rule ${name}, about all resources together, did not run.`)),
  ];
}

function ranOf({ passed = [], failed = [] }: RulesOfEvent): readonly string[] {
  return [...passed, ...failed];
}

/** The two gates of the rules' catalogue: they are about a run of the engine, so no pack can hold them. */
const gates = {
  unknown: { id: 224, rule: "meta-no-unknown-on-must", severity: "high", judged: true },
  ran: { id: 226, rule: "meta-pack-ran", severity: "critical", judged: true },
} as const;
