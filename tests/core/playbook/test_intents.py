"""Every line the playbook must have (playbook.md §18) is there, and says what it must say.

The list is written from the design, not from the file: each intent with the words that carry it. One of
its lines has to hold them all (in any case, anywhere in the line).
"""

import pytest

from fairlead.core.playbook.contents import all_lines
from fairlead.core.playbook.reader import load_default

INTENTS = {
    # Opening
    "opening.thank_you": ["thank you for coming"],
    "opening.today_was_hard": ["today was hard"],
    "opening.how_are_you": ["how are you"],
    # Reply to "I feel terrible"
    "reply.i_can_see_that": ["i can see that"],
    "reply.go_through_it_together": ["go through it together"],
    # Facts
    "facts.what_you_meant_to_do": ["walk me through", "mean to do"],
    "facts.what_you_saw": ["did you see"],
    "facts.not_an_interrogation": ["not an interrogation"],
    "facts.do_they_grasp_the_impact": ["what did it do to customers"],
    # Impact
    "impact.size": ["the size of it"],
    "impact.who_was_hit": ["customers were hit"],
    "impact.serious": ["it was serious"],
    "impact.no_piling_on": ["not going to pile on"],
    # Person
    "person.not_who_you_are": ["a mistake", "not who you are"],
    "person.trust_your_ability": ["i still trust your ability"],
    "person.find_out_how_to_prevent": ["we will find out how to prevent it"],
    # Systems
    "systems.besides_more_care": ["besides more care", "would have prevented"],
    # The four types
    "type1.followed_the_process": ["you followed the process"],
    "type1.gap_in_our_testing": ["a gap in our testing", "not in your work"],
    "type2.why_the_step_was_skipped": ["help me understand", "step", "skipped"],
    "type2.what_the_pressure_was": ["what was the pressure"],
    "type2.full_process_when_time_is_short": ["the full process", "even when time is short"],
    "type2.i_move_the_date": ["i move the date"],
    "type3.third_time": ["this is the third time"],
    "type3.what_stops_the_change": ["what stops the agreed change"],
    "type4.rule_exists_for_this": ["rule exists for exactly this"],
    "type4.help_me_understand": ["help me understand"],
    # Asks
    "ask.specific_behaviour": ["on every change", "even when it is late"],
    "ask.come_before_you_skip": ["come to me before you skip"],
    "ask.help_build_the_test": ["help", "build the better test"],
    # Offers
    "offer.process": ["i will see that the process changes"],
    "offer.training": ["training", "you get it"],
    "offer.important_work": ["you stay on", "important work"],
    "offer.more_frequent_talks": ["for some weeks", "talk more often"],
    # Team
    "team.passed_our_process": ["a configuration error passed", "our process"],
    "team.these_improvements": ["these are the improvements"],
    "team.fewer_whoever_makes_the_change": ["fewer incidents", "whoever makes the change"],
    # Leadership
    "leadership.right_or_fast": ["we make people choose", "right", "fast"],
    "leadership.makes_incidents": ["makes incidents"],
    # Weeks
    "weeks.how_are_you": ["how are you"],
    "weeks.what_i_see": ["here is what i see"],
    "weeks.meaningful_work": ["work that matters", "i would like you to take it"],
    # The follow-up, phase by phase (§11)
    "weeks.how_work_feels": ["how does it feel to be at the keyboard"],
    "weeks.promises_in_practice": ["what we promised", "yours first or mine first"],
    "weeks.my_own_debt": ["i have not delivered this yet", "here is the new day"],
    "weeks.what_grew": ["differently now"],
    "weeks.ready_to_close": ["anything still open", "close this"],
    "signals.too_far": ["i trust you with these"],
    "signals.too_little": ["what got in the way"],
    "wellbeing.peers_first": ["somebody here has had such a day too"],
    "wellbeing.professional_help": ["confidential help", "without telling me"],
    "wellbeing.ask_about_self_harm": ["are you thinking of hurting yourself"],
    # Closure
    "closure.what_grew": ["what has grown"],
    "closure.closed": ["i consider it closed"],
    "closure.full_confidence": ["full confidence"],
    # Second talk
    "second.same_kind": ["the same kind of mistake"],
    "second.after_support": ["after the support"],
    "second.cannot_go_on": ["it cannot go on"],
    "second.what_happens_next_time": ["what happens next time"],
}


@pytest.fixture(scope="module")
def lines():
    return all_lines(load_default())


@pytest.fixture(scope="module")
def intents():
    return {intent.key: intent.lines for intent in load_default().intents}


def test_the_playbook_maps_exactly_the_intents_of_the_design(intents):
    assert set(intents) == set(INTENTS)


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_is_said_by_one_of_its_lines(intent, intents, lines):
    texts = [lines[line].text.lower() for line in intents[intent]]
    assert any(all(word in text for word in INTENTS[intent]) for text in texts), texts


@pytest.mark.parametrize("number", [1, 2, 3, 4, None])
def test_movement_six_asks_offers_and_keeps_real_work_and_support_for_every_type(number):
    guide = load_default().agree_guide(number)
    assert guide.opening
    assert guide.asks
    assert len(guide.offers) >= 3
    assert guide.closing


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_types_that_stay_in_the_team_keep_work_and_more_talks(number):
    offers = " ".join(line.text.lower() for line in load_default().type_guide(number).offers)
    assert "you stay on" in offers
    assert "talk" in offers
