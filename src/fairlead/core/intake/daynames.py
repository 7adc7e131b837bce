"""The names of months and weekdays beyond English, as whole words: a short one such as “set” is a word elsewhere."""

from collections.abc import Iterable
from typing import Final

_MONTHS: Final = """
januar januari janvier enero gennaio janeiro jänner | februar februari février fevrier febrero febbraio fevereiro
märz maerz maart mars marzo março marco | avril abril aprile | mai mei mayo maggio maio | juni juin junio giugno junho
juli juillet julio luglio julho | augustus août aout agosto | septembre septiembre settembre setembro
oktober octobre octubre ottobre outubro | novembre noviembre novembro
dezember décembre decembre diciembre dicembre dezembro
"""
_SHORT: Final = {"mär": 3, "mrz": 3, "okt": 10, "dez": 12, "déc": 12, "févr": 2, "juil": 7}
_WEEKDAYS: Final = """
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
"""


def _months() -> dict[str, int]:
    rows = [row.split() for row in _MONTHS.replace("\n", "|").split("|") if row.strip()]
    return {name: number for number, names in enumerate(rows, 1) for name in names} | _SHORT


MONTHS_ELSEWHERE: Final = _months()
WEEKDAYS_ELSEWHERE: Final = tuple(_WEEKDAYS.split())


def any_of(names: Iterable[str]) -> str:
    """Return an expression that finds any of these names, the longest first."""
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"
