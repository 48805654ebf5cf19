import type { PackagedComponent, PackagedComponents } from "../packaged-component";
import { wirePaths } from "../wires";
import { type JsonNode, jsonNode } from "./json-node";
import { NamedTypes, propertiesOf, type PropertySpec, requiredOf } from "./pulumi-types";

/** What the package says of itself. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

/** What the source says of a component. */
export interface ComponentDocs {
  readonly description: string;
  /** Puts what the doc comments say into the inputs, and into the outputs that the class has. */
  readonly describe: (inputs: JsonNode, outputs: JsonNode) => void;
}

/**
 * The schema of the package in Pulumi's form, from which SDKs of all its languages are made. Generated: `npm run docs`.
 * @param docsOf What the source says of a component, by its type.
 */
export function packageSchema(
  components: PackagedComponents,
  { name, version, description, license }: PackageFacts,
  docsOf: (type: string) => ComponentDocs,
): object {
  const types = new NamedTypes();
  const resources = Object.entries(components).map(([type, row]) => [type, resourceOf(type, row, docsOf(type), types)]);
  return {
    name,
    displayName: "Azure GPU cluster",
    version,
    description,
    keywords: ["pulumi", "azure", "gpu", "infiniband", "aks", "kind/component", "category/infrastructure"],
    license,
    meta: { moduleFormat: "(.*)" },
    language: {
      nodejs: { respectSchemaVersion: true },
      python: { respectSchemaVersion: true, pyproject: { enabled: true } },
      // Without extra types, Go's SDK names a type for the items of a plain list or map, and does not have it (pulumi/pulumi#14662).
      go: { respectSchemaVersion: true, generateResourceContainerTypes: true, generateExtraInputTypes: true },
      csharp: { respectSchemaVersion: true },
    },
    provider: {},
    resources: Object.fromEntries(resources) as object,
    types: types.all,
  };
}

function resourceOf(type: string, row: PackagedComponent, docs: ComponentDocs, types: NamedTypes): object {
  const [inputs, outputs] = [jsonNode(row.inputs), jsonNode(row.outputs)];
  docs.describe(inputs, outputs);
  const properties = propertiesOf(outputs, type, types);
  const given = propertiesOf(inputs, type, types);
  return {
    description: docs.description,
    isComponent: true,
    properties,
    required: requiredOf(outputs),
    inputProperties: Object.fromEntries(
      Object.entries(given).map(([key, spec]) => [key, isPlain(key, row) ? plainly(spec) : spec]),
    ),
    requiredInputs: requiredOf(inputs),
  };
}

/** Whether an input decides something and nothing of it can come from a resource. */
function isPlain(key: string, { wires, references = [] }: PackagedComponent): boolean {
  return !references.includes(key) && !wirePaths(wires).some((it) => it.split(".")[0] === key);
}

/** Pulumi wants the word at each place where a type holds another. */
function plainly<T extends PropertySpec>(spec: T): T {
  return {
    ...spec,
    ...(spec.items !== undefined && { items: plainly(spec.items) }),
    ...(spec.additionalProperties !== undefined && { additionalProperties: plainly(spec.additionalProperties) }),
    ...(spec.oneOf !== undefined && { oneOf: spec.oneOf.map(plainly) }),
    plain: true,
  };
}
