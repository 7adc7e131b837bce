"""Writes what is made of the rule files: the index beside them and the pages in docs/rules. Run by `make rules`."""

import json
import sys
from pathlib import Path

from fairlead.core.language.building import build_gate, build_index, rule_files, whole_rules
from fairlead.core.language.index import GATE, INDEX
from fairlead.core.language.pages import overview, page

RULES = Path(__file__).parent.parent / "core" / "language" / "rules"


def made(root: Path) -> dict[Path, str]:
    """Return every file that is made of the rules, with its text. `root` is the repository."""
    texts = rule_files()
    rules = whole_rules(texts)
    docs = root / "docs" / "rules"
    pages = {docs / f"{rule['id']}.md": page(rule) for rule in rules}
    index = build_index(texts)
    gate = build_gate(index)
    return {
        RULES / INDEX: _as_json(index),
        RULES / GATE: _as_json(gate),
        docs / "README.md": overview(rules),
        **pages,
    }


def _as_json(written: object) -> str:
    return json.dumps(written, indent=0, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> int:
    """Write them all, below the directory given or the current one."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path.cwd()
    for path, text in made(root).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
