import type { BootstrapPlan } from "../stacks/plan-bootstrap";

/** What a person reads of the pipelines that are trusted: whom each identity is for, and where state lies. */
export function pipelineLines({ states, environments }: BootstrapPlan): string[] {
  return [
    ...environments.flatMap(({ name, subscriptionId, identities, breakGlassGroupObjectId }) => [
      `  ${name} in subscription ${subscriptionId}`,
      `    plans    ${identities.plan.subject}`,
      `    deploys  ${identities.deploy.subject}`,
      ...(breakGlassGroupObjectId === null ? [] : [`    in need  group ${breakGlassGroupObjectId}`]),
    ]),
    ...states.map(
      ({ name, account, key }) => `  State of ${name}: ${account.stateUrl}, secrets by a key in ${key.vault.vaultName}`,
    ),
  ];
}
