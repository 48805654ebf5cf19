/**
 * What the Pulumi Kubernetes Operator calls things of a stack that it runs. A token of a workspace is signed by the cluster's own issuer and
 * names the account, so that whoever trusts it and whoever makes it have to say the same.
 * Source: https://learn.microsoft.com/azure/aks/workload-identity-overview (issuer, subject)
 */

/** Namespace of the stacks of an environment. */
export function operatedNamespace(environment: string): string {
  return `gitops-${environment}`;
}

/** Name of the object of a stack: the stack's own, or that of its twin that only plans. */
export function operatedName(stack: string, plansOnly: boolean): string {
  return plansOnly ? `${stack}-plan` : stack;
}

/** Service account of its pods. */
export function operatedAccount(stack: string, plansOnly: boolean): string {
  return `pulumi-${operatedName(stack, plansOnly)}`;
}

/** Whom a token of its pods names. */
export function operatedSubject(environment: string, stack: string, plansOnly: boolean): string {
  return `system:serviceaccount:${operatedNamespace(environment)}:${operatedAccount(stack, plansOnly)}`;
}
