import { z } from "zod";

/** A name as Kubernetes takes it for Secrets and issuers. */
const objectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "must be the name of an object in Kubernetes, for example models");

/** Choices for the gateway of models. */
export const inferenceGatewaySettings = z.strictObject({
  /**
   * Name in DNS that requests are for: one name, or `*.` and a domain for all names below it, of which each model takes one. The record
   * is yours: it points to the address that the Gateway shows once it has one.
   */
  hostName: z
    .string()
    .max(253)
    .regex(
      /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "must be a name in DNS in lowercase, or *. and a domain, for example *.models.example.com",
    ),
  /** Where the certificate for `hostName` comes from: one of the three. There is no default. */
  tls: z.strictObject({
    /**
     * A ClusterIssuer of cert-manager, which you have made: `certManager` then makes the certificate and renews it. For a name with `*.` an
     * issuer of ACME must solve DNS-01.
     */
    issuer: objectName.exactOptional(),
    /** A Secret of type `kubernetes.io/tls`, which you put into the namespace `inference-gateway`. */
    secret: objectName.exactOptional(),
    /** No TLS: requests, and the keys and prompts in them, cross the network in plain text, on port 80. */
    off: z.literal(true).exactOptional(),
  }),
  /**
   * Which address it has. `internal`: a private one, in the subnet of the nodes, for the network and its peers with
   * `mayReach: [nodes]`. `public`: one on the internet, for `allowedSources` alone, if the group of the subnet lets them in. The gateway
   * asks nobody who they are: what a request may do is for the model, or for something before it.
   */
  exposure: z.enum(["internal", "public"]).default("internal"),
  /**
   * IPv4 ranges that requests may come from, for example `203.0.113.0/24`. Azure enforces them at the load balancer. Default: with
   * `internal` whoever the network lets in; `public` must have some.
   */
  allowedSources: z.array(z.string()).min(1).exactOptional(),
});
export type InferenceGatewaySettings = z.output<typeof inferenceGatewaySettings>;
