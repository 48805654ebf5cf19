export { copyJob } from "./copy-job";
export type { ClaimPath, CopyRequest } from "./copy-job";
export { jobObjects } from "./job-objects";
export type { JobPool, JobRequest } from "./job-request";
