import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { version as sdkVersion } from "@pulumi/kubernetes/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { pathText } from "../../core/property-tree";
import type { Props } from "../../core/property-value";
import { partsOf } from "../../core/urn";
import { checkResponse } from "../plugin/check-response";
import { diffKind } from "../plugin/diff-kind";
import { fromStruct, toStruct, unary } from "../plugin/wire";
import { plain, type PlainProperties, redact, withSecrets } from "./plain-properties";
import { planConfigChange } from "./provider-config";
import type { KubernetesProvider } from "./provider";
import type { Ask, Plan } from "./resource-kind";

const { PropertyDiff, DiffResponse } = proto;
const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;

/** What all requests about a resource have. */
interface ResourceRequest {
  getUrn: () => string;
  getTimeout?: () => number;
}

/** What a program in YAML has to know of the provider: its settings. Objects of a cluster are made by components, in no need of a type here. */
const schema = {
  name: "kubernetes",
  version: sdkVersion,
  provider: {
    inputProperties: {
      kubeconfig: { type: "string" },
      clusterIdentifier: { type: "string" },
      namespace: { type: "string" },
      enableServerSideApply: { type: "boolean" },
      deleteUnreachable: { type: "boolean" },
    },
  },
};

/** Speaks the engine's protocol for a provider: unwraps what comes, wraps secrets again in what goes. */
export function providerServer(provider: KubernetesProvider): UntypedServiceImplementation {
  return {
    getPluginInfo: unary(() => new PluginInfo().setVersion(sdkVersion)),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema(JSON.stringify(schema))),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    checkConfig: unary((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary((request: proto.DiffRequest) => {
      const olds = properties(request.hasOldInputs() ? request.getOldInputs() : request.getOlds());
      const { changed, replace } = planConfigChange(olds.value, properties(request.getNews()).value);
      return new DiffResponse()
        .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList([...changed])
        .setReplacesList([...replace]);
    }),
    configure: unary((request: proto.ConfigureRequest) => {
      provider.configure(properties(request.getArgs()).value);
      return new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    check: unary((request: proto.CheckRequest) => {
      const news = properties(request.getNews());
      const { inputs, failures } = provider.check(ask(request, news, request.getOlds()));
      return checkResponse(struct(inputs, news.secrets), failures);
    }),
    diff: unary(async (request: proto.DiffRequest) => {
      const news = properties(request.getNews());
      return await explained(news, async () =>
        diffResponse(await provider.diff(ask(request, news, request.getOldInputs(), request.getOlds()))),
      );
    }),
    create: unary(async (request: proto.CreateRequest) => {
      const news = properties(request.getProperties());
      return await explained(news, async () => {
        const { id, outputs } = await provider.create(ask(request, news), request.getPreview());
        return new proto.CreateResponse().setId(id).setProperties(struct(outputs, secretsOf(news)));
      });
    }),
    update: unary(async (request: proto.UpdateRequest) => {
      const news = properties(request.getNews());
      return await explained(news, async () => {
        const asked = ask(request, news, request.getOldInputs(), request.getOlds());
        const { outputs } = await provider.update(asked, request.getPreview());
        return new proto.UpdateResponse().setProperties(struct(outputs, secretsOf(news)));
      });
    }),
    read: unary(async (request: proto.ReadRequest) => {
      const olds = properties(request.getInputs());
      return await explained(olds, async () => {
        const kept = await provider.read(ask(request, olds, undefined, request.getProperties()), request.getId());
        const answer = new proto.ReadResponse();
        if (kept === undefined) return answer;
        return answer
          .setId(kept.id)
          .setInputs(struct(kept.inputs, secretsOf({ value: kept.inputs, secrets: olds.secrets }, true)))
          .setProperties(struct(kept.outputs, secretsOf({ value: kept.outputs, secrets: olds.secrets })));
      });
    }),
    delete: unary(async (request: proto.DeleteRequest) => {
      const olds = properties(request.getOldInputs());
      await explained(olds, () => provider.delete(ask(request, olds, undefined, request.getProperties())));
      return new Empty();
    }),
  };
}

/** Keeps the texts of secrets out of what goes wrong. */
async function explained<T>(inputs: PlainProperties, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(redact(error instanceof Error ? error.message : String(error), inputs), { cause: error });
  }
}

function ask(request: ResourceRequest, inputs: PlainProperties, oldInputs?: Struct, state?: Struct): Ask {
  const urn = request.getUrn();
  const { type, name } = partsOf(urn);
  return {
    urn,
    token: type,
    name,
    inputs: inputs.value,
    hasUnknown: inputs.hasUnknown,
    timeout: request.getTimeout?.() ?? 0,
    ...(oldInputs !== undefined && { oldInputs: properties(oldInputs).value }),
    ...(state !== undefined && { state: properties(state).value }),
  };
}

function diffResponse({ changes, replaceFields, deleteBeforeReplace }: Plan): proto.DiffResponse {
  const answer = new DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...new Set(changes.map(({ path }) => String(path[0])))])
    .setReplacesList([...replaceFields])
    .setDeletebeforereplace(replaceFields.length > 0 && deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind } of changes) {
    const text = pathText(path);
    const detail = new PropertyDiff().setKind(diffKind(kind, replaceFields.includes(text))).setInputdiff(true);
    answer.getDetaileddiffMap().set(text, detail);
  }
  return answer;
}

/** Where secrets lie: where they lay in the inputs, and in all of a Kubernetes Secret (`stringData` returns as `data`). */
function secretsOf(
  { value, secrets }: Pick<PlainProperties, "value" | "secrets">,
  asWritten = false,
): PlainProperties["secrets"] {
  if (asWritten || value["kind"] !== "Secret" || value["apiVersion"] !== "v1") return secrets;
  return [["data"], ["stringData"], ...secrets.filter(([first]) => first !== "data" && first !== "stringData")];
}

function properties(from: Struct | undefined): PlainProperties {
  return plain(fromStruct(from));
}

function struct(value: Props, secrets: PlainProperties["secrets"]): Struct {
  return toStruct(withSecrets(value, secrets));
}
