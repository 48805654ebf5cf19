import { alertRows } from "../alert-rows";
import { records } from "./records";
import type { AlertRule } from "./rule-group";

/** Alerts on all nodes, on what runs in the cluster, on volumes and on certificates. */
export const clusterAlerts: readonly AlertRule[] = [
  {
    alert: "NodeNotReady",
    expression: 'max by (cluster, node) (kube_node_status_condition{condition="Ready", status="true"}) == 0',
  },
  {
    alert: "NodeUnderPressure",
    expression:
      'max by (cluster, node, condition) (kube_node_status_condition{condition=~"DiskPressure|MemoryPressure|PIDPressure", status="true"}) == 1',
  },
  {
    alert: "DaemonSetIncomplete",
    expression:
      "max by (cluster, namespace, daemonset) " +
      "(kube_daemonset_status_desired_number_scheduled - kube_daemonset_status_number_ready) > 0",
  },
  {
    alert: "DeploymentDown",
    expression:
      "max by (cluster, namespace, deployment) (kube_deployment_status_replicas_available) == 0 and on (cluster, namespace, deployment) " +
      "(max by (cluster, namespace, deployment) (kube_deployment_spec_replicas) > 0)",
  },
  { alert: "VolumeAlmostFull", expression: `${records.volumeFree} < ${alertRows.VolumeAlmostFull.threshold}` },
  {
    alert: "CertificateExpires",
    expression:
      "min by (cluster, namespace, name) (certmanager_certificate_expiration_timestamp_seconds) - time() < " +
      String(alertRows.CertificateExpires.threshold),
  },
];
