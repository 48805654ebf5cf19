import type { KubernetesObject } from "../../core/kubernetes-object";
import { checkJob } from "./check-job";
import { computeDomain, computeDomainName } from "./compute-domain";
import { jobFiles } from "./job-parts";
import type { JobRequest } from "./job-request";
import { wholeNodePod } from "./pod-template";
import type { Runtime } from "./runtimes/runtime";
import { trainJob } from "./train-job";

/**
 * Every object of a job, in the order in which they are made; the job itself is the last. All have the label `azure-gpu-cluster/job` with
 * its name, by which whoever deletes the job finds the rest.
 * @throws MisconfiguredError with every problem of the request
 */
export function jobObjects(request: JobRequest): readonly KubernetesObject[] {
  const runtime = checkJob(request);
  return [...jobFiles(request), ...computeDomain(request), ...jobOf(request, runtime)];
}

function jobOf(request: JobRequest, runtime: Runtime): readonly KubernetesObject[] {
  const { form } = runtime;
  if (form.by === "trainer") return trainJob(request, runtime, form);
  const pod = wholeNodePod(request.pool, computeDomainName(request));
  return [form.object(request, pod, request.maxRestarts ?? runtime.maxRestarts)];
}
