"""The first draft for the team names nobody, and does not announce a list that is not there."""

from fairlead.core.playbook.reader import load_default
from fairlead.core.team_draft import TeamFacts, team_draft

TEAM = load_default().team


def test_what_is_not_known_stands_in_brackets_to_be_filled():
    draft = team_draft(TEAM, TeamFacts())
    assert "[what customers saw]" in draft
    assert "[how it came about]" in draft
    assert "on their way:" not in draft


def test_improvements_are_listed_after_their_sentence():
    draft = team_draft(TEAM, TeamFacts(improvements=("a dry run by 3 May", "a canary by 9 May")))
    assert "on their way:\n\n- a dry run by 3 May\n- a canary by 9 May" in draft


def test_without_an_announcing_sentence_nothing_is_taken_away():
    short = type(TEAM)(
        subject=TEAM.subject,
        template=("It lasted {duration}.", "{improvements}"),
        no_improvements_yet=TEAM.no_improvements_yet,
        dos=(),
        donts=(),
        talking_points=(),
        who_did_it=TEAM.who_did_it,
        what_leadership_line=TEAM.what_leadership_line,
    )
    assert "It lasted 1 h." in team_draft(short, TeamFacts(duration="1 h"))
