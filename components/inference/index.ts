export type { ModelAddress } from "./model-service/address";
export type { Estimate } from "./model-service/estimate";
export type { ModelWires } from "./model-service/objects";
export {
  type ModelGateway,
  type ModelServicePlan,
  type ModelSurroundings,
  planModelService,
  type ServerPlan,
} from "./model-service/plan";
export { ModelService, type ModelServiceArgs } from "./model-service/model-service";
export type { ModelServiceShape } from "./model-service/shape";
