import type { KubernetesObject } from "../../core/kubernetes-object";
import { checkJob } from "./check-job";
import { jobFiles } from "./job-parts";
import type { JobRequest } from "./job-request";
import { trainJob } from "./train-job";

/**
 * Every object of a job, in the order in which they are made; the job itself is the last. All have the label `azure-gpu-cluster/job` with
 * its name, by which whoever deletes the job finds the rest.
 * @throws MisconfiguredError with every problem of the request
 */
export function jobObjects(request: JobRequest): readonly KubernetesObject[] {
  const { form } = checkJob(request);
  return [...jobFiles(request), ...(form.by === "trainer" ? trainJob(request, form) : form.objects(request))];
}
