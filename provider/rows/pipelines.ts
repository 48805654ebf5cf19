import { z } from "zod";
import { PipelineIdentity } from "../../components/identity/pipeline-identity/pipeline-identity";
import { pipelinesShape, trustShape } from "../../components/identity/pipeline-identity/shape";
import { PipelineRights } from "../../components/identity/pipeline-rights/pipeline-rights";
import { makerOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import { scopeShape, scopeWires } from "../shared-shapes";

const principals = z.record(
  z.string(),
  z.strictObject({ principalId: z.string(), principalType: z.enum(["ServicePrincipal", "Group"]) }),
);

/** Whom pipelines act as, and what those may do. */
export const pipelineRows: PackagedComponents = {
  "azure-gpu-cluster:identity:PipelineIdentity": {
    what: "Identity of pipelines",
    inputs: z.strictObject({
      scope: scopeShape,
      environment: z.string(),
      duty: z.enum(["plan", "deploy"]),
      pipelines: pipelinesShape,
      trust: trustShape.exactOptional(),
    }),
    wires: scopeWires,
    outputs: z.object({ clientId: z.string(), principalId: z.string(), tenantId: z.string() }),
    make: makerOf(PipelineIdentity, ({ clientId, principalId, tenantId }) => ({ clientId, principalId, tenantId })),
  },
  "azure-gpu-cluster:identity:PipelineRights": {
    what: "Rights of pipelines",
    inputs: z.strictObject({
      names: scopeShape.shape.names,
      environment: z.string(),
      subscriptionId: z.string(),
      locks: z.boolean(),
      policies: z.boolean().exactOptional(),
      planners: principals,
      deployers: principals,
    }),
    wires: ["planners.*.principalId", "deployers.*.principalId"],
    outputs: z.object({}),
    make: makerOf(PipelineRights),
  },
};
