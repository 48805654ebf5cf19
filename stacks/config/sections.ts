import { z } from "zod";
import { kubernetesClusterShape } from "../../components/cluster/kubernetes-cluster/shape";
import { customerManagedKeysShape } from "../../components/identity/customer-managed-keys/shape";
import { clusterNetworkShape } from "../../components/network/cluster-network/shape";
import { existingNetworkShape } from "../../components/network/existing-network/shape";
import { teamKindNames } from "../../components/tenancy/kinds/team-kinds";
import { keysOf, tableOf } from "../../core/records";
import { platformShape } from "../../components/platform/add-ons";
import { partSections } from "../part-schemas";
import { infraParts, stores } from "../infra-parts";
import { cpuPoolsSection } from "./cpu-pools";
import { deliverySection } from "./delivery";
import { environmentSection } from "./environment";
import { gpuPoolsSection } from "./gpu-pools";
import { vmSizesSection } from "./vm-sizes";
import { handoverSection, type LayerName, layersSection, loginSection } from "./layers";
import { teamSectionName, teamSections } from "./teams";

/** Every section of a stack file: the keys below `azure-gpu-cluster:`. Sections only compose the shapes of components. */
export const sections = z.strictObject({
  /** What the environment is and who pays. */
  environment: environmentSection,
  /**
   * Layers that this stack makes. The others are read from the stack named in handover. `bootstrap` stands alone: it is no part of an
   * environment. Default: all of an environment.
   */
  layers: layersSection.exactOptional(),
  /**
   * Stack that made the other layers, as organization/project/stack. Where that is the cluster, too, its name is that of the
   * environment, as in physical names and tags: naming another one replaces what this stack made in Azure.
   */
  handover: handoverSection.exactOptional(),
  /** How kubelogin gets a token: azurecli, workloadidentity or msi. */
  login: loginSection.default("azurecli"),
  /** What pipelines need before they can run, for layer `bootstrap`: places for state, keys, identities and their rights. */
  delivery: deliverySection.exactOptional(),
  /** Ranges of the VNet, of Kubernetes and of networks to peer with. */
  network: clusterNetworkShape.exactOptional(),
  /** Instead of `network`: a VNet that somebody else made, with its subnets. */
  existingNetwork: existingNetworkShape.exactOptional(),
  /**
   * VM sizes that the catalogue does not have yet, by exact Azure name, with their figures. Pools, scale sets, cluster and runner can
   * have them like any other; the preview warns of each, because nobody has checked its figures.
   */
  vmSizes: vmSizesSection.exactOptional(),
  /** The AKS cluster without its GPU pools. */
  cluster: kubernetesClusterShape.exactOptional(),
  /** GPU pools of the AKS cluster, by key. A pool with InfiniBand becomes one AKS pool for each domain. */
  gpuPools: gpuPoolsSection.exactOptional(),
  /** Pools of the AKS cluster for pods that ask for no GPU, by key: operators, launchers of jobs, gateways. */
  cpuPools: cpuPoolsSection.exactOptional(),
  /** Keys of the environment's own, in a vault of its own, for every disk and store that does not name another key. */
  customerManagedKeys: customerManagedKeysShape.exactOptional(),
  ...partSections(infraParts),
  /** Shared storage of the environment. */
  storage: z.strictObject(partSections(stores)).exactOptional(),
  /** Add-ons of the cluster, by key: what is left out is installed where the pools want it. */
  platform: platformShape.exactOptional(),
  ...teamSections,
});

/** Sections with the right shape; whether they fit together is another question. */
export type Sections = z.output<typeof sections>;

/** Sections as people write them. */
export type SectionsInput = z.input<typeof sections>;

/** The layer that reads a section, null where every stack does. A section of a layer that a stack does not make is refused. */
export const layerOf: Readonly<Record<keyof Sections, LayerName | null>> = {
  environment: null,
  layers: null,
  handover: null,
  login: null,
  delivery: "bootstrap",
  network: "infra",
  existingNetwork: "infra",
  vmSizes: "infra",
  cluster: "infra",
  gpuPools: "infra",
  cpuPools: "infra",
  customerManagedKeys: "infra",
  ...tableOf(keysOf(infraParts).map((part) => [part, "infra"] as const)),
  storage: "infra",
  platform: "platform",
  ...tableOf(teamKindNames.map((kind) => [teamSectionName(kind), "tenants"] as const)),
};

/** Prefix of our keys in a stack file: the name of the project. */
export const projectName = "azure-gpu-cluster";
