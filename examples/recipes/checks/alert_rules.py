"""Do the alert rules still fire when they must? Runs promtool's tests, and tells a failed one from a broken file."""

import shutil
import subprocess
import sys
from pathlib import Path

here = Path(__file__).parent
work = Path(sys.argv[2])
shutil.copy(sys.argv[1], work / "rules.yml")
shutil.copy(here / "alert_rules_test.yml", work / "test.yml")

checked = subprocess.run(
    ["promtool", "check", "rules", "rules.yml"], cwd=work, capture_output=True, text=True
)
if checked.returncode:
    print(checked.stdout + checked.stderr)
    sys.exit(2)  # the rules cannot be read at all: that is no answer
tested = subprocess.run(["promtool", "test", "rules", "test.yml"], cwd=work, capture_output=True, text=True)
said = tested.stdout + tested.stderr
print(said)
# promtool ends with 1 for a failed test, a missing file and broken YAML alike, so its words decide.
if tested.returncode == 0 and "SUCCESS" in said:
    sys.exit(0)
sys.exit(1 if "FAILED:" in said and "got:" in said else 2)
