"""The labelled sentences: many, half clean, the parts without a shared template, and the coach right often enough."""

import re

import pytest
from benchmarks.coach_quality import clean_marked, table

from tests.core.language.labelled import part

PARTS = ("train", "test")
RUN = 5


def runs(name):
    found = set()
    for sentence in part(name):
        words = re.findall(r"[\w']+", sentence.words.lower())
        found.update(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))
    return found


def test_there_are_600_sentences_and_half_are_clean():
    every = [sentence for name in PARTS for sentence in part(name)]
    assert len(every) >= 600
    assert sum(not sentence.labels for sentence in every) * 2 >= len(every)
    assert {sentence.english for sentence in every} == {"us", "gb", "in", "nn"}
    assert {sentence.field for sentence in every} == {"network", "platform", "database", "security"}


def test_the_parts_share_no_run_of_five_words():
    assert not (runs("train") | runs("fresh")) & runs("test")


@pytest.mark.parametrize("name", PARTS)
def test_the_coach_reaches_its_figures(name):
    for code, (right, wrong, missed) in table(name).items():
        assert right / (right + wrong) >= 0.9, code
        assert right / (right + missed) >= 0.8, code
    marked, clean = clean_marked(name)
    assert marked / clean <= 0.05
