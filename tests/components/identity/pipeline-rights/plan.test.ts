import { describe, expect, it } from "vitest";
import { PipelineRights } from "../../../../components/identity/pipeline-rights/pipeline-rights";
import { grantCondition, planPipelineRights } from "../../../../components/identity/pipeline-rights/plan";
import { grantableRoles, roles } from "../../../../catalog/roles";
import { read } from "../../../../core/property-tree";
import { place, recorded, scope } from "../../../recorded";

const subscriptionId = "d0000000-0000-4000-8000-000000000001";
const shape = { environment: "prod", subscriptionId, locks: true };

function actionsOf(duty: "plan" | "deploy"): readonly string[] {
  const { definitions } = planPipelineRights(shape, place);
  return read(definitions[duty], "permissions[0].actions") as readonly string[];
}

describe("planPipelineRights", () => {
  it("lets who plans ask for what hands out no secret, and change nothing", () => {
    // Of a cluster without local accounts the kubeconfig names a login command and holds no token.
    expect(actionsOf("plan")).toEqual(["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"]);
  });

  it("lets who deploys change what the project has, by name", () => {
    const actions = actionsOf("deploy");
    expect(actions).toEqual([...new Set(actions)].sort());
    expect(actions).toContain("Microsoft.ContainerService/managedClusters/agentPools/delete");
    expect(actions).toContain("Microsoft.Resources/subscriptions/resourceGroups/write");
    expect(actions).toContain("Microsoft.Network/virtualNetworks/subnets/join/action");
  });

  it("names no right that Azure does not have: it would refuse the role", () => {
    const approvals = actionsOf("deploy").filter((it) => it.endsWith("/privateEndpointConnectionsApproval/action"));
    expect(approvals).toEqual([
      "Microsoft.ContainerRegistry/registries/privateEndpointConnectionsApproval/action",
      "Microsoft.Dashboard/grafana/privateEndpointConnectionsApproval/action",
      "Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action",
      "Microsoft.Storage/storageAccounts/privateEndpointConnectionsApproval/action",
    ]);
    // Deleting a key is a data action.
    expect(actionsOf("deploy")).not.toContain("Microsoft.KeyVault/vaults/keys/delete");
  });

  it.each(["plan", "deploy"] as const)("gives who is to %s no pattern, no key and no right on rights", (duty) => {
    for (const action of actionsOf(duty)) {
      expect(action).toMatch(/^Microsoft\.[\w./]+\/(write|delete|action)$/);
      expect(action).not.toMatch(/^Microsoft\.Authorization\//i);
      expect(action).not.toMatch(/listKeys|listAccountSas|listServiceSas|regenerate|listClusterAdmin|listCredentials/i);
    }
  });

  it("has the same IDs each time, and others for another environment", () => {
    const idOf = (environment: string): unknown =>
      planPipelineRights({ ...shape, environment }, place).definitions.deploy.roleDefinitionId;
    expect(idOf("prod")).toBe(idOf("prod"));
    expect(idOf("dev")).not.toBe(idOf("prod"));
  });
});

describe("the condition of who gives roles", () => {
  const condition = grantCondition("33333333-3333-4333-8333-333333333333");
  const lists = [...condition.matchAll(/RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals \{([^}]*)\}/g)].map(([, it]) =>
    (it ?? "").split(", "),
  );

  it("names the same roles for giving and taking, and none that is privileged", () => {
    expect(lists).toEqual([lists[0], lists[0]]);
    expect(lists[0]).toEqual(grantableRoles.map((it) => roles[it].id));
    const privileged = Object.values(roles).flatMap((it) => (it.privileged ? [it.id] : []));
    expect(privileged.filter((it) => condition.includes(it))).toEqual([]);
  });

  it("keeps who gives from giving anything to itself", () => {
    expect(
      condition.match(/PrincipalId\] ForAnyOfAllValues:GuidNotEquals \{33333333-3333-4333-8333-333333333333\}/g),
    ).toHaveLength(2);
  });
});

it("gives whoever plans two roles, and whoever deploys five, of which the one to give roles has its condition", async () => {
  const one = { principalId: "11111111-1111-4111-8111-111111111111", principalType: "ServicePrincipal" } as const;
  const two = { principalId: "22222222-2222-4222-8222-222222222222", principalType: "Group" } as const;
  const who = { planners: { pipeline: one }, deployers: { breakglass: two } };
  const { resources } = await recorded(() => new PipelineRights("prod", { ...shape, names: scope.names, ...who }));
  const given = resources.flatMap(({ type, name, inputs }) =>
    type.endsWith(":RoleAssignment")
      ? [[name, inputs["scope"], inputs["principalId"], inputs["principalType"], typeof inputs["condition"]]]
      : [],
  );
  const at = `/subscriptions/${subscriptionId}`;
  expect(given).toEqual([
    ["prod-plan-pipeline", at, one.principalId, "ServicePrincipal", "undefined"],
    ["prod-plan-pipeline-reader", at, one.principalId, "ServicePrincipal", "undefined"],
    ["prod-deploy-breakglass", at, two.principalId, "Group", "undefined"],
    ["prod-deploy-breakglass-reader", at, two.principalId, "Group", "undefined"],
    ["prod-deploy-breakglass-grants", at, two.principalId, "Group", "string"],
    ["prod-deploy-breakglass-cluster", at, two.principalId, "Group", "undefined"],
    ["prod-deploy-breakglass-locks", at, two.principalId, "Group", "undefined"],
  ]);
});
