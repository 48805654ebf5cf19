/**
 * Who signs the tokens of pipelines, and whom they name, in the words of a federated credential.
 * Sources: https://github.com/github/docs content/actions/reference/security/oidc.md (commit 051718f, 2026: subjects with and without IDs); for Azure DevOps subjects
 * of service connections in public repositories, all of one form and with the bytes of their tenant in it (2026-12); for GitLab its page
 * "Configure OpenID Connect in Azure"
 */
export const gitHubIssuer = "https://token.actions.githubusercontent.com";

/** GitLab's own service; an instance of somebody's signs by its own address. */
export const gitLabIssuer = "https://gitlab.com";

/** Entra ID signs for Azure DevOps, in the tenant that the organisation belongs to. */
export function azureDevOpsIssuer(tenantId: string): string {
  return `https://login.microsoftonline.com/${tenantId}/v2.0`;
}

/** The application of Azure DevOps in every tenant. Source: as above */
const azureDevOpsApplication = "499b84ac-1321-427f-aa17-267ca6975798";

/** How Entra ID writes a UUID in a subject: its bytes as Windows orders them, in base64 for addresses. Source: as above */
function inSubject(uuid: string): string {
  const [a = "", b = "", c = "", ...rest] = uuid.split("-");
  const turned = [a, b, c].map((it) => (it.match(/../g) ?? []).reverse().join("")).join("");
  return Buffer.from(turned + rest.join(""), "hex").toString("base64url");
}

/** The subject of one service connection: all that stands in it is an ID, so that a name that is given anew is not trusted. */
export function azureDevOpsSubject(tenantId: string, organizationId: string, connectionId: string): string {
  return `/eid1/c/pub/t/${inSubject(tenantId)}/a/${inSubject(azureDevOpsApplication)}/sc/${organizationId}/${connectionId}`;
}
