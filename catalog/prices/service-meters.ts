import type { Meter } from "./meter";

const perHour = "hour";
const perGB = "GB";

/**
 * Meters of services that bill by the hour, the month or what passes through them. Names in the list, where nothing else is said:
 * infracost/infracost:internal/resources/azure and internal/providers/terraform/azure (2026-08-21).
 */
export const serviceMeters = {
  aksStandard: {
    id: "aks.standard",
    what: "AKS control plane Standard",
    kind: "cluster",
    unit: perHour,
    list: { serviceName: "Azure Kubernetes Service", meterName: "Standard Uptime SLA" },
  },
  /** By this meter the list names the tier Premium, which is the one with long-term support. */
  aksPremium: {
    id: "aks.premium",
    what: "AKS control plane Premium",
    kind: "cluster",
    unit: perHour,
    list: { serviceName: "Azure Kubernetes Service", meterName: "Standard Long Term Support" },
  },
  natGateway: {
    id: "nat.hours",
    what: "NAT gateway",
    kind: "network",
    unit: perHour,
    list: { serviceName: "NAT Gateway", productName: "NAT Gateway", meterName: "Standard Gateway" },
  },
  natData: {
    id: "nat.data",
    what: "traffic of the NAT gateway",
    kind: "network",
    unit: perGB,
    list: { serviceName: "NAT Gateway", productName: "NAT Gateway", meterName: "Standard Data Processed" },
  },
  publicAddress: {
    id: "address.hours",
    what: "public address",
    kind: "network",
    unit: perHour,
    list: {
      serviceName: "Virtual Network",
      productName: "IP Addresses",
      skuName: "Standard",
      meterName: "Standard IPv4 Static Public IP",
    },
  },
  publicPrefix: {
    id: "prefix.hours",
    what: "address of a public prefix",
    kind: "network",
    unit: perHour,
    list: {
      serviceName: "Virtual Network",
      productName: "Public IP Prefix",
      meterName: "Standard Static IP Addresses",
    },
  },
  privateEndpoint: {
    id: "endpoint.hours",
    what: "private endpoint",
    kind: "network",
    unit: perHour,
    list: {
      serviceName: "Virtual Network",
      productName: "Virtual Network Private Link",
      meterName: "Standard Private Endpoint",
    },
  },
  /** Into it; what leaves it has a meter of its own at the same price. */
  privateEndpointData: {
    id: "endpoint.data",
    what: "traffic of private endpoints",
    kind: "network",
    unit: perGB,
    list: {
      serviceName: "Virtual Network",
      productName: "Virtual Network Private Link",
      meterName: "Standard Data Processed - Ingress",
    },
  },
  privateZone: {
    id: "dns.zone",
    what: "private DNS zone",
    kind: "network",
    unit: "zone and month",
    list: { serviceName: "Azure DNS", meterName: "Private Zone" },
  },
  loadBalancer: {
    id: "balancer.hours",
    what: "load balancer with up to 5 rules",
    kind: "network",
    unit: perHour,
    // Source: public records of the list of 2026-10-01.
    list: {
      serviceName: "Load Balancer",
      meterName: "Standard Included LB Rules and Outbound Rules",
    },
  },
  loadBalancerRule: {
    id: "balancer.rules",
    what: "rule of a load balancer beyond the first 5",
    kind: "network",
    unit: "rule and hour",
    list: { serviceName: "Load Balancer", meterName: "Standard Overage LB Rules and Outbound Rules" },
  },
  logIngestion: {
    id: "logs.ingestion",
    what: "logs that come in",
    kind: "logs and metrics",
    unit: perGB,
    list: { serviceName: "Log Analytics", skuName: "Analytics Logs", meterName: "Analytics Logs Data Ingestion" },
  },
  logRetention: {
    id: "logs.retention",
    what: "logs kept beyond the included days",
    kind: "logs and metrics",
    unit: "GB and month",
    list: { serviceName: "Log Analytics", skuName: "Analytics Logs", meterName: "Analytics Logs Data Retention" },
  },
  metricSamples: {
    id: "metrics.samples",
    what: "samples of metrics",
    kind: "logs and metrics",
    unit: "10 million",
    list: {
      serviceName: "Azure Monitor",
      skuName: "Metrics ingestion",
      meterName: "Metrics ingestion Metric samples",
    },
  },
  grafanaNode: grafana("node", "Managed Grafana, a unit of an instance", "Standard Node"),
  grafanaZones: grafana("zones", "Managed Grafana in several zones, a unit", "Standard Zone Redundancy"),
  registryBasic: registry("Basic"),
  registryStandard: registry("Standard"),
  registryPremium: registry("Premium"),
  vaultOperations: {
    id: "vault.operations",
    what: "operations on secrets",
    kind: "other",
    unit: "10,000",
    list: {
      serviceName: "Key Vault",
      productName: "Key Vault",
      skuName: "Standard",
      meterName: "Operations",
    },
  },
} as const satisfies Readonly<Record<string, Meter>>;

function registry(sku: "Basic" | "Standard" | "Premium"): Meter {
  return {
    id: `registry.${sku.toLowerCase()}`,
    what: `container registry ${sku}`,
    kind: "storage",
    unit: "day",
    list: {
      serviceName: "Container Registry",
      productName: "Container Registry",
      skuName: sku,
      meterName: `${sku} Registry Unit`,
    },
  };
}

/** Names: https://github.com/ahmadabdalla/azure-cost-calculator/blob/main/skills/azure-cost-calculator/references/services/developer-tools/managed-grafana.md (2026-02-27) */
function grafana(id: string, what: string, meterName: string): Meter {
  return {
    id: `grafana.${id}`,
    what,
    kind: "logs and metrics",
    unit: perHour,
    list: {
      serviceName: "Azure Grafana Service",
      productName: "Azure Managed Grafana",
      skuName: "Standard",
      meterName,
    },
  };
}
