/** Name of a chart, `lws` of `oci://registry.k8s.io/lws/charts/lws`: in whatever registry a copy lies, it keeps it. */
export function chartName(chart: string): string {
  return chart.slice(chart.lastIndexOf("/") + 1);
}
