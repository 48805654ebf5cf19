import { expect, it } from "vitest";
import { WorkloadIdentity } from "../../../components/identity/workload-identity";
import { only, recorded, scope, tree } from "../../recorded";

it("lets exactly one service account act as the identity", async () => {
  const seen: string[] = [];
  const plan = await recorded(() => {
    const identity = new WorkloadIdentity("train-vision", {
      scope,
      oidcIssuerUrl: "https://issuer/",
      namespace: "train-vision",
      serviceAccount: "workload",
    });
    identity.clientId.apply((it) => seen.push(it));
    identity.principalId.apply((it) => seen.push(it));
  });
  expect(tree(plan)).toEqual([
    "WorkloadIdentity train-vision",
    "UserAssignedIdentity train-vision < WorkloadIdentity train-vision",
    "FederatedIdentityCredential train-vision < WorkloadIdentity train-vision",
  ]);
  const identity = only(plan, "azure-native:managedidentity:UserAssignedIdentity");
  expect(identity.inputs).toEqual({
    resourceGroupName: "rg-test",
    location: "eastus",
    tags: scope.tags,
    resourceName: "id-gpu-dev-eastus-train-vision",
  });
  expect(only(plan, "azure-native:managedidentity:FederatedIdentityCredential").inputs).toEqual({
    resourceGroupName: "rg-test",
    resourceName: "id-gpu-dev-eastus-train-vision",
    federatedIdentityCredentialResourceName: "workload",
    issuer: "https://issuer/",
    subject: "system:serviceaccount:train-vision:workload",
    audiences: ["api://AzureADTokenExchange"],
  });
  expect(seen.sort()).toEqual([identity.outputs["clientId"], identity.outputs["principalId"]].sort());
});
