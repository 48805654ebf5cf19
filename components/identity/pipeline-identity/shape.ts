import { z } from "zod";
import { aksIssuerDomain } from "../../../catalog/entra";
import { distinct } from "../../../core/distinct";
import { isUuid } from "../../../core/names";

const uuid = z.string().refine(isUuid, "must be a UUID, and not all zeros");
const numericId = z.string().regex(/^[1-9]\d{0,19}$/, "must be a number in quotes, as GitHub's API gives it");

/** The pipelines of one repository or project. */
export const forgeShape = z.discriminatedUnion("kind", [
  z.strictObject({
    /** GitHub Actions. A job is trusted by the GitHub environment that it runs in: `plan-<environment>` to plan, `<environment>` to deploy. */
    kind: z.literal("github"),
    /** Owner and repository, as in `example/gpu-estate`. */
    repository: z
      .string()
      .regex(
        /^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}\/(?!\.\.?$)[\w.-]{1,100}$/,
        "must be owner/repository, exactly one repository and no pattern",
      ),
    /**
     * Numeric IDs of owner and repository, which stand in the subject of every repository made, renamed or moved after 15 July 2026 and of those that
     * opted in: a name that somebody registers again is then not trusted. `gh api repos/OWNER/REPOSITORY/actions/oidc/customization/sub`
     * says which form a repository has. Default: the form without.
     */
    ids: z
      .strictObject({
        /** ID of the owner. */
        owner: numericId,
        /** ID of the repository. */
        repository: numericId,
      })
      .exactOptional(),
  }),
  z.strictObject({
    /** Azure DevOps. Each identity trusts one service connection, which `connections` of the environment names. */
    kind: z.literal("azureDevOps"),
    /** Entra tenant of the organisation, whose tokens are trusted. */
    tenantId: uuid,
    /** ID of the organisation, as `https://dev.azure.com/ORGANISATION/_apis/connectionData` gives it. */
    organizationId: uuid,
  }),
  z.strictObject({
    /** GitLab CI. A job is trusted by its branch, which `branches` of the environment names: protect those. */
    kind: z.literal("gitlab"),
    /** Group and project, as in `example/platform/gpu-estate`. */
    project: z
      .string()
      .regex(
        /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)+$/,
        "must be group/project, exactly one project and no pattern",
      ),
    /** Address of an instance of your own. Default: https://gitlab.com */
    issuer: z
      .string()
      .regex(/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/[\w-]+)*$/, "must be an https address without a slash at its end")
      .exactOptional(),
  }),
]);

const aksIssuer = new RegExp(
  `^https://[a-z0-9-]+\\.${aksIssuerDomain.replaceAll(".", "\\.")}/[0-9a-f-]{36}/[0-9a-f-]{36}/$`,
);

/** The Pulumi Kubernetes Operator in a cluster, and by it the service accounts of stacks. */
export const operatorShape = z.strictObject({
  /**
   * Issuer of the cluster that the operator runs in, with the slash at its end: `oidcIssuerUrl` of what its stack hands over. A cluster that
   * is made anew has another one.
   */
  issuer: z
    .string()
    .regex(aksIssuer, `must be the issuer of an AKS cluster: https://<region>.${aksIssuerDomain}/<tenant>/<cluster>/`),
});

/** Who is trusted: pipelines of a forge, or an operator in a cluster. A pod is trusted by the service account of its stack. */
export const pipelinesShape = z.discriminatedUnion("kind", [
  ...forgeShape.options,
  operatorShape.extend({ kind: z.literal("operator") }),
]);
export type PipelinesShape = z.input<typeof pipelinesShape>;

/** What of one environment is trusted, where the repository alone does not say. */
export const trustShape = z.strictObject({
  /** For Azure DevOps: IDs of two service connections of workload identity federation. */
  connections: z
    .strictObject({
      /** Connection of the jobs that plan. */
      plan: uuid,
      /** Connection of the jobs that deploy. */
      deploy: uuid,
    })
    .exactOptional(),
  /** For GitLab: two protected branches. Nobody else may run a job on them. */
  branches: z
    .strictObject({
      /** Branch of the jobs that plan. */
      plan: z.string().regex(/^(?!.*\.\.)[\w][\w./-]{0,200}$/, "must be one branch, and no pattern"),
      /** Branch of the jobs that deploy. */
      deploy: z.string().regex(/^(?!.*\.\.)[\w][\w./-]{0,200}$/, "must be one branch, and no pattern"),
    })
    .exactOptional(),
  /** For an operator: the stacks that it runs. An identity takes at most 20 credentials. */
  stacks: distinct(
    z
      .array(
        z.string().regex(/^[a-z]([a-z0-9-]{0,35}[a-z0-9])?$/, "must be the name of a stack of at most 37 characters"),
      )
      .min(1, "must name at least one stack")
      .max(20, "must name at most 20 stacks: an identity takes no more credentials"),
    "must name each stack once",
  ).exactOptional(),
});
export type TrustShape = z.input<typeof trustShape>;
