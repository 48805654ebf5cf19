import { tools } from "./script-parts";

/** TCP port at which the second node of a test waits for the mpirun of the first. */
export const launchPort = 18550;

/**
 * What mpirun calls to start its daemon on the other node, where others have SSH: `agent HOST COMMAND...`. It sends the command there, with
 * the key of the test, and stays until the daemon has ended, because mpirun takes the end of one for that of the other. Where nobody
 * is there, or goes before that, it leaves a file that says so: that tells nothing of the nodes. For perl, with its own modules alone.
 * Source: openpmix/prrte:src/mca/plm/ssh/plm_ssh_module.c (v3, of Open MPI 5)
 */
export const launchAgent = String.raw`#!/usr/bin/perl
use strict;
use warnings;
use IO::Socket::INET;
my ($host, @command) = @ARGV;
my ($key, $from, $patience) = @ENV{qw(PAIR_KEY PAIR_FROM PAIR_PATIENCE)};
my $until = time + $patience;
my $other;
until ($other = IO::Socket::INET->new(LocalAddr => $from, PeerAddr => $host, PeerPort => ${launchPort}, Timeout => 5)) {
  fail("Couldn't connect to $host at port ${launchPort}\n") if time >= $until;
  select undef, undef, undef, 0.2;
}
print $other "$key @command\n";
my $code;
while (<$other>) {
  if (/^== ended (\d+)$/) { $code = $1 } else { print STDERR $_ }
}
fail("$host has ended the connection\n") unless defined $code;
exit $code;
sub fail {
  open my $file, '>', '/tmp/nobody' or die "No file: $!\n";
  print $file @_;
  die @_;
}
`;

/**
 * The other end: `listener OWN-ADDRESS OTHER-ADDRESS SECONDS-TO-WAIT SECONDS-TO-RUN`. It runs one command, for the other node of the
 * test alone, with the key of the test, and only Open MPI's daemon. Who comes otherwise is sent away, and it goes on waiting. When the
 * other side has gone, or time is up, the daemon ends, too.
 */
export const launchListener = String.raw`#!/usr/bin/perl
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use POSIX qw(WNOHANG setpgid);
my ($own, $other, $patience, $limit) = @ARGV;
my $key = delete $ENV{PAIR_KEY};
my $variable = qr{[A-Z_]+=[\w/.:-]*(?:\$[A-Z_]+)? ?; ?export [A-Z_]+ ?; ?};
my $argument = qr{ +(?:[\w/.:,\@=+-]+|"[^"\$\x60\\]*")};
my $daemon = qr{^(?:$variable)*${tools.mpi}/bin/prted(?:$argument)* *\z};
my $door = IO::Socket::INET->new(LocalAddr => $own, LocalPort => ${launchPort}, Listen => 5, ReuseAddr => 1)
  or die "Couldn't listen at $own: $!\n";
$SIG{ALRM} = sub { die "Nobody came who may start something here\n" };
alarm $patience;
my ($client, $command);
until ($client) {
  my $caller = $door->accept or next;
  my $line = ($caller->peerhost // '') eq $other ? <$caller> // '' : '';
  ($command) = $line =~ /^\Q$key\E (.*)\n\z/;
  if (defined $command && $command =~ $daemon) { $client = $caller } else { print STDERR "Sent a caller away\n" }
}
alarm 0;
close $door;
my $pid = fork // die "Couldn't fork: $!\n";
if ($pid == 0) {
  setpgid 0, 0;
  open STDIN, '<', '/dev/null';
  open STDOUT, '>&', $client;
  open STDERR, '>&', $client;
  exec 'bash', '-c', $command or exit 127;
}
my ($ended, $until, $calls) = (0, time + $limit, IO::Select->new($client));
until ($ended = waitpid $pid, WNOHANG) {
  last if $calls->can_read(0.1) || time >= $until;
}
if ($ended) {
  print $client "\n== ended ", $? == 0 ? 0 : $? >> 8 || 1, "\n";
  exit 0;
}
kill 'TERM', -$pid;
for (1 .. 100) {
  exit 1 if waitpid $pid, WNOHANG;
  select undef, undef, undef, 0.1;
}
kill 'KILL', -$pid;
exit 1;
`;
