import { z } from "zod";
import { regions } from "../catalog/regions";
import { projectName, sections } from "./config/sections";

/** JSON Schema of a whole stack file, for completion and checks in editors. Generated: `npm run docs`. */
export function stackFileSchema(): object {
  const ours = Object.entries(sections.shape).map(([name, section]) => {
    return [`${projectName}:${name}`, z.toJSONSchema(section, { io: "input" })] as const;
  });
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
