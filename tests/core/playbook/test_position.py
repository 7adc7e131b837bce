"""Finding the line that a path of a playbook means."""

import pytest

from fairlead.core.playbook.position import nearest_line

TEXT = """\
id = 'x'

[walk]
introduction = 'i'

[[walk.questions]]
key = 'a'
answers = [
  { key = 'yes' },
]

[[walk.questions]]
key = 'b'

[[types]]
key = 'one'
[types.movement6]
glance = 'g1'
[[types]]
key = 'two'
[types.movement6]
glance = 'g2'

[intents]
'opening.how' = ['x']
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("id", 1),
        ("walk.introduction", 4),
        ("walk.questions[0].key", 7),
        ("walk.questions[0].answers[0].key", 8),
        ("walk.questions[1].text", 12),
        ("types[0].movement6.glance", 18),
        ("types[1].movement6.glance", 22),
        ("types[1].movement6.opening[3].text", 21),
        ("intents.opening.how", 25),
        ("walk", 3),
        ("team", None),
        ("idle", None),
    ],
)
def test_the_nearest_line_to_a_path_is_found(path, line):
    assert nearest_line(TEXT, path) == line
