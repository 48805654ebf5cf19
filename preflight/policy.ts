import { armBody } from "../azure/arm-body";
import { parseArmId } from "../azure/arm-id";
import { commandText } from "../core/command-text";
import { list, text } from "../core/property-tree";
import { isList, isRecord, type Props, type Value, without } from "../core/property-value";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import type { PlannedAzureResource } from "./preflight-facts";
import { type Answer, type Ask, post, unanswered } from "./question";

/** Resources of one type that look alike: one of them is asked about. */
interface Shape {
  readonly arm: string;
  readonly id: string;
  readonly body: Props;
  readonly count: number;
}

interface Needs {
  readonly subscriptionId: string;
  readonly shapes: readonly Shape[];
}

/** Azure Policy: what its assignments say to the bodies that the plan would send. */
export const policy: Check<Needs, readonly Answer[]> = {
  name: "Azure Policy",
  needs: ({ subscriptionId, resources }) => {
    const shapes = shapesOf(resources);
    return shapes.length === 0 ? null : { subscriptionId, shapes };
  },
  ask: ({ subscriptionId, shapes }, ask) => Promise.all(shapes.map((it) => askShape(it, subscriptionId, ask))),
  judge: ({ shapes }, answers) => {
    const findings = shapes.flatMap((it, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : judgeShape(it, answer);
    });
    // What forbids a type forbids all its shapes, and what keeps one from being asked about keeps all.
    const distinct = [
      ...new Map(findings.map((it) => [it.verdict === "unknown" ? it.have : JSON.stringify(it), it])).values(),
    ];
    const count = shapes.length;
    return distinct.length === 0
      ? [ok("policy assignments", "none that denies", `none denies ${count} ${count === 1 ? "body" : "bodies"}`)]
      : distinct;
  },
};

/** One body for each type and shape: what differs in names, IDs and addresses alone is one shape, another size or SKU is another. */
export function shapesOf(resources: readonly PlannedAzureResource[]): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const { token, arm, id, inputs } of resources) {
    // Role assignments are many and alike; what policies say of them depends on the role.
    const body = armBody(token, inputs);
    const key = JSON.stringify([arm, outline(without(body, "name"))]);
    const before = shapes.get(key);
    shapes.set(key, { arm, id, body: before?.body ?? body, count: (before?.count ?? 0) + 1 });
  }
  return [...shapes.values()];
}

/** What tells shapes apart: the keys, and the values that policies choose by. */
function outline(value: Value, key = ""): Value {
  if (isList(value)) return [...new Set(value.map((it) => JSON.stringify(outline(it, key))))].sort();
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, it]) => it !== null)
        .map(([name, it]) => [anyId(name), outline(it, name)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return telling.includes(key) || typeof value === "boolean" ? value : null;
}

const telling = ["location", "kind", "tier", "vmSize", "roleDefinitionId", "publicNetworkAccess", "osSKU"];

function anyId(key: string): string {
  return key.startsWith("/subscriptions/") ? "an ID" : key;
}

async function askShape({ id, body, arm }: Shape, subscriptionId: string, ask: Ask): Promise<Answer> {
  const at = parseArmId(id);
  const group = at?.resourceGroupName ?? null;
  // A child is judged below its parent.
  const parent = arm.split("/").length > 2 ? id.replace(/\/[^/]+\/[^/]+$/, "") : null;
  const question = (scope: string): ReturnType<typeof post> =>
    post(`${scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`, {
      apiVersion: armVersions.policyInsights,
      right: "Microsoft.PolicyInsights/checkPolicyRestrictions/read",
      has: "contentEvaluationResult",
      body: { resourceDetails: { resourceContent: body, ...(parent !== null && { scope: parent }) } },
    });
  const subscription = `/subscriptions/${subscriptionId}`;
  if (group === null || arm === "Microsoft.Resources/resourceGroups") return ask(question(subscription));
  const answer = await ask(question(`${subscription}/resourceGroups/${group}`));
  // A group that is not there has the policies of its subscription.
  return answer.kind === "absent" ? ask(question(subscription)) : answer;
}

function judgeShape({ arm, count }: Shape, answer: Answer): Finding[] {
  const need = count === 1 ? "none that denies it" : `none that denies it (${count} alike)`;
  if (answer.kind !== "found") return [unanswered("policy assignments", "none that denies", answer)];
  const denials = list(answer.body, "contentEvaluationResult.policyEvaluations").flatMap((it) => {
    const effect = text(it, "effectDetails.policyEffect")?.toLowerCase() ?? "deny";
    const result = text(it, "evaluationResult") ?? "";
    if (result === "Compliant" || !["deny", "denyaction", "audit"].includes(effect)) return [];
    const [assignment, why] = [assignmentOf(it), whyOf(it)];
    const have = `${assignment.name} ${effect === "audit" ? "would report it" : "denies it"}${why}`;
    const remedy = `${show(assignment.id)}; its owner may give an exemption (az policy exemption create)`;
    return [effect === "audit" ? warning(arm, need, have, remedy) : missing(arm, need, have, remedy)];
  });
  const changes = list(answer.body, "fieldRestrictions").flatMap((field) =>
    list(field, "restrictions").flatMap((it) => {
      const sets = text(it, "defaultValue");
      if (text(it, "result") !== "Required" || sets === undefined) return [];
      const { name, id } = assignmentOf(it, "policy");
      const have = `${name} sets ${text(field, "field") ?? "a field"} by itself: each up would take it away again`;
      return [warning(arm, need, have, `Write it into the stack file, or ask its owner for an exemption: ${show(id)}`)];
    }),
  );
  return [...denials, ...changes];
}

function assignmentOf(it: Value, at = "policyInfo"): { readonly name: string; readonly id: string } {
  const id = text(it, `${at}.policyAssignmentId`) ?? "";
  return { id, name: id.split("/").at(-1) ?? "a policy" };
}

/** The expressions that were met, as far as they fit. */
function whyOf(it: Value): string {
  const met = list(it, "evaluationDetails.evaluatedExpressions").flatMap((expression) => {
    const path = text(expression, "path") ?? text(expression, "expression");
    return path === undefined || path === "type" ? [] : [path];
  });
  return met.length === 0 ? "" : `, for ${[...new Set(met)].slice(0, 3).join(", ")}`;
}

function show(id: string): string {
  const name = id.split("/").at(-1) ?? "";
  const scope = id.replace(/\/providers\/microsoft\.authorization\/policyassignments\/[^/]+$/i, "");
  return commandText(["policy", "assignment", "show", "--name", name, "--scope", scope]);
}
