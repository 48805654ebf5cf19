import { unknownValue } from "../../../core/property-marks";
import { k8sIngressTls } from "../../../policies/rules/kubernetes/k8s-ingress-tls";
import { k8sLbInternal } from "../../../policies/rules/kubernetes/k8s-lb-internal";
import { k8sNoExternalIps } from "../../../policies/rules/kubernetes/k8s-no-external-ips";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { service } from "../kubernetes-fixtures";

const notApplicable = { "another type": [[account]] } as const;
const internal = '["service.beta.kubernetes.io/azure-load-balancer-internal"]';
const made = 'must be "true": the Service of a gateway is a LoadBalancer';
const word = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };
const gateway = resource("kubernetes:gateway.networking.k8s.io/v1:Gateway", {
  spec: {
    gatewayClassName: "eg",
    infrastructure: { annotations: word },
    listeners: [{ name: "https", port: 443, protocol: "HTTPS" }],
  },
});
const ingress = resource("kubernetes:networking.k8s.io/v1:Ingress", {
  metadata: { name: "chat" },
  spec: {
    ingressClassName: "nginx",
    tls: [{ hosts: ["*.models.example.com"], secretName: "tls" }],
    rules: [{ host: "chat.models.example.com" }],
  },
});
const olderClass = 'metadata.annotations["kubernetes.io/ingress.class"]';
const gatewayApplication = changed(ingress, { "spec.ingressClassName": "azure-application-gateway" });

/** Rules about ways into a cluster. */
export const clusterTrafficTables: readonly RuleCases[] = [
  table(k8sLbInternal, gateway, {
    compliant: {
      "parameters of an object of its own": [{ "spec.infrastructure": { parametersRef: { name: "models" } } }],
      "an ingress of a controller that is installed elsewhere": [[ingress]],
      "an ingress of no class": [[changed(ingress, { "spec.ingressClassName": undefined })]],
      "parameters of Envoy Gateway with the word": [
        [
          resource("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {
            spec: { provider: { kubernetes: { envoyService: { annotations: word } } } },
          }),
        ],
      ],
      "parameters of agentgateway with the word": [
        [
          resource("kubernetes:agentgateway.dev/v1alpha1:AgentgatewayParameters", {
            spec: { service: { metadata: { annotations: word } } },
          }),
        ],
      ],
      "an application gateway with a private address": [
        [changed(gatewayApplication, { 'metadata.annotations["appgw.ingress.kubernetes.io/use-private-ip"]': "true" })],
      ],
      "parameters with a ClusterIP": [
        [
          resource("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {
            spec: { provider: { kubernetes: { envoyService: { type: "ClusterIP" } } } },
          }),
        ],
      ],
    },
    broken: {
      "a gateway of Application Gateway for Containers": [
        { "spec.gatewayClassName": "azure-alb-external" },
        'spec.gatewayClassName is "azure-alb-external"; must not be azure-alb-external',
      ],
      "a gateway of an older version of its kind": [
        [
          {
            ...changed(gateway, { "spec.infrastructure": undefined }),
            type: "kubernetes:gateway.networking.k8s.io/v1beta1:Gateway",
          },
        ],
        `spec.infrastructure.annotations${internal} is absent; must be "true" without parametersRef`,
      ],
      "parameters of agentgateway": [
        [resource("kubernetes:agentgateway.dev/v1alpha1:AgentgatewayParameters", { spec: { service: {} } })],
        `spec.service.metadata.annotations${internal} is absent; ${made}`,
      ],
      "parameters of Envoy Gateway": [
        [resource("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", { spec: {} })],
        `spec.provider.kubernetes.envoyService.annotations${internal} is absent; ${made}`,
      ],
      "parameters with ports of nodes": [
        [
          resource("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {
            spec: { provider: { kubernetes: { envoyService: { type: "NodePort" } } } },
          }),
        ],
        'spec.provider.kubernetes.envoyService.type is "NodePort"; must not be NodePort',
      ],
      "parameters of agentgateway with ports of nodes": [
        [
          resource("kubernetes:agentgateway.dev/v1alpha1:AgentgatewayParameters", {
            spec: { service: { spec: { type: "NodePort" } } },
          }),
        ],
        'spec.service.spec.type is "NodePort"; must not be NodePort',
      ],
      "an application gateway by the older annotation": [
        [changed(ingress, { "spec.ingressClassName": undefined, [olderClass]: "azure/application-gateway" })],
        'metadata.annotations["appgw.ingress.kubernetes.io/use-private-ip"] is absent; must be "true" for an application gateway',
      ],
      "an ingress of Application Gateway for Containers": [
        [changed(ingress, { "spec.ingressClassName": "azure-alb-external" })],
        'spec.ingressClassName is "azure-alb-external"; must not be azure-alb-external',
      ],
    },
    absent: {
      "the word": [
        { "spec.infrastructure": undefined },
        `spec.infrastructure.annotations${internal} is absent; must be "true" without parametersRef`,
      ],
      "the private address of an application gateway": [
        [gatewayApplication],
        'metadata.annotations["appgw.ingress.kubernetes.io/use-private-ip"] is absent; must be "true" for an application gateway',
      ],
    },
    unknown: {
      "the annotations": [{ "spec.infrastructure.annotations": unknownValue }, "?spec.infrastructure.annotations"],
      "the class of an ingress": [
        [changed(ingress, { "spec.ingressClassName": unknownValue })],
        "?spec.ingressClassName",
      ],
    },
    notApplicable,
  }),
  table(k8sNoExternalIps, service, {
    broken: {
      "an address": [{ "spec.externalIPs": ["203.0.113.9"] }, 'spec.externalIPs is ["203.0.113.9"]; must be absent'],
    },
    absent: { "the spec": [{ spec: undefined }] },
    unknown: { "the addresses": [{ "spec.externalIPs": unknownValue }, "?spec.externalIPs"] },
    notApplicable,
  }),
  table(k8sIngressTls, ingress, {
    compliant: {
      "two hosts, each of them named": [
        {
          "spec.tls": [{ hosts: ["a.example.com"] }, { hosts: ["b.example.com", "*.example.net"] }],
          "spec.rules": [{ host: "b.example.com" }, { host: "a.example.com" }, { host: "c.example.net" }],
        },
      ],
      "a certificate for what has no rules": [{ spec: { tls: [{ secretName: "tls" }] } }],
      "an annotation that is no snippet": [
        { 'metadata.annotations["nginx.ingress.kubernetes.io/ssl-redirect"]': "true" },
      ],
    },
    broken: {
      "no certificate at all, told of each host": [
        { "spec.tls": undefined, "spec.rules": [{ host: "a.example.com" }, { host: "b.example.com" }] },
        'spec.rules[0].host is "a.example.com"; must stand in spec.tls[].hosts',
        'spec.rules[1].host is "b.example.com"; must stand in spec.tls[].hosts',
      ],
      "a host that only ends like a named one": [
        { "spec.tls[0].hosts": ["models.example.com"], "spec.rules": [{ host: "chat.models.example.com" }] },
        'spec.rules[0].host is "chat.models.example.com"; must stand in spec.tls[].hosts',
      ],
      "a host beside a named one": [
        { "spec.tls[0].hosts": ["a.example.com"], "spec.rules": [{ host: "b.example.com" }] },
        'spec.rules[0].host is "b.example.com"; must stand in spec.tls[].hosts',
      ],
      "a star inside a name, which covers nothing": [
        { "spec.tls[0].hosts": ["a*.models.example.com"] },
        'spec.rules[0].host is "chat.models.example.com"; must stand in spec.tls[].hosts',
      ],
      "every host": [{ "spec.rules": [{ http: {} }] }, "spec.rules[0].host is absent; must stand in spec.tls[].hosts"],
      "a host that is no text": [
        { "spec.rules": [{ host: 7 }] },
        "spec.rules[0].host is 7; must stand in spec.tls[].hosts",
      ],
      "hosts of certificates that are no texts": [
        { "spec.tls[0].hosts": [7] },
        'spec.rules[0].host is "chat.models.example.com"; must stand in spec.tls[].hosts',
      ],
      "an empty list of certificates, without rules": [
        { spec: { tls: [] } },
        "spec.tls is []; must hold a certificate",
      ],
      "a host without a certificate": [
        { "spec.rules": [{ host: "other.example.com" }] },
        'spec.rules[0].host is "other.example.com"; must stand in spec.tls[].hosts',
      ],
      "a host two labels below a star": [
        { "spec.rules": [{ host: "a.b.models.example.com" }] },
        'spec.rules[0].host is "a.b.models.example.com"; must stand in spec.tls[].hosts',
      ],
      "a snippet": [
        { 'metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"]': "return 200;" },
        'metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"] is "set"; must be absent',
      ],
    },
    absent: { "rules and certificates": [{ spec: {} }, "spec.tls is absent; must hold a certificate"] },
    unknown: {
      "the certificates": [{ "spec.tls": unknownValue }, "?spec.tls"],
      "a host": [{ "spec.rules": [{ host: unknownValue }] }, "?spec.rules[0].host"],
      "a host of a certificate": [{ "spec.tls[0].hosts": [unknownValue] }, "?spec.tls[0].hosts[0]"],
      "a host of a certificate beside the one that covers": [{ "spec.tls[0].hosts[1]": unknownValue }],
    },
    notApplicable,
  }),
];
