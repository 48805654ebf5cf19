/**
 * Program for Python that makes sums between all GPUs with NCCL, or RCCL, and prints one line of JSON. Bus bandwidth is what
 * nccl-tests call so: it does not depend on the number of GPUs, and is what the floors are given in.
 * Source of the factor: NVIDIA/nccl-tests:doc/PERFORMANCE.md
 */
export const allReduceProgram = `import json
import os
import time

import torch
import torch.distributed as dist

device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
torch.cuda.set_device(device)
dist.init_process_group("nccl", device_id=device)
rank, ranks = dist.get_rank(), dist.get_world_size()

# Whole numbers, which a float holds exactly.
sums = torch.full((1 << 20,), rank + 1.0, device=device)
dist.all_reduce(sums)
wrong = (sums != ranks * (ranks + 1) / 2).sum()
dist.all_reduce(wrong)

size = int(os.environ["MESSAGE_BYTES"])
# Sums, since switches of NVLink make no averages. What begins with ones stays a number: 25 sums of 16 ranks come to 2 ** 100.
message = torch.ones(size // 4, device=device)
times = 20
for _ in range(5):
    dist.all_reduce(message)
torch.cuda.synchronize()
dist.barrier()
torch.cuda.synchronize()
begin = time.monotonic()
for _ in range(times):
    dist.all_reduce(message)
torch.cuda.synchronize()
# The slowest decides.
elapsed = torch.tensor(time.monotonic() - begin, device=device, dtype=torch.float64)
dist.all_reduce(elapsed, op=dist.ReduceOp.MAX)
seconds = elapsed.item() / times
if rank == 0:
    bus = size / seconds * 2 * (ranks - 1) / ranks / 1e9
    print(json.dumps({"ranks": ranks, "bytes": size, "busGBps": round(bus, 2), "wrong": int(wrong.item())}), flush=True)
dist.destroy_process_group()
`;
