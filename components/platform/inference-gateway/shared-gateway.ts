/** The gateway that inference teams share. Routes, network policies and people name it, so its names never change. */
export const sharedGateway = { namespace: "inference-gateway", name: "models" } as const;
