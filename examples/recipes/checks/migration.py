"""Does a migration keep every order? Tried on a small copy of the tables, in memory."""

import sqlite3
import sys
from pathlib import Path

keep_rows = sys.argv[2] == "keep-rows"
database = sqlite3.connect(":memory:")
database.executescript("CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER, note TEXT);")
database.executemany("INSERT INTO orders (total, note) VALUES (?, ?)", [(100, "gift"), (250, None), (75, "")])
try:
    database.executescript(Path(sys.argv[1]).read_text("utf-8"))
    left = database.execute("SELECT count(*) FROM orders").fetchone()[0]
except sqlite3.Error as problem:
    print("the migration cannot be carried out:", problem)
    sys.exit(2)
print(f"{left} of 3 orders are left")
sys.exit(1 if keep_rows and left != 3 else 0)
