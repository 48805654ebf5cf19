/** A part of the schema of a CRD, in the words of OpenAPI. Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ */
export type CrdSchema = Readonly<Record<string, unknown>>;

/** What the schemas of our CRDs are put together from. */
export const crd = {
  text: (limits: CrdSchema = {}): CrdSchema => ({ type: "string", ...limits }),
  date: { type: "string", format: "date-time" } as CrdSchema,
  flag: { type: "boolean" } as CrdSchema,
  integer: (bits: 32 | 64, limits: CrdSchema = {}): CrdSchema => ({ type: "integer", format: `int${bits}`, ...limits }),
  choice: (values: readonly string[]): CrdSchema => ({ type: "string", enum: values }),
  object: (properties: Readonly<Record<string, CrdSchema>>, required?: readonly string[]): CrdSchema => ({
    type: "object",
    properties,
    ...(required !== undefined && { required }),
  }),
  /** Keys that the user chooses. */
  table: (additionalProperties: CrdSchema, limits: CrdSchema = {}): CrdSchema => ({
    type: "object",
    additionalProperties,
    ...limits,
  }),
  list: (items: CrdSchema, limits: CrdSchema = {}): CrdSchema => ({ type: "array", items, ...limits }),
  /** A list that is changed as one. */
  whole: (items: CrdSchema, limits: CrdSchema = {}): CrdSchema => ({
    type: "array",
    items,
    "x-kubernetes-list-type": "atomic",
    ...limits,
  }),
  /** A list whose items are told apart by a key. */
  keyed: (key: string, items: CrdSchema, limits: CrdSchema = {}): CrdSchema => ({
    type: "array",
    items,
    "x-kubernetes-list-map-keys": [key],
    "x-kubernetes-list-type": "map",
    ...limits,
  }),
  withDefault: (schema: CrdSchema, value: unknown): CrdSchema => ({ ...schema, default: value }),
} as const;

/** A whole object as the API server keeps it. */
export function kindSchema(spec: CrdSchema, status: CrdSchema, required?: readonly string[]): CrdSchema {
  const metadata = { type: "object" };
  return crd.object({ apiVersion: crd.text(), kind: crd.text(), metadata, spec, status }, required);
}
