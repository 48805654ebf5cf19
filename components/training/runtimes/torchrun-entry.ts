/**
 * torchrun with an exit code that says why it ended: that of the process which failed first on its node, where torchrun itself says 1
 * whatever happened, and `podFailurePolicy` cannot tell a missing file from a broken GPU. A process that a signal ended has 128 and the
 * number of the signal, and a program that cannot be started has 126 or 127, all as a shell says it. Each node speaks for itself: one
 * whose processes broke off because those of another node had failed says 1 or a signal.
 * Sources: pytorch/pytorch:torch/distributed/launcher/api.py (launch_agent),
 * torch/distributed/elastic/multiprocessing/errors/__init__.py (ChildFailedError.get_first_failure) and api.py (SignalException)
 */
export const torchrunEntry = `import errno
import sys
import traceback

from torch.distributed.elastic.multiprocessing import SignalException
from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
from torch.distributed.run import main

sys.argv[0] = "torchrun"
try:
    main()
except ChildFailedError as failed:
    print(failed, file=sys.stderr)
    _, first = failed.get_first_failure()
    sys.exit(first.exitcode if first.exitcode > 0 else 128 - first.exitcode)
except SignalException as ended:
    sys.exit(128 + ended.sigval)
except OSError as failed:
    traceback.print_exc()
    sys.exit({errno.ENOENT: 127, errno.EACCES: 126, errno.ENOEXEC: 126}.get(failed.errno, 1))
`;
