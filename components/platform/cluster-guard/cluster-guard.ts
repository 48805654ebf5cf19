import { z } from "zod";
import { tableOf } from "../../../core/records";
import type { AddOn } from "../add-on";
import { admissionPolicy } from "../admission-policy";
import { checkExceptions, exceptionOf, withExceptions } from "../team-fence/exceptions";
import { guardPolicies, guardRuleNames } from "./guard-policies";

const settings = z.strictObject({
  /**
   * Names of ClusterRoleBindings that may grant cluster-admin, for example `flux-system-reconciler`. Default: none. Bindings that are
   * there before the guard stay as they are until somebody changes them.
   */
  clusterAdmins: z
    .array(
      z
        .string()
        .regex(
          /^[A-Za-z0-9]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?$/,
          "must be the name of a ClusterRoleBinding, for example flux-system-reconciler",
        ),
    )
    .default([]),
  /** Namespaces that a rule lets pass until a day, each for one rule; what a refusal says ends with the rule's name. */
  exceptions: z.array(exceptionOf(guardRuleNames)).default([]),
});

/**
 * What the API server refuses in every namespace, of everybody but Azure's own components: what rules of the policy pack would refuse in
 * a preview, for those who use no Pulumi. Nothing runs in `default`; GPUs only where a quota counts them; load balancers are internal; each
 * namespace enforces a Pod Security level; nobody gets cluster-admin. What is there already stays until it is changed. Costs nothing.
 */
export const clusterGuard: AddOn<typeof settings> = {
  name: "cluster-guard",
  gives: "admission policies for all namespaces, for what bypasses Pulumi",
  verify: "kubectl create deployment probe --image=probe --namespace=default --dry-run=server",
  wanted: null,
  needs: [],
  after: ["teamFence"],
  namespace: null,
  release: null,
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents: ({ settings: { clusterAdmins, exceptions } }, problems) => {
    checkExceptions(exceptions, guardRuleNames, "Remove the exception", problems);
    const bodies = Object.entries(guardPolicies({ clusterAdmins })).map(([what, policy]) =>
      admissionPolicy(`cluster-guard-${what}`, withExceptions(policy, exceptions)),
    );
    return { values: {}, crds: null, objects: tableOf(bodies.flatMap((it) => Object.entries(it))), handsOver: null };
  },
};
