import { PipelineIdentity, PipelineRights, RoleGrant, SecretsKey } from "azure-gpu-cluster/identity";
import { StateAccount } from "azure-gpu-cluster/storage";

const location = "eastus";
const names = { workload: "gpu", environment: "bootstrap", location, suffix: "5c1d9e07" };
const scope = { resourceGroupName: "rg-pipelines", location, names, tags: { owner: "ml-platform" } };
const tenantId = "00000000-0000-4000-8000-000000000001";
const pipelines = { kind: "github", repository: "example/gpu-estate" } as const;

// Where the state lies, and the key of what is secret in it.
const allowedRanges = ["198.51.100.0/28"];
const state = new StateAccount("lab", { scope, allowedRanges }, { protect: true });
const key = new SecretsKey("lab", { scope, tenantId, allowedRanges }, { protect: true });

// Whoever runs in the GitHub environment `lab` deploys to one subscription.
const deploy = new PipelineIdentity("deploy-lab", { scope, environment: "lab", duty: "deploy", pipelines });
const who = { principalId: deploy.principalId, principalType: "ServicePrincipal" } as const;
const subscriptionId = "00000000-0000-4000-8000-000000000002";
const ofPipeline = { environment: "lab", subscriptionId, locks: false, names };
new PipelineRights("lab", { ...ofPipeline, planners: {}, deployers: { pipeline: who } });
new RoleGrant("state", { ...who, scope: state.containerResourceId, role: "Storage Blob Data Contributor" });
new RoleGrant("key", { ...who, scope: key.keyResourceId, role: "Key Vault Crypto User" });

export const clientId = deploy.clientId;
export const secretsProvider = key.secretsProvider;
