/**
 * Account that KEDA runs as where AKS runs it: identities that it is to act as name it.
 * Source: https://learn.microsoft.com/azure/aks/keda-workload-identity
 */
export const kedaOperator = { namespace: "kube-system", serviceAccount: "keda-operator" } as const;
