import { z } from "zod";
import { platformShape } from "../../components/platform/add-ons";
import { clusterSection } from "./cluster";
import { environmentSection } from "./environment";
import { gpuPoolsSection } from "./gpu-pools";
import { handoverSection, type LayerName, layersSection, loginSection } from "./layers";
import { networkSection } from "./network";
import { scaleSetsSection } from "./scale-sets";
import { storageSection } from "./storage";
import { inferenceTeamsSection, trainingTeamsSection } from "./teams";

/** Every section of a stack file: the keys below `azure-gpu-cluster:`. */
export const sections = z.strictObject({
  environment: environmentSection,
  layers: layersSection.exactOptional(),
  handover: handoverSection.exactOptional(),
  login: loginSection.exactOptional(),
  network: networkSection.exactOptional(),
  cluster: clusterSection.exactOptional(),
  gpuPools: gpuPoolsSection.exactOptional(),
  scaleSets: scaleSetsSection.exactOptional(),
  storage: storageSection.exactOptional(),
  platform: platformShape.exactOptional(),
  trainingTeams: trainingTeamsSection.exactOptional(),
  inferenceTeams: inferenceTeamsSection.exactOptional(),
});

/** Sections with the right shape; whether they fit together is another question. */
export type Sections = z.output<typeof sections>;

/** The layer that reads a section, null where every stack does. A section of a layer that a stack does not make is refused. */
export const layerOf: Readonly<Record<keyof Sections, LayerName | null>> = {
  environment: null,
  layers: null,
  handover: null,
  login: null,
  network: "infra",
  cluster: "infra",
  gpuPools: "infra",
  scaleSets: "infra",
  storage: "infra",
  platform: "platform",
  trainingTeams: "tenants",
  inferenceTeams: "tenants",
};

/** Prefix of our keys in a stack file: the name of the project. */
export const projectName = "azure-gpu-cluster";
