import { description, license, name, version } from "../package.json";
import { packagedComponents } from "../provider/components";
import type { JsonNode } from "../provider/schema/json-node";
import { type ComponentDocs, packageSchema } from "../provider/schema/package-schema";
import { describedType, describeSchema, type DocumentedType, documentedTypes } from "./doc-comments";

/** Where the types stand that shapes with a name of their own are described by. Null: the shape says itself what is in it. */
const describedBy: Readonly<Record<string, readonly [type: string, file: string] | null>> = {
  "foundation:Where": ["Scope", "core/scope.ts"],
  "foundation:Scope": ["Scope", "core/scope.ts"],
  "foundation:NameParts": ["NameParts", "core/scope.ts"],
  "network:Ranges": ["NetworkRef", "components/network/network-ref.ts"],
  "cluster:Joined": ["ClusterRef", "components/cluster/kubernetes-cluster/cluster-ref.ts"],
  "cluster:VmSize": ["DeclaredFigures", "catalog/declared-figures.ts"],
  "cluster:GpuPoolRef": ["GpuPoolRef", "components/cluster/gpu-pool/gpu-pool-ref.ts"],
  "cluster:GpuPoolShape": ["GpuPoolShape", "components/cluster/gpu-pool/shape.ts"],
  "cluster:CpuPoolRef": ["CpuPoolRef", "components/cluster/cpu-pool/cpu-pool-ref.ts"],
  "compute:Container": ["ScaleSetContainer", "components/compute/gpu-scale-set/gpu-scale-set.ts"],
  "compute:Gallery": ["ImageGalleryShape", "components/compute/image-gallery/shape.ts"],
  "compute:Nfs": ["NfsMount", "components/compute/shared-files.ts"],
  "identity:OwnKey": ["OwnKey", "components/identity/customer-managed-keys/own-key-ref.ts"],
  "inference:ModelServiceShape": ["ModelServiceShape", "components/inference/model-service/shape.ts"],
  "inference:ModelSurroundings": ["ModelSurroundings", "components/inference/model-service/plan.ts"],
  "inference:Scaler": ["ScalerWires", "components/inference/model-service/scaler.ts"],
  "monitoring:AlertRoute": ["AlertRoute", "components/monitoring/alerts/alerts-ref.ts"],
  "platform:ModelGateway": ["ModelGateway", "components/inference/model-service/plan.ts"],
  "platform:Queues": ["QueuesRef", "components/platform/queues-ref.ts"],
  "queues:TeamQueueRef": ["TeamQueueRef", "components/queues/team-queue/team-queue-ref.ts"],
  "storage:ArchiveStoreRef": ["ArchiveStoreRef", "components/storage/archive-store/archive-store-ref.ts"],
  "storage:BlobOfLustre": ["LustreBlob", "components/storage/blob-integration/lustre-blob.ts"],
  "storage:BlobStoreRef": ["BlobStoreRef", "components/storage/blob-store/blob-store-ref.ts"],
  "storage:LustreJob": ["JobShape", "components/storage/blob-integration/shape.ts"],
  "storage:LustreRef": ["LustreRef", "components/storage/lustre-file-system/lustre-ref.ts"],
  "storage:NetAppPool": ["NetAppRef", "components/storage/netapp-files/netapp-ref.ts"],
  "tenancy:TeamVolume": null,
};

/** The schema of the package for other languages, as text. Descriptions stand in the doc comments of shapes, arguments and classes. */
export function packageSchemaFile(root: string): string {
  const types = Object.keys(packagedComponents);
  const files = types.flatMap((type) => {
    const [, area = "", className = ""] = type.split(":");
    const file = `components/${area}/index.ts`;
    return [
      [className, file],
      [`${className}Args`, file],
    ];
  });
  const documented = documentedTypes(
    root,
    Object.fromEntries([...files, ...Object.values(describedBy).filter((it) => it !== null)]) as Record<string, string>,
  );
  const docsOf = (type: string): ComponentDocs => {
    const className = type.split(":").at(-1) ?? "";
    const [made, args] = [documented[className], documented[`${className}Args`]];
    if (made === undefined || args === undefined) throw new Error(`Nothing is known of the source of ${type}.`);
    return {
      description: describedType(made),
      describe: (inputs, outputs) => {
        describeSchema({ ...inputs, properties: sharedWith(args, inputs.properties ?? {}) }, args);
        describeSchema({ ...outputs, properties: sharedWith(made, outputs.properties ?? {}) }, made);
        for (const it of [inputs, outputs]) describeNamed(it, documented);
      },
    };
  };
  const facts = { name, version, description, license };
  return JSON.stringify(packageSchema(packagedComponents, facts, docsOf), null, 2);
}

/** Describes the shapes with a name of their own, wherever they stand in a schema. */
function describeNamed(node: unknown, documented: Readonly<Record<string, DocumentedType>>): void {
  if (typeof node !== "object" || node === null) return;
  const { typeName, ...shape } = node as JsonNode;
  if (typeName !== undefined) {
    const source = describedBy[typeName];
    const by = source && documented[source[0]];
    if (by === undefined) throw new Error(`Nothing describes ${typeName}: add the type of its source.`);
    if (by !== null) describeSchema(shape, by);
  }
  for (const it of Object.values(node)) describeNamed(it, documented);
}

/** Inputs that the arguments have as well, or outputs that the class has: the others say themselves what they are. */
function sharedWith<T>({ type, checker }: DocumentedType, properties: Readonly<Record<string, T>>): Record<string, T> {
  const types = type.isUnion() ? type.types : [type];
  return Object.fromEntries(
    Object.entries(properties).filter(([key]) => types.some((it) => checker.getPropertyOfType(it, key) !== undefined)),
  );
}
