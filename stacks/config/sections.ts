import { z } from "zod";
import { clusterSection } from "./cluster";
import { environmentSection } from "./environment";
import { gpuPoolsSection } from "./gpu-pools";
import { handoverSection, layersSection, loginSection } from "./layers";
import { networkSection } from "./network";
import { scaleSetsSection } from "./scale-sets";
import { storageSection } from "./storage";
import { teamSections } from "./teams";

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
  ...teamSections,
});

/** Sections with the right shape; whether they fit together is another question. */
export type Sections = z.output<typeof sections>;

/** Prefix of our keys in a stack file: the name of the project. */
export const projectName = "azure-gpu-cluster";
