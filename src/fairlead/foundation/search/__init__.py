"""Search: one table of what can be found, and an index over its words. `index` keeps it, `finding` asks it."""
