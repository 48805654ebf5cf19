/** Where a model answers. */
export interface ModelAddress {
  readonly hostName: string;
  /** What paths begin with, `/` where the host name is the model's own. */
  readonly path: string;
}

/**
 * Below a wildcard each model has a host name of its own, of one label, since a certificate for the wildcard covers no more. Behind a single
 * host name it has a path.
 */
export function modelAddress(model: string, team: string, gatewayHostName: string): ModelAddress {
  return gatewayHostName.startsWith("*.")
    ? { hostName: `${model}-${team}.${gatewayHostName.slice(2)}`, path: "/" }
    : { hostName: gatewayHostName, path: `/${team}/${model}` };
}

/** The address as people write it. */
export function addressText({ hostName, path }: ModelAddress): string {
  return path === "/" ? hostName : `${hostName}${path}`;
}
