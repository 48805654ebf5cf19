/**
 * The gateway that inference teams share. Routes, network policies and people name it, so its names never change. All models are behind
 * it, so a drained node must not take all of its pods away.
 */
export const sharedGateway = { namespace: "inference-gateway", name: "models", replicas: 2 } as const;
