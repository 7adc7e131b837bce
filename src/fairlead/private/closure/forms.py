"""The forms of the closure."""

from django import forms

from fairlead.private.closure.models import Closure


class StatementForm(forms.Form):
    """What was said aloud."""

    statement = forms.CharField(
        label="What you said",
        error_messages={"required": "Write down what you said. The engineer reads it before they answer."},
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Drafted from what the two of you recorded. Make it yours, say it in person, then send.",
    )


class AnswerForm(forms.Form):
    """What the engineer answers."""

    answer = forms.ChoiceField(
        label="Is it closed for you too?",
        choices=[choice for choice in Closure.Answer.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Your words", required=False, widget=forms.Textarea(attrs={"rows": 5}))
