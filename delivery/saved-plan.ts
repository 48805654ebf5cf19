import { z } from "zod";
import { MisconfiguredError, show } from "../core/problems";
import { hashOf } from "./hash-of";
import { readJson } from "./read-json";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const step = z.strictObject({
  urn: z.string(),
  op: z.string(),
  /** Paths of properties that change, sorted. */
  changed: z.array(z.string()),
  /** Hash of the inputs as the engine tells them: it writes `[secret]` for each secret. */
  inputs: sha256,
});

const finding = z.strictObject({ rule: z.string(), level: z.string(), urn: z.string(), message: z.string() });

const versionMove = z.strictObject({
  urn: z.string(),
  /** Path of the property that holds it. */
  path: z.string(),
  /** `null` where none is written. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** Versions of what runs. */
const versions = z.strictObject({
  /** Lock that the environment is on. */
  lock: z.string(),
  /** ISO day from which on nobody may name that lock; `null` where none is set. */
  retiredOn: z.iso.date().nullable(),
  /** Lock that the stack file named when it was applied last; `default` where it named none, `null` where that is not known. */
  before: z.string().nullable(),
  /** What moves in what is there. */
  moves: z.array(versionMove),
});

const month = z.strictObject({ idleUsdPerMonth: z.number(), fullUsdPerMonth: z.number() });

/** What a month costs before and after, by list prices. */
const bill = z.strictObject({ before: month, after: month });

const content = z.strictObject({
  version: z.literal(1),
  stack: z.string(),
  /** Full id of the commit that it was made from. */
  commit: z.string().regex(/^[0-9a-f]{40}$/),
  /** Whether files that are not in the commit were part of it. */
  dirty: z.boolean(),
  /** Who made what is new since the stack was last applied: addresses of commits, and whom the forge names. */
  makers: z.array(z.string()),
  /** Subscription that it is for, `null` where neither the stack file nor the credentials' variables name one. */
  subscriptionId: z.string().nullable(),
  /** Version of the Pulumi CLI. */
  pulumi: z.string(),
  /** Hash of the stack file, of the policies' configuration and of the lock of packages, which pins the plugins. */
  files: sha256,
  /** Hash of the state that it starts from. */
  state: sha256,
  /** What the engine would do, without what stays the same. */
  steps: z.array(step),
  findings: z.array(finding),
  versions,
  /** `null` where a mandatory policy ended the preview. */
  bill: bill.nullable(),
  /** vCPUs by family and region, those that change. */
  quota: z.array(z.strictObject({ family: z.string(), region: z.string(), before: z.number(), after: z.number() })),
});

/** One thing that the engine would do. */
export type PlanStep = z.infer<typeof step>;
/** A version that changes. */
export type VersionMove = z.infer<typeof versionMove>;
/** What the policy pack said of one resource. */
export type PlanFinding = z.infer<typeof finding>;
/** Everything that a plan says; its hash is of all of it. */
export type PlanContent = z.infer<typeof content>;

/** A plan as it is saved, approved and applied. */
export interface SavedPlan extends PlanContent {
  /** Hash of everything else: what an approval is bound to. */
  readonly hash: string;
}

/** Seals a plan with its hash. */
export function sealPlan(it: PlanContent): SavedPlan {
  return { ...it, hash: hashOf(it) };
}

/**
 * Reads a saved plan.
 * @throws MisconfiguredError when it is none, or is not what its hash was made of
 */
export function readPlan(text: string, file: string): SavedPlan {
  const plan = readJson(content.extend({ hash: sha256 }), text, {
    subject: `The plan ${file}`,
    command: "npm run plan -- ENVIRONMENT --out FILE",
  });
  const { hash, ...rest } = plan;
  const real = hashOf(rest);
  if (hash !== real)
    throw new MisconfiguredError(`The plan ${file}`, [
      {
        path: "hash",
        rule: `must be of its content, ${real}`,
        got: show(hash),
        remedy: "It was changed: make a new plan",
      },
    ]);
  return plan;
}
