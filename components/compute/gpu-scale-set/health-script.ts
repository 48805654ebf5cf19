import { hugePagesKiB, hugePagesPath } from "./node-settings";
import type { NodeSetup } from "./node-setup";

/**
 * A small server in Python's standard library: 200 while all GPUs and InfiniBand ports are there, and the huge pages that were asked for, else
 * 503. Pages are counted each time: the kernel gives fewer where memory is in pieces, and whoever is root may take some back.
 */
export function healthScript({ gpus, gpuVendor, infinibandPorts, healthPort, settings }: NodeSetup): string {
  const listing = gpuVendor === "amd" ? '["rocm-smi", "--showid", "--csv"]' : '["nvidia-smi", "-L"]';
  const counted = gpuVendor === "amd" ? '"card"' : '"GPU "';
  const pages = settings === undefined ? null : hugePagesKiB(settings);
  const [what, more] =
    pages === null ? ["gpus and InfiniBand ports", ""] : ["gpus, InfiniBand ports and huge pages", ", EXPECTED_PAGES"];
  return `#!/usr/bin/env python3
import glob, http.server, subprocess

EXPECTED_GPUS = ${gpus}
EXPECTED_PORTS = ${infinibandPorts}
${pages === null ? "" : `EXPECTED_PAGES = ${pages.count}\n`}

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

${pages === null ? "" : countPages(hugePagesPath(pages.kiB))}
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            found = (gpus(), infiniband_ports()${pages === null ? "" : ", huge_pages()"})
        except Exception as error:
            found = str(error)
        healthy = found == (EXPECTED_GPUS, EXPECTED_PORTS${more})
        self.send_response(200 if healthy else 503)
        self.end_headers()
        self.wfile.write(("${what}: %s, expected %s\\n" % (found, (EXPECTED_GPUS, EXPECTED_PORTS${more}))).encode())

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", ${healthPort}), Health).serve_forever()
`;
}

function countPages(path: string): string {
  return `
def huge_pages():
    with open("${path}") as file:
        # More of them are no fault.
        return min(int(file.read()), EXPECTED_PAGES)

`;
}
