"""The door: parses the command line and imports the rest only when it is needed."""


def main() -> int:
    """Run `fairlead`."""
    return 0
