import type { z } from "zod";
import { checkName } from "../../../azure/check-name";
import { azureDevOpsIssuer, azureDevOpsSubject, gitHubIssuer, gitLabIssuer } from "../../../catalog/pipelines";
import { operatedAccount, operatedSubject } from "../../../catalog/operator-accounts";
import type { Place } from "../../../catalog/place";
import { physicalName } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { pipelinesShape, type PipelinesShape, trustShape, type TrustShape } from "./shape";

/** What a job is for: to look, or to change. */
export type PipelineDuty = "plan" | "deploy";

/** Whom an identity trusts. */
export interface TrustedSubject {
  /** Name of the credential. */
  readonly name: string;
  readonly issuer: string;
  /** Exactly one: no pattern. */
  readonly subject: string;
}

/** A checked identity: its name, and whom it trusts, which is one for a pipeline and one for each stack of an operator. */
export interface PipelineIdentityPlan {
  readonly identityName: string;
  readonly credentials: readonly [TrustedSubject, ...TrustedSubject[]];
}

/** Whom an identity is for. */
export interface PipelineIdentityShape {
  /** Environment that the jobs are about. */
  readonly environment: string;
  readonly duty: PipelineDuty;
  /** Who is trusted: pipelines of one repository or project, or an operator in a cluster. */
  readonly pipelines: PipelinesShape;
  /** What of the environment is trusted, where the repository alone does not say. @default nothing but its name */
  readonly trust?: TrustShape;
}

/**
 * All decisions of one identity.
 * @throws MisconfiguredError with every problem
 */
export function planPipelineIdentity(
  { environment, duty, pipelines, trust = {} }: PipelineIdentityShape,
  { names }: Pick<Place, "names">,
): PipelineIdentityPlan {
  const subject = `Identity of pipelines '${duty}-${environment}'`;
  const whose = readShape(pipelinesShape, pipelines, subject);
  const trusted = readShape(trustShape, trust, subject);
  const problems = new Problems();
  const role = whose.kind === "operator" ? `operator-${duty}` : duty;
  const identityName = physicalName("id", names, `${role}-${environment}`);
  checkName("managedidentity:UserAssignedIdentity", identityName, problems);
  const credentials = federation(whose, trusted, environment, duty, problems);
  problems.throwIfAny(subject);
  return { identityName, credentials };
}

type Whose = z.output<typeof pipelinesShape>;

function federation(
  whose: Whose,
  trusted: z.output<typeof trustShape>,
  environment: string,
  duty: PipelineDuty,
  problems: Problems,
): PipelineIdentityPlan["credentials"] {
  const { connections, branches, stacks = [] } = trusted;
  const only = (path: string, kind: Whose["kind"], given: unknown): void => {
    problems.require(
      given === undefined || whose.kind === kind,
      path,
      `must be left out: it is for pipelines of ${kind}`,
      {
        remedy: "Leave it out",
      },
    );
    problems.require(given !== undefined || whose.kind !== kind, path, `must be given for pipelines of ${kind}`, {
      remedy: path === "stacks" ? `Write stacks: [${environment}]` : `Write ${path}: { plan: ..., deploy: ... }`,
    });
  };
  const one = (issuer: string, subject: string): PipelineIdentityPlan["credentials"] => [
    { name: whose.kind, issuer, subject },
  ];
  only("connections", "azureDevOps", connections);
  only("branches", "gitlab", branches);
  only("stacks", "operator", trusted.stacks);
  switch (whose.kind) {
    case "github": {
      const [owner = "", repository = ""] = whose.repository.split("/");
      const { ids } = whose;
      const named = ids === undefined ? whose.repository : `${owner}@${ids.owner}/${repository}@${ids.repository}`;
      // The environment, and never a branch: a branch says nothing of who approved.
      const gate = duty === "plan" ? `plan-${environment}` : environment;
      return one(gitHubIssuer, `repo:${named}:environment:${gate}`);
    }
    case "azureDevOps": {
      const { tenantId, organizationId } = whose;
      return one(azureDevOpsIssuer(tenantId), azureDevOpsSubject(tenantId, organizationId, connections?.[duty] ?? ""));
    }
    case "gitlab":
      return one(
        whose.issuer ?? gitLabIssuer,
        `project_path:${whose.project}:ref_type:branch:ref:${branches?.[duty] ?? ""}`,
      );
    case "operator": {
      const of = (stack: string): TrustedSubject => ({
        name: operatedAccount(stack, duty === "plan"),
        issuer: whose.issuer,
        subject: operatedSubject(environment, stack, duty === "plan"),
      });
      const [first = environment, ...more] = stacks;
      return [of(first), ...more.map(of)];
    }
  }
}
