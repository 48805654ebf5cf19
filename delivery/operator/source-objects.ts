import type { KubernetesObject } from "../../core/kubernetes-object";
import { sourceName } from "./names";
import type { SourceSettings } from "./operator-settings";

/** How often Flux looks for something new. */
const interval = "5m";

/** Flux's source in one namespace. What nobody signed it never hands out: the check is not left out by any setting. */
export function sourceObject(source: SourceSettings, namespace: string): KubernetesObject {
  const apiVersion = "source.toolkit.fluxcd.io/v1";
  const metadata = { name: sourceName, namespace };
  if (source.kind === "oci") {
    const { url, tag, signedBy } = source;
    const verify = { provider: "cosign", matchOIDCIdentity: [{ issuer: signedBy.issuer, subject: signedBy.subject }] };
    return {
      apiVersion,
      kind: "OCIRepository",
      metadata,
      spec: { interval, url, ref: { tag }, provider: "azure", verify },
    };
  }
  const { url, branch, signersSecret } = source;
  const azure = /^https:\/\/([\w-]+@)?dev\.azure\.com\//.test(url);
  return {
    apiVersion,
    kind: "GitRepository",
    metadata,
    spec: {
      ...{ interval, url, ref: { branch } },
      provider: azure ? "azure" : "generic",
      verify: { mode: "HEAD", secretRef: { name: signersSecret } },
    },
  };
}
