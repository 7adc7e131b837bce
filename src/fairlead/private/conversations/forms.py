"""Forms of the conversation."""

import uuid

from django import forms

from fairlead.private.conversations.models import Remark

_MOST = 2_000_000_000  # what the smallest of our databases counts to


class SaveForm(forms.Form):
    """One save of one page. `words` keeps its white space: it is somebody's text."""

    words = forms.CharField(required=False, strip=False)
    sitting = forms.UUIDField()
    edit = forms.IntegerField(min_value=0, max_value=_MOST)
    base = forms.IntegerField(min_value=0, max_value=_MOST)

    def clean_words(self) -> str:
        """Return the words with the line ends of the page; a browser sends those of a form."""
        words: str = self.cleaned_data["words"]
        return words.replace("\r\n", "\n")


class ReadForm(forms.Form):
    """That somebody has read a page; `seen` is when the page was made."""

    seen = forms.DateTimeField(required=False)


class RemarkForm(forms.Form):
    """A remark on something in the case."""

    remark_id = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.ChoiceField(choices=Remark.About.choices, widget=forms.HiddenInput)
    subject = forms.RegexField(r"^[\w-]{1,40}$", widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="I want to", choices=[("add", "add something"), ("contest", "say that I see it differently")]
    )
    words = forms.CharField(label="In my words", widget=forms.Textarea(attrs={"rows": 4}), required=False)

    @classmethod
    def about_this(cls, about: str, subject: str) -> "RemarkForm":
        """Return an empty form for a remark on one thing."""
        initial = {"remark_id": uuid.uuid4(), "about": about, "subject": subject}
        return cls(initial=initial, auto_id=f"id_{about}_{subject}_%s")
