import { status } from "@grpc/grpc-js";
import { version } from "@pulumi/azure-native/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  GetMappingResponse,
  GetMappingsResponse,
  GetSchemaResponse,
  type InvokeRequest,
  InvokeResponse,
  PropertyDiff,
  ProviderHandshakeResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { armId, nilSubscription } from "../../azure/arm-id";
import { plainToken } from "../../azure/arm-types";
import { rowOf } from "../../azure/rows";
import type { Azure } from "./azure";
import { checkInputs } from "./check";
import { diffInputs, type PropertyChange } from "./diff";
import { invoke } from "./invoke";
import type { Ending, OperationRequest } from "./operation";
import { previewOutputs } from "./outputs";
import type { Props } from "../../core/property-value";
import { reveal, revealAll } from "../../core/property-marks";
import { partsOf } from "../../core/urn";
import { checkResponse } from "../plugin/check-response";
import { diffKind } from "../plugin/diff-kind";
import { fromStruct, RpcError, toStruct, unary } from "../plugin/wire";

/**
 * The provider protocol over a simulated Azure. Written against the protocol itself: the SDK's own provider server knows
 * neither previews nor timeouts nor detailed differences.
 * @param emptyCluster Called when a Kubernetes cluster was made: what lived in an earlier one is not in it. Not when one is deleted: most
 * often nothing comes after that, and it takes longer than all else.
 */
export function providerService(azure: Azure, emptyCluster: () => Promise<void>): IResourceProviderServer {
  let subscriptionId = nilSubscription;

  const configure = (request: ConfigureRequest): ConfigureResponse => {
    const given = reveal(fromStruct(request.getArgs())["subscriptionId"] ?? null);
    const variable = request.getVariablesMap().get("azure-native:config:subscriptionId");
    const chosen = typeof given === "string" && given !== "" ? given : (variable ?? "");
    subscriptionId = chosen === "" ? nilSubscription : chosen;
    const response = new ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    // Outputs and resources arrive as plain values: Azure knows neither.
    response.setAcceptoutputs(false);
    response.setAcceptresources(false);
    return response;
  };

  const check = (request: CheckRequest): CheckResponse => {
    const type = typeOf(request.getUrn());
    const news = fromStruct(request.getNews());
    return checkResponse(toStruct(news), checkInputs(type, news));
  };

  const create = async (request: CreateRequest): Promise<CreateResponse> => {
    const type = typeOf(request.getUrn());
    const inputs = fromStruct(request.getProperties());
    const response = new CreateResponse();
    if (request.getPreview()) {
      response.setProperties(toStruct(previewOutputs(type, inputs, subscriptionId, false)));
      return response;
    }
    const id = armId(type, revealAll(inputs), subscriptionId);
    const timeoutSeconds = request.getTimeout();
    const wanted: OperationRequest = { kind: "create", id, type, inputs, timeoutSeconds, subscriptionId };
    const { outputs } = succeed(wanted, await azure.operate(wanted));
    if (rowOf(type).hostsKubernetes) await emptyCluster();
    response.setId(id);
    response.setProperties(toStruct(outputs));
    return response;
  };

  const update = async (request: UpdateRequest): Promise<UpdateResponse> => {
    const type = typeOf(request.getUrn());
    const inputs = fromStruct(request.getNews());
    const response = new UpdateResponse();
    if (request.getPreview()) {
      response.setProperties(toStruct(previewOutputs(type, inputs, subscriptionId, true)));
      return response;
    }
    const [id, timeoutSeconds] = [request.getId(), request.getTimeout()];
    const wanted: OperationRequest = { kind: "update", id, type, inputs, timeoutSeconds, subscriptionId };
    const { outputs } = succeed(wanted, await azure.operate(wanted));
    response.setProperties(toStruct(outputs));
    return response;
  };

  const remove = async (request: DeleteRequest): Promise<Empty> => {
    const [id, type, timeoutSeconds] = [request.getId(), typeOf(request.getUrn()), request.getTimeout()];
    const wanted: OperationRequest = { kind: "delete", id, type, inputs: {}, timeoutSeconds, subscriptionId };
    succeed(wanted, await azure.operate(wanted));
    return new Empty();
  };

  const read = (request: ReadRequest): ReadResponse => {
    const type = typeOf(request.getUrn());
    const remembered = { inputs: fromStruct(request.getInputs()), outputs: fromStruct(request.getProperties()) };
    const reading = azure.read(type, request.getId(), remembered);
    const response = new ReadResponse();
    // An answer without ID says that the resource is gone.
    if (reading === undefined) return response;
    response.setId(request.getId());
    response.setInputs(toStruct(reading.inputs));
    response.setProperties(toStruct(reading.outputs));
    return response;
  };

  return {
    handshake: unary(() => {
      const response = new ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion(version);
      return info;
    }),
    attach: unary(() => new Empty()),
    getSchema: unary(() => {
      const response = new GetSchemaResponse();
      response.setSchema(JSON.stringify({ name: "azure-native", version, resources: {} }));
      return response;
    }),
    getMapping: unary(() => new GetMappingResponse()),
    getMappings: unary(() => new GetMappingsResponse()),
    checkConfig: unary((request: CheckRequest) => {
      const response = new CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: unary((request: DiffRequest) => {
      const subscription = (props: Props): string => JSON.stringify(reveal(props["subscriptionId"] ?? null));
      const olds = fromStruct(request.hasOldInputs() ? request.getOldInputs() : request.getOlds());
      const response = new DiffResponse();
      response.setChanges(DiffResponse.DiffChanges.DIFF_NONE);
      if (subscription(olds) !== subscription(fromStruct(request.getNews()))) {
        response.setChanges(DiffResponse.DiffChanges.DIFF_SOME);
        response.addReplaces("subscriptionId");
      }
      return response;
    }),
    configure: unary(configure),
    check: unary(check),
    diff: unary(diff),
    create: unary(create),
    read: unary(read),
    update: unary(update),
    delete: unary(remove),
    invoke: unary((request: InvokeRequest) => {
      const response = new InvokeResponse();
      response.setReturn(toStruct(invoke(request.getTok(), fromStruct(request.getArgs()), subscriptionId, azure)));
      return response;
    }),
    cancel: unary(() => {
      azure.cancel();
      return new Empty();
    }),
    call: notSimulated("Call"),
    construct: notSimulated("Construct"),
    parameterize: notSimulated("Parameterize"),
    list: (call) => call.emit("error", { code: status.UNIMPLEMENTED, details: "List is not simulated." }),
  };
}

function diff(request: DiffRequest): DiffResponse {
  const type = typeOf(request.getUrn());
  // States without old inputs come from an engine too old to be used here; then outputs have to do.
  const olds = fromStruct(request.hasOldInputs() ? request.getOldInputs() : request.getOlds());
  const { changes, deleteBeforeReplace } = diffInputs(type, olds, fromStruct(request.getNews()));
  const ignored = new Set(request.getIgnorechangesList());
  const counted = changes.filter((it) => !ignored.has(it.path));

  const response = new DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  response.setChanges(counted.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true);
  const top = (it: PropertyChange): string => /^[^.[]+/.exec(it.path)?.[0] ?? it.path;
  response.setDiffsList([...new Set(counted.map(top))]);
  const replacing = counted.filter((it) => it.replaces);
  response.setReplacesList([...new Set(replacing.map((it) => it.path))]);
  response.setDeletebeforereplace(replacing.length > 0 && deleteBeforeReplace);
  for (const it of counted) {
    const detail = new PropertyDiff();
    detail.setInputdiff(true);
    detail.setKind(diffKind(it.kind, it.replaces));
    response.getDetaileddiffMap().set(it.path, detail);
  }
  return response;
}

/** Throws what went wrong in the form that tells the engine whether the resource exists. */
function succeed({ id, inputs }: OperationRequest, ending: Ending): Ending {
  const { error, partial, outputs } = ending;
  if (error === undefined) return ending;
  throw partial ? new RpcError(error.message, status.UNKNOWN, { id, inputs, outputs }) : new RpcError(error.message);
}

/**
 * Type token of a resource, without the API version that older programs carry in it.
 * @throws RpcError for a type that has no row: it must not look as if it worked
 */
function typeOf(urn: string): string {
  const token = partsOf(urn).type;
  try {
    rowOf(token);
    return plainToken(token);
  } catch (error) {
    throw new RpcError(error instanceof Error ? error.message : String(error), status.INVALID_ARGUMENT);
  }
}

function notSimulated<Request, Response>(method: string): ReturnType<typeof unary<Request, Response>> {
  return unary<Request, Response>(() => {
    throw new RpcError(`${method} is not simulated.`, status.UNIMPLEMENTED);
  });
}
