import type { Props } from "../../../core/property-value";
import { versions } from "../../../catalog/versions";
import type { Schedulers } from "../../engine/schedulers";
import type { CrdProduct } from "../crd-sources";

/** A controller with webhooks that its chart puts into a pod, and that runs here as a program beside the cluster. */
export interface Manager {
  /** Its chart and version in the catalogue. */
  readonly product: CrdProduct;
  readonly program: keyof Schedulers;
  /** Folder of the chart in the product's Go module. */
  readonly chart: string;
  /** What the released chart says and the module's does not: its own image, in place of one under development. */
  readonly released: Props;
  /** What Chart.yaml has to say in place of what it says in the module. */
  readonly chartYaml: Props;
  /**
   * Who makes the certificate of its webhooks. Itself: it writes it into a Secret and into the webhooks, as in a cluster. Else it
   * takes that of the API server, because it would look for its own at a place that only a pod has.
   */
  readonly certificate: "own" | "of the API server";
  /** What its configuration needs besides, in a namespace: nobody tells a program which pod it is, and who makes its certificate. */
  readonly configuration: (namespace: string) => Props;
  readonly flags: readonly string[];
}

function image(repository: string, { version }: { readonly version: string }): Props {
  return { repository, tag: `v${version}`, pullPolicy: "IfNotPresent" };
}

/** Source of the images: hack/helm-chart-package.sh or Makefile of each project, at the version of the catalogue. */
export const managers = {
  kueue: {
    product: "kueue",
    program: "kueue",
    chart: "charts/kueue",
    released: { controllerManager: { manager: { image: image("registry.k8s.io/kueue/kueue", versions.kueue) } } },
    chartYaml: {},
    certificate: "own",
    configuration: (namespace) => ({ namespace }),
    // Its API for the length of queues would write a certificate to the root of the file system.
    flags: ["--feature-gates=VisibilityOnDemand=false"],
  },
  jobSet: {
    product: "jobSet",
    program: "jobSetManager",
    chart: "charts/jobset",
    released: { image: image("registry.k8s.io/jobset/jobset", versions.jobSet) },
    chartYaml: {},
    certificate: "of the API server",
    configuration: () => ({ internalCertManagement: { enable: false } }),
    flags: [],
  },
  trainer: {
    product: "trainer",
    program: "trainerManager",
    chart: "charts/kubeflow-trainer",
    // The tag of its image is the chart's version.
    released: {},
    // JobSet and LeaderWorkerSet are charts inside the released one. Our values leave them out, and the module does not have them.
    chartYaml: { dependencies: [] },
    certificate: "of the API server",
    configuration: () => ({ certManagement: { enable: false } }),
    flags: [],
  },
  leaderWorkerSet: {
    product: "leaderWorkerSet",
    program: "leaderWorkerSetManager",
    chart: "charts/lws",
    released: { image: { manager: image("registry.k8s.io/lws/lws", versions.leaderWorkerSet) } },
    chartYaml: { version: versions.leaderWorkerSet.version },
    certificate: "own",
    configuration: () => ({}),
    flags: [],
  },
} as const satisfies Readonly<Record<string, Manager>>;
