import { expectAt, isText, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { podHolders, podSpecs } from "./pods";

export const k8sNoDefaultSaToken: ResourceRule = {
  id: 199,
  name: "k8s-no-default-sa-token",
  area: "kubernetes",
  kind: "resource",
  types: ["kubernetes:core/v1:ServiceAccount", ...podHolders],
  title:
    "A service account gives no token to pods that do not ask, and workload identity is never on the default account.",
  why: "Whoever breaks into a pod finds the token and speaks to the API server with it.",
  remedy:
    "Set automountServiceAccountToken: false on the account and true on the one pod that needs it; give pods with workload identity an account of their own.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "CKV_K8S_38, 41, 42; KSV-0036; Azure Policy 423dd1ba; CIS AKS 4.1.5 to 4.1.6",
  check: (resource) => {
    const { type, inputs } = resource;
    if (sameType(type, "kubernetes:core/v1:ServiceAccount"))
      return expectAt(inputs, "automountServiceAccountToken", oneOf(false), "be false");
    return podSpecs(resource)
      .filter(({ path }) => usesWorkloadIdentity(inputs, path))
      .flatMap(({ path }) =>
        expectAt(
          inputs,
          `${path}.serviceAccountName`,
          (it) => isText(it) && it !== "" && it !== "default",
          "be an account of its own beside workload identity",
        ),
      );
  },
};

/** The label stands on the pod, beside its spec. */
function usesWorkloadIdentity(inputs: unknown, spec: string): boolean {
  const pod = spec.replace(/(^|[.])spec$/, "");
  return read(inputs, `${pod === "" ? "" : `${pod}.`}metadata.labels["azure.workload.identity/use"]`) === "true";
}
