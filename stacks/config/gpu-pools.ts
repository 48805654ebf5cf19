import { z } from "zod";
import { gpuPoolShape } from "../../components/cluster/gpu-pool/shape";

/** GPU pools of the AKS cluster, by key. */
export const gpuPoolsSection = z.record(
  z.string().regex(/^[a-z][a-z0-9]{0,8}$/, "must be 1 to 9 lowercase letters or digits and start with a letter"),
  gpuPoolShape,
);
