import { z } from "zod";

const guid = z.guid();

/** What layer bootstrap says of one environment that an operator runs: the row of its output `operator`, as it stands there. */
const variables = z.strictObject({
  /** Stacks whose service accounts are trusted. */
  STACKS: z.array(z.string()),
  /** Identity that reads, and can change nothing. */
  PLAN_CLIENT_ID: guid,
  /** Identity that applies. Absent where bootstrap lets the operator only look. */
  DEPLOY_CLIENT_ID: guid.exactOptional(),
  TENANT_ID: guid,
  SUBSCRIPTION_ID: guid,
  /** Where its state lies. */
  STATE_URL: z
    .string()
    .regex(
      /^azblob:\/\/[a-z0-9](-?[a-z0-9])+\?storage_account=[a-z0-9]{3,24}$/,
      "must be azblob://<container>?storage_account=<account>",
    ),
  /**
   * Key that its secrets are wrapped with, with its version: the operator runs `change-secrets-provider` with it each time, and would wrap
   * anew what pipelines wrapped where the two differ in a letter.
   * Source: pulumi/pulumi-kubernetes-operator:agent/pkg/server/server.go (v2.9.0, ChangeSecretsProvider)
   */
  SECRETS_PROVIDER: z
    .string()
    .regex(
      /^azurekeyvault:\/\/[a-z0-9-]{3,24}\.vault\.azure\.net\/keys\/[A-Za-z0-9-]+\/[0-9a-f]{32}$/,
      "must be azurekeyvault://<vault>.vault.azure.net/keys/<key>/<version>",
    ),
});
export type OperatorVariables = z.output<typeof variables>;

/** Where the output lies, from the root of the repository. */
export const operatorOutputFile = "deploy/operator/bootstrap.json";

/** How what bootstrap made gets into the file. */
export const fetchOutput = `pulumi stack output operator --json -s organization/azure-gpu-cluster/bootstrap > ${operatorOutputFile}`;

/** Output `operator` of the stack that makes layer bootstrap, by environment. */
export const operatorOutput = z.record(z.string(), variables);
export type OperatorOutput = z.output<typeof operatorOutput>;
