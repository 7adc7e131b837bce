"""The walk that suggests the kind of mistake (playbook section 6). A human answers and a human decides."""

from enum import IntEnum


class MistakeType(IntEnum):
    """The kind of mistake; a lower number is the milder one."""

    HONEST = 1
    SHORTCUT = 2
    REPEAT = 3
    BREACH = 4
