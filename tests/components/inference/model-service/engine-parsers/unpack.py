"""Unpacks the programs in Python, and nothing compiled, out of the wheels of a folder into another one: `unpack.py FROM TO`."""

import pathlib
import sys
import zipfile

wheels, into = map(pathlib.Path, sys.argv[1:])
for wheel in sorted(wheels.glob("*.whl")):
    with zipfile.ZipFile(wheel) as packed:
        # What says the version is read by vLLM when it loads. Compiled parts are most of 300 MB, for GPUs.
        packed.extractall(into, [it for it in packed.namelist() if it.endswith((".py", "/METADATA"))])
