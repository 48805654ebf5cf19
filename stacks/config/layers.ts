import { z } from "zod";
import { loginModes } from "../../components/cluster/kubeconfig";
import { distinct } from "../../core/distinct";

/** The layers, in the order in which they build on each other. The first is a stack of its own, before all environments. */
export const layerNames = ["bootstrap", "infra", "platform", "tenants"] as const;
export type LayerName = (typeof layerNames)[number];

/** Layers of an environment: what a stack makes that says nothing else. */
export const environmentLayers: readonly LayerName[] = ["infra", "platform", "tenants"];

/** Which layers this stack makes. */
export const layersSection = distinct(
  z.array(z.enum(layerNames)).min(1, "must name at least one layer"),
  "must name each layer once",
);

/** Which stack made the layers that this one does not. */
export const handoverSection = z.string().regex(/^[^/\s]+\/[^/\s]+\/[^/\s]+$/, "must be organization/project/stack");

/** How the person or pipeline that runs Pulumi logs in to the API server. */
export const loginSection = z.enum(loginModes);
