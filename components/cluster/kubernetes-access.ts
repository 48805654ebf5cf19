import { Provider } from "@pulumi/kubernetes/provider";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Resource,
  type ResourceTransformation,
} from "@pulumi/pulumi";
import { execKubeconfig, type LoginMode } from "./kubeconfig";
import type { ClusterRef } from "./kubernetes-cluster/cluster-ref";

export interface KubernetesAccessArgs {
  /** The cluster, ours or somebody else's. The provider is replaced only with its ID, never when a login changes. */
  readonly cluster: Pick<ClusterRef, "resourceId" | "apiServerUrl" | "certificateAuthority">;
  /** How the person or pipeline that runs Pulumi logs in. */
  readonly login: LoginMode;
  /**
   * The cluster, when the same program makes it: what lives in a cluster goes with it, so that destroy need not ask an API
   * server that is going away for each object.
   */
  readonly deletedWith?: Resource;
}

/** The one Kubernetes provider of a stack. It takes no kubeconfig from the machine it runs on. */
export class KubernetesAccess extends ComponentResource {
  /** Options of every component that lives in the cluster. What it makes there inherits them. */
  public readonly options: ComponentResourceOptions;

  public constructor(name: string, args: KubernetesAccessArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:cluster:KubernetesAccess", name, {}, opts);
    const { cluster, login, deletedWith } = args;
    const provider = new Provider(
      name,
      {
        kubeconfig: all([cluster.apiServerUrl, cluster.certificateAuthority]).apply(([url, certificateAuthority]) =>
          execKubeconfig({ url, certificateAuthority }, login),
        ),
        clusterIdentifier: cluster.resourceId,
        enableServerSideApply: true,
        // A cluster that is gone must not keep its contents in the state for ever. One of another program's is more often
        // only out of reach: a refresh from elsewhere must not forget what lives in it.
        deleteUnreachable: deletedWith !== undefined,
      },
      { parent: this },
    );
    this.options = {
      providers: [provider],
      ...(deletedWith !== undefined && { transformations: [goesWith(deletedWith)] }),
    };
    this.registerOutputs({});
  }
}

/** Components do not hand `deletedWith` down to their children, but transformations they do. */
function goesWith(cluster: Resource): ResourceTransformation {
  return ({ type, props, opts }) => {
    if (!type.startsWith("kubernetes:")) return undefined;
    const withCluster: CustomResourceOptions = { ...opts, deletedWith: cluster };
    return { props, opts: withCluster };
  };
}
