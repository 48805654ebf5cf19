import { list, read, record, text } from "../../../core/property-tree";
import { type Props, toProps, type Value } from "../../../core/property-value";

/** Where the webhooks of a manager answer, on this machine. */
export interface WebhookAddress {
  readonly port: number;
  /** PEM file, in base64, that their certificate is checked with. Null: the manager itself writes that into its webhooks. */
  readonly caBundle: string | null;
}

/**
 * The objects of a chart for a manager that runs beside the cluster, as a program: its webhooks are asked on this machine. All else
 * stays as the chart has it, but for API services, which nobody answers.
 */
export function outsideCluster(objects: readonly Props[], address: WebhookAddress): Props[] {
  const asked = new Set(objects.flatMap((it) => clientConfigs(it).map((config) => text(config, "service.name"))));
  return objects
    .filter(({ kind }) => kind !== "APIService")
    .map((object) => {
      const isAsked = object["kind"] === "Service" && asked.has(text(object, "metadata.name"));
      // The API server's own resolver follows such a name, and checks the certificate against that of the service.
      return isAsked && address.caBundle === null
        ? { ...object, spec: { type: "ExternalName", externalName: "localhost", ports: [{ port: address.port }] } }
        : redirected(object, address);
    });
}

/** Whom the API server asks for an object: webhooks, and for a CRD what converts between its versions. */
function clientConfigs(object: Props): readonly (Value | undefined)[] {
  const conversion = read(object, "spec.conversion.webhook.clientConfig");
  return [...list(object, "webhooks").map((it) => read(it, "clientConfig")), conversion];
}

function redirected(object: Props, address: WebhookAddress): Props {
  const lead = (to: Value | undefined): Props => {
    const webhook = toProps(to);
    return { ...webhook, clientConfig: clientConfig(record(webhook, "clientConfig"), address) };
  };
  const spec = record(object, "spec");
  const conversion = record(spec, "conversion");
  return {
    ...object,
    ...(object["webhooks"] !== undefined && { webhooks: list(object, "webhooks").map(lead) }),
    ...(conversion["webhook"] !== undefined && {
      spec: { ...spec, conversion: { ...conversion, webhook: lead(conversion["webhook"]) } },
    }),
  };
}

function clientConfig(config: Props, { port, caBundle }: WebhookAddress): Props {
  const service = record(config, "service");
  if (caBundle === null) return { ...config, service: { ...service, port } };
  return { url: `https://127.0.0.1:${port}${text(service, "path") ?? ""}`, caBundle };
}
