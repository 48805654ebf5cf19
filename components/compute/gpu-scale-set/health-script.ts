import type { NodeSetup } from "./node-setup";

/** A small server in Python's standard library: 200 while all GPUs and InfiniBand ports are there, else 503. */
export function healthScript({ gpus, gpuVendor, infinibandPorts, healthPort }: NodeSetup): string {
  const listing = gpuVendor === "amd" ? '["rocm-smi", "--showid", "--csv"]' : '["nvidia-smi", "-L"]';
  const counted = gpuVendor === "amd" ? '"card"' : '"GPU "';
  return `#!/usr/bin/env python3
import glob, http.server, subprocess

EXPECTED_GPUS = ${gpus}
EXPECTED_PORTS = ${infinibandPorts}


def gpus():
    if EXPECTED_GPUS == 0:
        return 0
    lines = subprocess.run(${listing}, capture_output=True, text=True, timeout=20).stdout.splitlines()
    return sum(line.startswith(${counted}) for line in lines)


def infiniband_ports():
    def read(path):
        with open(path) as file:
            return file.read()

    ports = glob.glob("/sys/class/infiniband/*/ports/1")
    return sum("InfiniBand" in read(port + "/link_layer") and "ACTIVE" in read(port + "/state") for port in ports)


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            found = (gpus(), infiniband_ports())
        except Exception as error:
            found = str(error)
        healthy = found == (EXPECTED_GPUS, EXPECTED_PORTS)
        self.send_response(200 if healthy else 503)
        self.end_headers()
        self.wfile.write(("gpus and InfiniBand ports: %s, expected %s\\n" % (found, (EXPECTED_GPUS, EXPECTED_PORTS))).encode())

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", ${healthPort}), Health).serve_forever()
`;
}
