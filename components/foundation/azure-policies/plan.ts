import type { PolicyAssignmentArgs } from "@pulumi/azure-native/authorization/policyAssignment";
import type { PolicyDefinitionArgs } from "@pulumi/azure-native/authorization/policyDefinition";
import { checkName } from "../../../azure/check-name";
import { type AzurePolicy, azurePolicies, type AzurePolicyKey } from "../../../catalog/azure-policies";
import type { Place } from "../../../catalog/place";
import { physicalName } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { keysOf } from "../../../core/records";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { azurePoliciesShape, type AzurePoliciesShape } from "./shape";
import { type OwnDefinition, ownDefinitions } from "./size-policies";

/** One assignment, whole but for the group. That of a definition of our own gets its ID when the definition is there. */
export type AssignmentPlan = Omit<PolicyAssignmentArgs, "scope"> & { readonly policyAssignmentName: string };

/** A definition of our own and its assignment. */
export interface OwnPolicyPlan {
  readonly definition: PolicyDefinitionArgs & { readonly policyDefinitionName: string };
  readonly assignment: AssignmentPlan;
}

/** Checked policies: what to ask of Azure. They need nothing of the network. */
export interface AzurePoliciesPlan extends NetworkUser {
  /** Assignments of definitions that Azure brings, by key. */
  readonly builtIn: Readonly<Record<string, AssignmentPlan>>;
  /** Definitions of our own, by key. */
  readonly own: Readonly<Record<string, OwnPolicyPlan>>;
  /** Policies that refuse, by key. */
  readonly denied: readonly AzurePolicyKey[];
  readonly sizes: readonly string[] | null;
  readonly maxNodes: number | null;
}

/**
 * All decisions of the policies of an environment.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planAzurePolicies(
  name: string,
  given: AzurePoliciesShape,
  { names }: Pick<Place, "names">,
): AzurePoliciesPlan {
  const subject = `Azure policies '${name}'`;
  const { effect, auditOnly, privateApiServer, sizes, maxNodes } = readShape(azurePoliciesShape, given, subject);
  const problems = new Problems();
  const policies: Readonly<Record<AzurePolicyKey, AzurePolicy>> = azurePolicies;
  for (const key of keysOf(policies).filter((it) => it in auditOnly)) {
    problems.require(
      policies[key].effect !== "Audit",
      `auditOnly.${key}`,
      "must be a policy that can refuse: Azure only audits this one",
      {
        remedy: "Take it out",
      },
    );
    problems.require(
      key !== "privateApiServer" || privateApiServer,
      `auditOnly.${key}`,
      "must be asked for to be audited",
      {
        remedy: "Write privateApiServer: true",
      },
    );
  }
  const keys = keysOf(policies).filter((it) => it !== "privateApiServer" || privateApiServer);
  const denied = keys.filter((it) => policies[it].effect !== "Audit" && effect === "deny" && !(it in auditOnly));
  const ownKeys = { sizes: sizes !== undefined, nodes: maxNodes !== undefined };
  const own = (
    key: keyof typeof ownKeys,
    definition: OwnDefinition,
    parameters: object,
  ): Record<string, OwnPolicyPlan> => {
    if (!ownKeys[key]) return {};
    const policyDefinitionName = physicalName("policy", names, key);
    checkName("authorization:PolicyDefinition", policyDefinitionName, problems);
    const { displayName, description, policyRule, parameters: known } = definition;
    return {
      [key]: {
        definition: {
          ...{ policyDefinitionName, displayName, description, policyType: "Custom", mode: "All" },
          ...{ policyRule, parameters: known },
          metadata: { category: "GPU clusters", version: "1.0.0" },
        },
        assignment: {
          ...{ policyAssignmentName: key, displayName, description, enforcementMode: "Default" },
          parameters: { effect: { value: effect === "deny" ? "Deny" : "Audit" }, ...parameters },
          nonComplianceMessages: [
            { message: `azure-gpu-cluster: ${displayName}. The stack file's azurePolicy says what may be.` },
          ],
        },
      },
    };
  };
  const plan = {
    ...{ subnets: [], infiniband: false, denied, sizes: sizes ?? null, maxNodes: maxNodes ?? null },
    builtIn: Object.fromEntries(
      keys.map((key) => [key, builtInAssignment(key, policies[key], { deny: denied.includes(key), auditOnly })]),
    ),
    own: {
      ...own("sizes", ownDefinitions.sizes, { sizes: { value: sizes } }),
      ...own("nodes", ownDefinitions.nodes, { maxNodes: { value: maxNodes } }),
    },
  };
  for (const { policyAssignmentName } of Object.values(plan.builtIn))
    checkName("authorization:PolicyAssignment", policyAssignmentName, problems);
  problems.throwIfAny(subject);
  return plan;
}

function builtInAssignment(
  key: AzurePolicyKey,
  { id, version, effect, parameters, rules }: AzurePolicy,
  {
    deny,
    auditOnly,
  }: { readonly deny: boolean; readonly auditOnly: Readonly<Partial<Record<AzurePolicyKey, string>>> },
): AssignmentPlan {
  const displayName = `azure-gpu-cluster ${words(key)}`;
  const [major = "1"] = version.split(".");
  const reason = auditOnly[key];
  return {
    policyAssignmentName: words(key).replaceAll(" ", "-"),
    displayName,
    ...(reason !== undefined && { description: `Audited only: ${reason}` }),
    policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${id}`,
    // A new major version may refuse what this one lets through.
    definitionVersion: `${major}.*.*`,
    // One of a fixed effect can only be switched off as a whole: it then lists what it would refuse.
    enforcementMode: effect === "fixed" && !deny ? "DoNotEnforce" : "Default",
    parameters: {
      ...(effect !== "fixed" && { effect: { value: deny ? "Deny" : "Audit" } }),
      ...Object.fromEntries(Object.entries(parameters).map(([it, value]) => [it, { value }])),
    },
    nonComplianceMessages: [
      {
        message: `azure-gpu-cluster: breaks ${words(key)}${rules.length === 0 ? "" : `, as ${rules.map((it) => `the rule ${it}`).join(" and ")} says`}.`,
      },
    ],
  };
}

/** `localAccounts` as words. */
function words(key: string): string {
  return key.replace(/[A-Z]/g, (it) => ` ${it.toLowerCase()}`);
}
