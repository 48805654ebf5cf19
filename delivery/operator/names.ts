/** Where the operator runs, when it is installed as the README of `deploy/operator` says. */
export const operatorNamespace = "pulumi-kubernetes-operator";
/** Where Flux runs. */
export const fluxNamespace = "flux-system";

/** The operator, as the API server names who asks. */
export const operatorUser = `system:serviceaccount:${operatorNamespace}:pulumi-kubernetes-operator`;
/** Who makes the pods of a workspace. */
export const statefulSetUser = "system:serviceaccount:kube-system:statefulset-controller";

/** The account by which Flux makes stacks and sources. It may do nothing else. */
export const deployer = "gitops-deployer";

/** What Flux's source is called in every namespace. */
export const sourceName = "gpu-platform";

/** Longest name that the operator takes for a Stack. Source: pulumi/pulumi-kubernetes-operator:CHANGELOG.md (2.3.0) */
export const longestStackName = 42;
