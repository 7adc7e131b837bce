"""The four steps have a sentence for every area, and no two steps say the same."""

import pytest

from fairlead.core.impact_scale import Area, Step, step_words


@pytest.mark.parametrize("area", Area)
def test_every_step_has_its_own_sentence(area):
    sentences = [step_words(area, step) for step in Step]
    assert len(set(sentences)) == 4
    assert all(
        sentence.endswith(".") and not any(letter.isdigit() for letter in sentence) for sentence in sentences
    )


def test_a_flooded_support_desk_is_called_one():
    assert step_words(Area.SUPPORT, Step.HEAVY) == "The support desk was flooded."
