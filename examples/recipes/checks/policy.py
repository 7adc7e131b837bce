"""Does a policy written in Rego deny this plan? Evaluated with regopy."""

import json
import sys
from pathlib import Path

from regopy import Interpreter

try:
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    rules = plan["rules"]
except (ValueError, KeyError, TypeError) as problem:
    print("this is not a plan:", problem)
    sys.exit(2)
rego = Interpreter()
rego.add_module("open_ports", (Path(__file__).parent / "open_ports.rego").read_text("utf-8"))
rego.set_input(plan)
denied = json.loads(str(rego.query("data.ports.deny")))["expressions"][0]
print("\n".join(denied) or f"{len(rules)} rules looked at")
sys.exit(1 if denied else 0)
