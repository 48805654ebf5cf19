import { z } from "zod";
import { limits } from "../../catalog/limits";
import { cpuPoolShape } from "../../components/cluster/cpu-pool/shape";

/** Pools without GPUs of the AKS cluster, by key: the name of the AKS pool. */
export const cpuPoolsSection = z.record(
  z.string().regex(limits.aksPoolName.pattern, limits.aksPoolName.rule),
  cpuPoolShape,
);
