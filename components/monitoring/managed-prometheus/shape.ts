import { z } from "zod";

/** Metrics of GPUs, links and queues in Azure's managed Prometheus, with rules that sum them up for each team and each job. */
export const managedPrometheusShape = z.strictObject({
  /** Where they are kept, for 18 months: in a workspace of the environment, or in one that is there already. */
  workspace: z
    .strictObject({
      /**
       * ARM ID of an Azure Monitor workspace in the region of the environment. Changing it leaves what was measured where it is. Without
       * it the environment gets one of its own.
       */
      resourceId: z.string().exactOptional(),
      /**
       * From where metrics of the environment's own workspace may be read: `privateLink`, the default, only through a private endpoint of
       * the workspace, which this project does not make; `anywhere` by whoever signs in with Entra ID and has a role for it.
       */
      queries: z.enum(["privateLink", "anywhere"]).exactOptional(),
    })
    .prefault({}),
  /** Alerts on faults, links, queues and models. They stand in Azure Monitor, and go where the section `alerts` says. */
  alerts: z.boolean().default(true),
  /**
   * Dashboards in the portal, with Grafana and without a workspace of it: at the cluster, under "Dashboards with Grafana". They cost
   * nothing. Whoever looks at them needs the role Monitoring Data Reader on the workspace of the metrics.
   */
  dashboards: z.boolean().default(true),
});
export type ManagedPrometheusShape = z.input<typeof managedPrometheusShape>;
