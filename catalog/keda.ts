/**
 * Account that KEDA runs as where AKS runs it: identities that it is to act as name it.
 * Source: https://learn.microsoft.com/azure/aks/keda-workload-identity
 */
export const kedaOperator = { namespace: "kube-system", serviceAccount: "keda-operator" } as const;

/** Group of its kinds. Source: kedacore/keda:config/crd/bases (v2.19.0) */
export const kedaApiGroup = "keda.sh";
