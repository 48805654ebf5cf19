import { Provider } from "@pulumi/kubernetes/provider";
import { all, ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import { execKubeconfig, type LoginMode } from "./kubeconfig";

export interface KubernetesAccessArgs {
  /** ARM ID of the cluster: the provider is replaced only when this changes, never when a login does. */
  readonly clusterResourceId: Input<string>;
  readonly apiServerUrl: Input<string>;
  readonly certificateAuthority: Input<string>;
  /** How the person or pipeline that runs Pulumi logs in. */
  readonly login: LoginMode;
}

/** The one Kubernetes provider of a stack. It takes no kubeconfig from the machine it runs on. */
export class KubernetesAccess extends ComponentResource {
  public readonly provider: Provider;

  public constructor(name: string, args: KubernetesAccessArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:cluster:KubernetesAccess", name, {}, opts);
    this.provider = new Provider(
      name,
      {
        kubeconfig: all([args.apiServerUrl, args.certificateAuthority]).apply(([url, certificateAuthority]) =>
          execKubeconfig({ url, certificateAuthority }, args.login),
        ),
        clusterIdentifier: args.clusterResourceId,
        enableServerSideApply: true,
        // A cluster that is gone must not keep its contents in the state for ever.
        deleteUnreachable: true,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
