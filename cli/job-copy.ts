import { serviceAccountName } from "../components/tenancy/service-account";
import { copyImage, copyJob } from "../components/training/copy-job";
import type { KubernetesObject } from "../core/kubernetes-object";
import { Problems } from "../core/problems";
import type { CopyArguments } from "./job-arguments";
import { checkImage } from "./job-image";
import { jobName } from "./job-name";
import type { JobTeam } from "./job-team";

/**
 * Decides the job of a copy.
 * @param suffix What sets it apart from other copies of the same folder where no name was given
 * @throws MisconfiguredError with all that is wrong
 */
export function planCopy(args: CopyArguments, team: JobTeam, suffix: string): KubernetesObject {
  const problems = new Problems();
  const { from, to, parts, image = copyImage, name = jobName(`copy-${from.path}`, suffix) } = args;
  checkImage(image, team, problems);
  const request = { name, namespace: team.namespace, team: team.name, from, to, parts, image };
  const job = problems.attempt("", () => copyJob({ ...request, serviceAccount: serviceAccountName }));
  problems.throwIfAny("The copy");
  if (job === undefined) throw new Error(`Copy ${name}: a problem was not noted`);
  return job;
}
