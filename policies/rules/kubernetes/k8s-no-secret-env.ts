import { isText, unjudged } from "../../engine/expect";
import { items, keys, read, text } from "../../../core/property-tree";
import { isUnknown } from "../../../core/property-marks";
import { levels, sameType, type Outcome, type ResourceRule } from "../../engine/rule";
import { containers, podHolders } from "./pods";
import { secretsIn } from "../gpu/secret-patterns";

/** Names whose value is a secret by custom. */
const secretNames = /(PASSWORD|PASSWD|SECRET|SECRET_KEY|API_KEY|ACCESS_KEY|PRIVATE_KEY|_TOKEN)$/i;

/** What stands for a secret and is none: nothing, a reference to another variable, a path or a switch. */
const harmless = /^$|^\$\(|^\/|^(true|false|\d+)$/i;

export const k8sNoSecretEnv: ResourceRule = {
  id: 200,
  name: "k8s-no-secret-env",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title: "No environment variable and no ConfigMap holds a secret.",
  why: "It ends in the state of the stack, in logs and in every description of the pod.",
  remedy: "Mount the secret from Key Vault by the Secrets Store CSI driver, and replace the leaked one.",
  severity: "critical",
  levels: levels.advisoryInDev,
  source: "CKV_K8S_35; KSV-0109, 01010; CIS AKS 5.4.1; kube-linter env-var-secret",
  check: (resource) => {
    const { type, inputs } = resource;
    if (sameType(type, "kubernetes:core/v1:ConfigMap"))
      return keys(inputs, "data").flatMap((key) => judge(inputs, `data["${key}"]`, key));
    return containers(resource).flatMap((container) =>
      items(inputs, `${container}.env`).flatMap(({ path, value }) =>
        isUnknown(value) ? [unjudged(path)] : judge(inputs, `${path}.value`, text(value, "name") ?? ""),
      ),
    );
  },
};

function judge(inputs: unknown, path: string, name: string): Outcome[] {
  const value = read(inputs, path);
  // What a provider computes is no secret that somebody wrote down here.
  if (!isText(value) || isUnknown(value)) return isUnknown(value) ? [unjudged(path)] : [];
  const named = secretNames.test(name) && !harmless.test(value) ? ["a value whose name says that it is secret"] : [];
  return [...secretsIn(value), ...named]
    .slice(0, 1)
    .map((kind) => ({ path, is: `text with ${kind}`, must: "hold no secret" }));
}
