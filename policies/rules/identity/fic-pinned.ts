import { aksIssuerDomain, tokenExchangeAudience } from "../../../catalog/entra";
import { gitHubIssuer, gitLabIssuer } from "../../../catalog/pipelines";
import { expectAt, isText } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { isUnknown } from "../../../core/property-marks";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const entraIssuer = /^https:\/\/login\.microsoftonline\.com\/[0-9a-f-]{36}\/v2\.0$/;
const aksIssuer = new RegExp(`^https://[a-z0-9-]+\\.${aksIssuerDomain.replaceAll(".", "\\.")}/`);

const serviceAccount = /^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/;
// With the IDs of owner and repository or without.
const gitHub = /^repo:[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?:(environment:[^*?]+|ref:refs\/(heads|tags)\/[^*?]+|pull_request)$/;
const gitHubEnvironment = /^repo:[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?:environment:[^*?]+$/;
const serviceConnection = /^\/eid1\/c\/pub\/t\/[\w-]{22}\/a\/[\w-]{22}\/sc\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/;
// GitLab names no environment: a protected branch is the narrowest that it has.
const gitLabBranch = /^project_path:[\w.-]+(\/[\w.-]+)+:ref_type:branch:ref:[^*?]+$/;

export const ficPinned: ResourceRule = {
  id: 161,
  name: "fic-pinned",
  area: "identity",
  kind: "resource",
  types: [types.federatedCredential],
  title: "A federated credential trusts one known issuer for one exact subject.",
  why: "A wider one lets other pods, branches or repositories act as the identity.",
  remedy:
    "Name one service account (system:serviceaccount:namespace:name), GitHub environment, service connection of Azure DevOps or branch of GitLab, and one audience.",
  severity: "critical",
  levels: levels.always,
  source: "CKV_AZURE_249; Azure Policy fd1a8e20, ae62c456",
  check: ({ inputs }, { environment }) => {
    const subject = [
      serviceAccount,
      serviceConnection,
      gitLabBranch,
      environment === "prod" ? gitHubEnvironment : gitHub,
    ];
    const fits = (it: unknown): boolean => isText(it) && subject.some((pattern) => pattern.test(it));
    return [
      // The issuer of a cluster that does not exist yet is wiring, so it is there although nobody knows it.
      ...expectAt(
        inputs,
        "issuer",
        isTrusted,
        "be the issuer of an AKS cluster, GitHub Actions, Azure DevOps or GitLab",
      ).filter((it) => !("unknown" in it)),
      ...expectAt(
        inputs,
        "audiences",
        (it) => isList(it) && it.length === 1 && (it[0] === tokenExchangeAudience || isUnknown(it[0])),
        `hold only ${tokenExchangeAudience}`,
      ),
      ...expectAt(
        inputs,
        "subject",
        fits,
        `be one service account, service connection, branch of GitLab or GitHub ${environment === "prod" ? "environment" : "branch, tag or environment"}, without wildcards`,
      ),
    ];
  },
};

/** Who may issue tokens: AKS clusters, by region, and services that run pipelines. */
function isTrusted(issuer: unknown): boolean {
  if (!isText(issuer)) return false;
  const services = [gitHubIssuer, gitLabIssuer];
  if (services.some((it) => issuer === it || issuer.startsWith(`${it}/`))) return true;
  return aksIssuer.test(issuer) || entraIssuer.test(issuer);
}
