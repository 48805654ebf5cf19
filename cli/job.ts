import { ClusterError } from "../verification/cluster-choice";
import { readJobArguments } from "./job-arguments";
import type * as JobStack from "./job-stack";
import { runCommand } from "./run-command";
import { stackCommand } from "./stack-command";

const help = `Submits training jobs of a team on whole nodes, and says how they do: why one waits, its place in the queue, what it costs an
hour, where it runs. Copies data between the team's claims: into Lustre before it is read, and checkpoints to where they are kept.
Works with the rights of the team's people.

  npm run job -- submit ENVIRONMENT [SCRIPT] --team T --gpus N [--runtime R] [--image I] [--name N] [--priority P] [--env K=V]...
                 [--arg A]... [--volume C=P]... [--checkpoint C=P] [--secret S]... [--follow] [--dry-run] [--kubeconfig F] [--context C]
                 [--json]
  npm run job -- copy   ENVIRONMENT --from C:P --to C:P --team T [--parts N] [--image I] [--name N] [--follow] [--dry-run]
  npm run job -- list   ENVIRONMENT --team T
  npm run job -- show   ENVIRONMENT NAME --team T
  npm run job -- why    ENVIRONMENT NAME --team T
  npm run job -- cancel ENVIRONMENT NAME --team T

  ENVIRONMENT     name of a stack file in stacks/ or examples/, or the path of any stack file
  SCRIPT          the program, a file that ends in .py or .sh, at most 900 KiB: it goes with the job. Without one the first --arg is a
                  program of the image, or what the runtime takes in its place
  NAME            name of a job, as list shows it
  --team T        a training team of the environment
  --gpus N        GPUs of whole nodes, all in one InfiniBand domain
  --runtime R     how the program is started on the nodes, default torch-ib: components/training has the others
  --image I       what the program runs in; default, for torch-ib alone: PyTorch as the vendor of the GPUs builds it. Of a copy: an
                  image with bash, coreutils and findutils, default Azure Linux
  --name N        name of the job, default that of the script and some letters
  --priority P    production or idle, default neither
  --env K=V       a variable of the program; may be given several times. It can be read in the cluster: no place for secrets
  --arg A         an argument of the program; may be given several times. One that begins with a hyphen: --arg=--lr
  --volume C=P    mount the team's claim C at the path P; may be given several times
  --checkpoint C=P  the same for what the program saves: it finds the path in CHECKPOINT_DIR
  --secret S      mount the team's secret S: the program reads it in /mnt/secrets-store/S/S; may be given several times
  --from C:P      what is copied: all below the folder P of the team's claim C, or one file; blob: is all of claim blob
  --to C:P        the folder that it goes to. What is there already, as long and not older, is not copied again
  --parts N       pods that share the files, default 2; each takes one CPU and 2 GiB beside the team's GPU nodes
  --follow        tell each change, and what the first process says, until the job ends. Ctrl-C leaves the job alone
  --dry-run       print the objects that would be made, as YAML, and touch no cluster
  --kubeconfig F  how to reach the cluster; default: what kubectl would take
  --context C     context of it; default: the current one, whose cluster must have the name that the environment gives it
  --json          print for machines
  --help          print this text

Exit code: 0 done, 1 the job that was followed has failed, 2 bad input, or the cluster cannot be reached or refuses, 130 Ctrl-C, 143
asked to end.
`;

const main = stackCommand(help, readJobArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { jobStack } = require("./job-stack") as typeof JobStack;
  return jobStack(file, command);
});

runCommand(main, (error) => error instanceof ClusterError);
