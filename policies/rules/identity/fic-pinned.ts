import { aksIssuerDomain, tokenExchangeAudience } from "../../../catalog/entra";
import { expectAt, isText } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { isUnknown } from "../../../core/property-marks";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const gitHubIssuer = /^https:\/\/token\.actions\.githubusercontent\.com(\/|$)/;
const aksIssuer = new RegExp(`^https://[a-z0-9-]+\\.${aksIssuerDomain.replaceAll(".", "\\.")}/`);

const serviceAccount = /^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/;
const gitHub = /^repo:[\w.-]+\/[\w.-]+:(environment:[^*?]+|ref:refs\/(heads|tags)\/[^*?]+|pull_request)$/;
const gitHubEnvironment = /^repo:[\w.-]+\/[\w.-]+:environment:[^*?]+$/;

export const ficPinned: ResourceRule = {
  id: 161,
  name: "fic-pinned",
  area: "identity",
  kind: "resource",
  types: [types.federatedCredential],
  title: "A federated credential trusts one known issuer for one exact subject.",
  why: "A wider one lets other pods, branches or repositories act as the identity.",
  remedy:
    "Name one service account (system:serviceaccount:namespace:name) or one GitHub environment, and one audience.",
  severity: "critical",
  levels: levels.always,
  source: "CKV_AZURE_249; Azure Policy fd1a8e20, ae62c456",
  check: ({ inputs }, { environment }) => {
    const subject = environment === "prod" ? [serviceAccount, gitHubEnvironment] : [serviceAccount, gitHub];
    const fits = (it: unknown): boolean => isText(it) && subject.some((pattern) => pattern.test(it));
    return [
      // The issuer of a cluster that does not exist yet is wiring, so it is there although nobody knows it.
      ...expectAt(inputs, "issuer", isTrusted, "be the issuer of an AKS cluster or of GitHub Actions").filter(
        (it) => !("unknown" in it),
      ),
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
        `be one service account or one GitHub ${environment === "prod" ? "environment" : "branch, tag or environment"}, without wildcards`,
      ),
    ];
  },
};

/** Who may issue tokens: AKS clusters, by region, and GitHub Actions. */
function isTrusted(issuer: unknown): boolean {
  return isText(issuer) && (aksIssuer.test(issuer) || gitHubIssuer.test(issuer));
}
