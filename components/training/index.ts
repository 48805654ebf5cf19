export { jobObjects } from "./job-objects";
export type { JobPool, JobRequest } from "./job-request";
