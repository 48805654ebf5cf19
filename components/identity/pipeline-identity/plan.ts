import type { z } from "zod";
import { checkName } from "../../../azure/check-name";
import { azureDevOpsIssuer, azureDevOpsSubject, gitHubIssuer, gitLabIssuer } from "../../../catalog/pipelines";
import type { Place } from "../../../catalog/place";
import { physicalName } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { pipelinesShape, type PipelinesShape, trustShape, type TrustShape } from "./shape";

/** What a job is for: to look, or to change. */
export type PipelineDuty = "plan" | "deploy";

/** A checked identity of a pipeline: its name, and whom it trusts. */
export interface PipelineIdentityPlan {
  readonly identityName: string;
  readonly credentialName: string;
  readonly issuer: string;
  /** Exactly one: no pattern. */
  readonly subject: string;
}

/** Whom an identity is for. */
export interface PipelineIdentityShape {
  /** Environment that the jobs are about. */
  readonly environment: string;
  readonly duty: PipelineDuty;
  readonly pipelines: PipelinesShape;
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
  const identityName = physicalName("id", names, `${duty}-${environment}`);
  checkName("managedidentity:UserAssignedIdentity", identityName, problems);
  const given = federation(whose, trusted, environment, duty, problems);
  problems.throwIfAny(subject);
  return { identityName, credentialName: whose.kind, ...given };
}

type Whose = z.output<typeof pipelinesShape>;

function federation(
  whose: Whose,
  { connections, branches }: z.output<typeof trustShape>,
  environment: string,
  duty: PipelineDuty,
  problems: Problems,
): Pick<PipelineIdentityPlan, "issuer" | "subject"> {
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
      remedy: `Write ${path}: { plan: ..., deploy: ... }`,
    });
  };
  only("connections", "azureDevOps", connections);
  only("branches", "gitlab", branches);
  switch (whose.kind) {
    case "github": {
      const [owner = "", repository = ""] = whose.repository.split("/");
      const { ids } = whose;
      const named = ids === undefined ? whose.repository : `${owner}@${ids.owner}/${repository}@${ids.repository}`;
      // The environment, and never a branch: a branch says nothing of who approved.
      const gate = duty === "plan" ? `plan-${environment}` : environment;
      return { issuer: gitHubIssuer, subject: `repo:${named}:environment:${gate}` };
    }
    case "azureDevOps": {
      const { tenantId, organizationId } = whose;
      return {
        issuer: azureDevOpsIssuer(tenantId),
        subject: azureDevOpsSubject(tenantId, organizationId, connections?.[duty] ?? ""),
      };
    }
    case "gitlab":
      return {
        issuer: whose.issuer ?? gitLabIssuer,
        subject: `project_path:${whose.project}:ref_type:branch:ref:${branches?.[duty] ?? ""}`,
      };
  }
}
