"""Prints classes of a generated SDK as JSON, each with its inputs and outputs by the names of the schema: classes.py PACKAGE MODULE:CLASS..."""

import importlib
import inspect
import json
import sys

package = importlib.import_module(sys.argv[1])


def names(of: type) -> list[str]:
    # By this attribute Pulumi itself finds the name of a property.
    getters = [it.fget for _, it in inspect.getmembers(of, lambda it: isinstance(it, property))]
    return sorted(it._pulumi_name for it in getters if hasattr(it, "_pulumi_name"))


classes = {}
for wanted in sys.argv[2:]:
    module, name = wanted.split(":")
    found = getattr(package, module)
    classes[wanted] = {"inputs": names(getattr(found, f"{name}Args")), "outputs": names(getattr(found, name))}
print(json.dumps(classes))
