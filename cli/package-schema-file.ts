import { description, license, name, version } from "../package.json";
import { packagedComponents } from "../provider/components";
import type { JsonNode } from "../provider/schema/json-node";
import { type ComponentDocs, packageSchema } from "../provider/schema/package-schema";
import { describedType, describeSchema, type DocumentedType, documentedTypes } from "./doc-comments";

/** Where the types stand that shapes with a name of their own are described by. */
const describedBy: Readonly<Record<string, readonly [type: string, file: string]>> = {
  "foundation:Where": ["Scope", "core/scope.ts"],
  "foundation:Scope": ["Scope", "core/scope.ts"],
  "foundation:NameParts": ["NameParts", "core/scope.ts"],
  "network:Ranges": ["NetworkRef", "components/network/network-ref.ts"],
  "cluster:Joined": ["ClusterRef", "components/cluster/kubernetes-cluster/cluster-ref.ts"],
  "cluster:VmSize": ["DeclaredFigures", "catalog/declared-figures.ts"],
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
    Object.fromEntries([...files, ...Object.values(describedBy)]) as Record<string, string>,
  );
  const docsOf = (type: string): ComponentDocs => {
    const className = type.split(":").at(-1) ?? "";
    const [made, args] = [documented[className], documented[`${className}Args`]];
    if (made === undefined || args === undefined) throw new Error(`Nothing is known of the source of ${type}.`);
    return {
      description: describedType(made),
      describe: (inputs, outputs) => {
        describeSchema(inputs, args);
        describeSchema({ ...outputs, properties: ofClass(outputs.properties ?? {}, made) }, made);
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
    const by = documented[describedBy[typeName]?.[0] ?? ""];
    if (by === undefined) throw new Error(`Nothing describes ${typeName}: add the type of its source.`);
    describeSchema(shape, by);
  }
  for (const it of Object.values(node)) describeNamed(it, documented);
}

/** Outputs that the class has as well: the others say themselves what they are. */
function ofClass<T>(properties: Readonly<Record<string, T>>, { type, checker }: DocumentedType): Record<string, T> {
  return Object.fromEntries(
    Object.entries(properties).filter(([key]) => checker.getPropertyOfType(type, key) !== undefined),
  );
}
