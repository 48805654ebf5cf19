"""Runs a program inline, through the Automation API, and prints what came of it as JSON: run.py FOLDER preview|up|destroy."""

import json
import runpy
import sys

from pulumi import automation

folder, action = sys.argv[1:]


def program() -> None:
    runpy.run_path(folder)


stack = automation.create_or_select_stack("lab", project_name="infiniband-cluster", program=program)
try:
    if action == "preview":
        print(json.dumps({"changes": stack.preview().change_summary}))
    elif action == "up":
        changes = stack.up().summary.resource_changes
        print(json.dumps({"changes": changes, "deployment": stack.export_stack().deployment}))
    else:
        print(json.dumps({"changes": stack.destroy().summary.resource_changes}))
except automation.CommandError as error:
    sys.exit(str(error))
