import type { BootstrapPlan } from "../stacks/plan-bootstrap";

/** What a person reads of the pipelines that are trusted: whom each identity is for, and where state lies. */
export function pipelineLines({ states, environments }: BootstrapPlan): string[] {
  return [
    ...environments.flatMap(({ name, subscriptionId, identities, operator, breakGlassGroupObjectId }) => [
      `  ${name} in subscription ${subscriptionId}`,
      `    plans    ${identities.plan.credentials[0].subject}`,
      `    deploys  ${identities.deploy.credentials[0].subject}`,
      ...(operator === null
        ? []
        : [
            ...operator.plan.credentials.map(({ subject }) => `    plans    ${subject}`),
            ...(operator.deploy?.credentials ?? []).map(({ subject }) => `    deploys  ${subject}`),
          ]),
      ...(breakGlassGroupObjectId === null ? [] : [`    in need  group ${breakGlassGroupObjectId}`]),
    ]),
    ...states.map(
      ({ name, account, key }) => `  State of ${name}: ${account.stateUrl}, secrets by a key in ${key.vault.vaultName}`,
    ),
  ];
}
