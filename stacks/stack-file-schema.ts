import { z } from "zod";
import { regions } from "../catalog/regions";
import { projectName, sections } from "./config/sections";

/** JSON Schema of all our sections together, without descriptions: those stand in the doc comments of the shapes. */
export function sectionsSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(sections, { io: "input" });
}

/**
 * JSON Schema of a whole stack file, for completion and checks in editors. Generated: `npm run docs`.
 * @param properties Schema of each of our sections, by name.
 */
export function stackFileSchema(properties: Readonly<Record<string, z.core.JSONSchema._JSONSchema>>): object {
  const ours = Object.entries(properties).map(([name, section]) => [`${projectName}:${name}`, section] as const);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Stack file of azure-gpu-cluster",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        required: ["azure-native:location", "pulumi:disable-default-providers", `${projectName}:environment`],
        properties: {
          "azure-native:location": { enum: [...regions.keys()], description: "Azure region." },
          "azure-native:subscriptionId": { type: "string", format: "uuid", description: "Subscription to deploy to." },
          "azure-native:tenantId": { type: "string", format: "uuid" },
          "azure-native:clientId": { type: "string", format: "uuid" },
          "azure-native:useOidc": { type: "boolean" },
          "azure-native:useMsi": { type: "boolean" },
          "pulumi:disable-default-providers": { type: "array", contains: { const: "kubernetes" } },
          ...Object.fromEntries(ours),
        },
        additionalProperties: false,
      },
      encryptionsalt: { type: "string" },
      encryptedkey: { type: "string" },
      secretsprovider: { type: "string" },
    },
    additionalProperties: false,
  };
}
