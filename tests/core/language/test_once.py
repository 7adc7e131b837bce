"""Of several findings in one place the most serious is said, then the most exact."""

from fairlead.core.language import lint
from fairlead.core.language.once import once

(ONE,) = lint("You were careless.", audience="private")
WARNING = ONE._replace(start=4, end=17, level="warning")


def test_a_place_is_spoken_of_once():
    longer, softer, harder = (
        WARNING._replace(start=0),
        WARNING._replace(end=8, level="suggestion"),
        WARNING._replace(start=0, end=30, level="error"),
    )
    apart = WARNING._replace(start=40, end=50)
    assert once([longer, WARNING, apart]) == (WARNING, apart)
    assert once([softer, WARNING]) == (WARNING,)
    assert once([WARNING, harder]) == (harder,)
    assert once([WARNING, apart], [(0, 5)]) == (apart,)
    assert once([WARNING, WARNING._replace(start=17, end=20)]) == (
        WARNING,
        WARNING._replace(start=17, end=20),
    )
