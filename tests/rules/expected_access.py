"""What everybody must get at every address, written by hand from the design.

Nothing here may be taken from the deciding code: this table is what that code is held against. Each answer is a row
of four statuses for GET, POST, PUT and DELETE, where POST carries a form that is right in every field.

200 a page · 302 done, or sent on · 401 sign in first (scripts) · 404 nothing here, in the same bytes for whatever is
not there and whatever is not yours · 405 not this way · 409 not now or not you, with the reason · 422 the form says why
"""

METHODS = ("GET", "POST", "PUT", "DELETE")
STATES = ("none", "open", "ended", "agreed")  # no case; open, not talked yet; talked; agreed

# In the organisation of the test: the two of the case; three raters of whom one is in time; and everybody else.
INSIDERS = ("manager", "engineer")
OUTSIDERS = (
    "teammate",
    "other_manager",
    "hr",
    "director",
    "operator",
    "former_manager",  # led this case until the grant ended
    "late_rater",  # the time to read has run out
    "early_rater",  # the time to read has not begun
    "next",  # manages the engineer too, and is asked to go on with this case
)
ACTORS = ("anonymous", *INSIDERS, "rater", *OUTSIDERS)
MANAGE_A_TEAM = {"manager", "other_manager", "former_manager", "rater", "late_rater", "early_rater", "next"}
WORK_IN_A_TEAM = MANAGE_A_TEAM | {"engineer", "teammate"}

SENT_TO_SIGN_IN = "302 302 302 302"
NOTHING_HERE = "404 404 404 404"
NOT_YOU = "409 409 409 409"
PAGE = "200 405 405 405"
FORM = "200 302 405 405"
BUTTON = "405 302 405 405"

# --- our talk: rows for the two; the second rater and everybody else find nothing ----------------------------------
# A row is one text for every state of the case, or one for each of open, ended, agreed.

OUR_TALK: dict[str, dict[str, str | tuple[str, str, str]]] = {
    "talk": {"manager": PAGE, "engineer": PAGE},
    "talk_live": {"manager": (PAGE, PAGE, NOT_YOU), "engineer": NOT_YOU},
    "talk_heartbeat": {
        "manager": ("405 200 405 405", "405 200 405 405", NOT_YOU),
        "engineer": NOT_YOU,
    },
    "talk_end": {"manager": (BUTTON, BUTTON, NOT_YOU), "engineer": NOT_YOU},
    "talk_notes": {"manager": PAGE, "engineer": PAGE},
    "talk_notes_save": {"manager": BUTTON, "engineer": NOT_YOU},
    "talk_account": {"manager": PAGE, "engineer": PAGE},
    "talk_account_save": {"manager": NOT_YOU, "engineer": BUTTON},
    "talk_remark": {"manager": BUTTON, "engineer": BUTTON},
    "talk_read": {"manager": BUTTON, "engineer": BUTTON},
    # Something is missing in every state of the test, so that agreeing is refused.
    "talk_agree": {"manager": ("405 409 405 405", "405 409 405 405", NOT_YOU), "engineer": NOT_YOU},
    "talk_walk": {"manager": ("409 409 405 405", FORM, FORM), "engineer": NOT_YOU},
    "talk_type": {"manager": PAGE, "engineer": PAGE},
    # Somebody has been asked already in every state of the test.
    "talk_second_invite": {"manager": "405 409 405 405", "engineer": NOT_YOU},
    "second_look": {"manager": NOT_YOU, "engineer": NOT_YOU},
    # Nothing earlier is there to look back at in the test.
    "again": {"manager": "200 422 405 405", "engineer": "200 409 405 405"},
    # A formal path is open in every state of the test, and it leads there.
    "formal_begin": {"manager": "302 302 405 405", "engineer": NOT_YOU},
    "who_reads": {"manager": PAGE, "engineer": PAGE},
    # Somebody is asked already in every state of the test, and the manager leads it.
    "hand_over": {"manager": "200 422 405 405", "engineer": NOT_YOU},
    "hand_over_withdraw": {"manager": BUTTON, "engineer": NOT_YOU},
    "hand_over_answer": {"manager": NOT_YOU, "engineer": FORM},
    "go_on": {"manager": NOT_YOU, "engineer": "200 422 405 405"},
    "end_alone": {"manager": NOT_YOU, "engineer": "405 409 405 405"},
    "my_copy": {"manager": NOT_YOU, "engineer": PAGE},
    "closure": {"manager": PAGE, "engineer": PAGE},
    "closure_growth": {"manager": BUTTON, "engineer": NOT_YOU},
    # Something is missing in every state of the test, nothing was said aloud, and nobody asked for a debt.
    "closure_say": {"manager": "405 422 405 405", "engineer": NOT_YOU},
    "closure_answer": {"manager": NOT_YOU, "engineer": "405 422 405 405"},
    "checkin_excuse": {"manager": "405 409 405 405", "engineer": "405 409 405 405"},  # it is to come
    "debt_ask": {"manager": "405 409 405 405", "engineer": NOT_YOU},
    "debt_answer": {"manager": NOT_YOU, "engineer": "405 409 405 405"},
    "promise_make": {"manager": FORM, "engineer": FORM},
    # The manager wrote the promise of the test, so that only the engineer accepts it.
    "promise_answer": {"manager": "405 409 405 405", "engineer": BUTTON},
    "promise_reply": {"manager": FORM, "engineer": FORM},
    "first_checkin": {"manager": FORM, "engineer": FORM},
    "follow_up": {"manager": PAGE, "engineer": PAGE},
    "checkin": {"manager": FORM, "engineer": FORM},
    "checkin_words": {"manager": BUTTON, "engineer": BUTTON},
    "checkin_move": {"manager": FORM, "engineer": FORM},
    "signal_note": {"manager": FORM, "engineer": FORM},
    "signal_reply": {"manager": BUTTON, "engineer": BUTTON},
    "leave_enter": {"manager": FORM, "engineer": FORM},
    "leave_drop": {"manager": BUTTON, "engineer": BUTTON},
    "pace": {"manager": FORM, "engineer": FORM},
    "talk_message": {"manager": PAGE, "engineer": PAGE},
    "talk_message_save": {"manager": BUTTON, "engineer": NOT_YOU},
    "talk_message_offer": {"manager": BUTTON, "engineer": NOT_YOU},
    "talk_message_read": {"manager": NOT_YOU, "engineer": BUTTON},
    "talk_message_release": {"manager": ("405 409 405 405", BUTTON, BUTTON), "engineer": NOT_YOU},
}

# The one page of the second rater; the answer to a posted view is a word of thanks.
OF_THE_RATER = {"second_look": "200 200 405 405"}

# --- the formal path: rows for its three; everybody else finds nothing -----------------------------------------------
# HR has taken it on in every state of the test, and nothing that has to be there before a decision is.

FORMAL = {
    "formal": {"manager": PAGE, "engineer": PAGE, "hr": PAGE},
    "formal_pdf": {"manager": PAGE, "engineer": PAGE, "hr": PAGE},
    "formal_json": {"manager": PAGE, "engineer": PAGE, "hr": PAGE},
    "formal_answer": {"manager": NOT_YOU, "engineer": NOT_YOU, "hr": NOT_YOU},
    "formal_withdraw": {"manager": BUTTON, "engineer": NOT_YOU, "hr": NOT_YOU},
    "formal_note": {"manager": FORM, "engineer": NOT_YOU, "hr": FORM},
    "formal_reply": {"manager": NOT_YOU, "engineer": FORM, "hr": NOT_YOU},
    "formal_hold": {"manager": NOT_YOU, "engineer": NOT_YOU, "hr": FORM},
    "formal_hold_end": {"manager": NOT_YOU, "engineer": NOT_YOU, "hr": FORM},
    "formal_decide": {"manager": NOT_YOU, "engineer": NOT_YOU, "hr": "200 422 405 405"},
}
OF_HR = {"formal_list": (PAGE, "404 405 405 405")}  # for HR; for everybody else

# What somebody is asked is theirs alone, whoever else knows of it.
OFFERED = {"offered": {"next": FORM}}

# A notice is its reader's alone. A wrong method is told before anything is looked up, to everybody alike.
NOTICE_OF_THE_ENGINEER = FORM
NOTICE_OF_SOMEBODY_ELSE = "404 404 405 405"

# --- getting ready: whoever manages a team --------------------------------------------------------------------------

PREPARATION = {  # for whoever manages a team; for everybody else
    "prepare": (PAGE, "404 405 405 405"),
    "prepare_for": (PAGE, "404 405 405 405"),
    "prepare_done": (BUTTON, "405 404 405 405"),
    "rehearse": (PAGE, "404 405 405 405"),
    "mirror": (PAGE, "404 405 405 405"),
    "rehearse_with": ("200 200 405 405", "404 404 405 405"),
    "prepare_card": (PAGE, "404 405 405 405"),
    "talk_begin": (FORM, "404 404 405 405"),
}
# Managers of other teams cannot choose this engineer.
BEGIN_WITH_SOMEBODY_ELSES_ENGINEER = "200 422 405 405"
CAN_CHOOSE_THE_ENGINEER = {"manager", "former_manager", "next"}

# Asking for the talk oneself: whoever has a manager; for everybody else there is nobody to ask.
ASK_FOR_THE_TALK = {"talk_ask": (BUTTON, "405 409 405 405")}
HAVE_A_MANAGER = {"engineer", "teammate", "manager", "former_manager", "next"}  # two manage their team

# --- the commons: everybody reads, whoever works in a team writes ---------------------------------------------------

COMMONS = {  # for whoever works in a team; for everybody else who is signed in
    "search": (PAGE, PAGE),
    "incidents": (PAGE, PAGE),
    "incident": (PAGE, PAGE),
    "incident_record": (FORM, "200 422 405 405"),
    "text_add": (FORM, "200 422 405 405"),
    "incident_by_hand": (FORM, "200 422 405 405"),
    "imports": ("200 422 405 405", "200 422 405 405"),  # without a file the form says so
    "adopt": ("200 422 405 405", "200 422 405 405"),  # without a file the form says so
    "log_start": (FORM, "200 422 405 405"),
    "log_begin": (BUTTON, "405 409 405 405"),
    "incident_change": (FORM, "200 422 405 405"),
    "timeline": (PAGE, PAGE),
    "entry_add": (FORM, "200 422 405 405"),
    "entry": (FORM, "200 422 405 405"),
    "entry_move": (BUTTON, "405 422 405 405"),
    "moment": (FORM, "200 422 405 405"),
    "moment_move": (BUTTON, "405 422 405 405"),
    "impact": (FORM, "200 422 405 405"),
    "factors": (PAGE, PAGE),
    "alike": (PAGE, PAGE),
    "factor_question": (FORM, "200 422 405 405"),
    "factor_drop": (BUTTON, "405 409 405 405"),
    "improvement_plan": (FORM, "200 422 405 405"),
    "improvements": (PAGE, PAGE),
    "conditions": (PAGE, PAGE),
    "debts": (PAGE, PAGE),
    "debt": (FORM, "200 422 405 405"),
    "improvement": (PAGE, PAGE),
    "improvement_change": (FORM, "200 422 405 405"),
    "improvement_done": (FORM, "200 422 405 405"),
    "improvement_drop": (FORM, "200 422 405 405"),
    "improvement_reopen": ("200 422 405 405", "200 422 405 405"),  # the one of the test is open
    "improvement_follow": (BUTTON, BUTTON),
    "waiver_ask": (FORM, "200 422 405 405"),
    "waiver_sign": (FORM, "200 422 405 405"),  # somebody else than all of these asked for the one of the test
    "waiver_end": (BUTTON, "405 409 405 405"),
    "coach": ("405 200 405 405", "405 200 405 405"),
    "lessons": (PAGE, PAGE),
    "lesson": (PAGE, PAGE),
    "lesson_write": (FORM, "200 422 405 405"),
    "lesson_change": (FORM, "200 422 405 405"),
    "lesson_try": ("405 200 405 405", "405 422 405 405"),
    "lesson_rate": (BUTTON, "405 422 405 405"),
    "lesson_show": ("405 409 405 405", "405 409 405 405"),  # the one of the test is not proved
    "lesson_mute": (BUTTON, "405 409 405 405"),
    "lesson_answer": (BUTTON, BUTTON),
    "decision_day": (FORM, "200 422 405 405"),
    # The review of the test's incident is published; its draft is nothing to whoever works in no team.
    "review": (PAGE, PAGE),
    "review_publication": (PAGE, PAGE),
    "review_file": (PAGE, PAGE),
    "review_write": (PAGE, "404 405 405 405"),
    "review_save": (BUTTON, "405 404 405 405"),
    "review_publish": (FORM, "404 404 405 405"),
    "review_template": (FORM, "200 422 405 405"),
    "export": (PAGE, PAGE),
    "harmless": (FORM, "200 422 405 405"),
    "harmless_withdraw": (BUTTON, "405 409 405 405"),
}

# --- sources: whoever responded; for everybody else there is nothing, with every method ------------------------------

FORM_LEADS_ON = "302 302 405 405"
SOURCES = {
    "source": PAGE,
    "source_let_in": BUTTON,
    "source_file": PAGE,
    "source_publish": BUTTON,
    "source_erase": FORM,
    # The source of the test was never a file to import, so that these lead to where it is looked over.
    "import_run": FORM_LEADS_ON,
    "import_progress": "302 405 405 405",
    "log": PAGE,
    "log_add": BUTTON,
    "log_since": PAGE,
    "log_line": FORM,
    "log_role": BUTTON,
    "log_moment": "405 422 405 405",  # one of the two leads, and this moment is known
    "log_update": "200 200 405 405",
    "incident_confirm": "302 302 405 405",  # on record already, so that it leads there
    "text_look_over": "302 302 405 405",  # likewise
}
RESPONDED = {"teammate", "other_manager"}  # one brought it in, the other was let in

# --- one's own: everybody who is signed in, for themselves; and what whoever runs the server says for all -------------

OWN = {
    "reminders": FORM,
    "calendar_make": "405 200 405 405",  # its address is shown this once
    "calendar_end": BUTTON,
    "help_now": PAGE,
}
OPERATORS = {
    "help_words": (FORM, "404 404 405 405"),
    "retention": (FORM, "404 404 405 405"),
}  # for an operator; for everybody else

# --- the door: for whoever is not signed in; for everybody who is ---------------------------------------------------

DOOR = {
    # Nobody has set a secret here, so that there is nothing to deliver to; who is signed in makes no difference.
    "hook_pagerduty": ("405 404 405 405", "405 404 405 405"),
    "hook_alertmanager": ("405 404 405 405", "405 404 405 405"),
    "today": (PAGE, PAGE),
    "presence": ("401 401 401 401", "200 200 200 200"),
    "calendar_feed": (PAGE, PAGE),  # its secret is the key; a calendar program signs in nowhere
    "api_nothing": ("404 404 404 404", "404 404 404 404"),  # the API's own answer, in its own shape
}
