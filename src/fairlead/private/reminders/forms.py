"""How somebody works and wants to be reminded, as a form."""

from typing import Any

from django import forms
from django.conf import settings

from fairlead.foundation.http import NotAllowedError, host_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class RemindersForm(forms.Form):
    """When and where somebody works, and how they are reminded."""

    working_week = forms.TypedMultipleChoiceField(
        label="Days on which I work",
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
    )
    zone = forms.CharField(label="My time zone", max_length=64, help_text="For example Europe/Berlin.")
    country = forms.CharField(
        label="Country",
        required=False,
        max_length=2,
        help_text="Two letters, such as DE or US; its public holidays count.",
    )
    region = forms.CharField(
        label="Region",
        required=False,
        max_length=10,
        help_text="Where it has holidays of its own, such as BY or NY.",
    )
    by_mail = forms.BooleanField(label="Remind me by e-mail", required=False)
    chat_url = forms.CharField(
        label="And in this chat",
        required=False,
        max_length=1000,
        help_text="The address of an incoming webhook of your own. It is kept sealed: whoever has it can write there.",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    quiet_from = forms.TimeField(
        label="Quiet from", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_to = forms.TimeField(label="until", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def clean_country(self) -> str:
        """Return the country in capitals."""
        country: str = self.cleaned_data["country"]
        return country.strip().upper()

    def clean_region(self) -> str:
        """Return the region in capitals."""
        region: str = self.cleaned_data["region"]
        return region.strip().upper()

    def clean_chat_url(self) -> str:
        """Refuse a server this organisation does not allow, before anything is sent there."""
        url: str = self.cleaned_data["chat_url"].strip()
        if url:
            try:
                host_of(url, hosts=settings.FAIRLEAD_CHAT_HOSTS, private=settings.FAIRLEAD_PRIVATE_HOSTS)
            except NotAllowedError as refused:
                allowed = ", ".join(settings.FAIRLEAD_CHAT_HOSTS) or "none"
                raise forms.ValidationError(f"{refused} Allowed: {allowed}.") from None
        return url

    @classmethod
    def of(cls, account: Any, how: Any) -> "RemindersForm":
        """Return the form filled with how it is now."""
        return cls(
            initial={
                "working_week": [int(day) for day in account.working_week],
                "zone": account.zone,
                "country": account.country,
                "region": account.region,
                "by_mail": how.by_mail,
                "chat_url": how.chat_url,
                "quiet_from": how.quiet_from,
                "quiet_to": how.quiet_to,
            }
        )
