"""The playbook: the framework's words, cadence and lists as data, read and checked.

`schema` holds the frozen values, `reader` turns TOML into them, `default/` is the one we ship.
"""
