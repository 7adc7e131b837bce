"""What an organisation has declared about words that look like somebody, or like one of its machines."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final

from fairlead.core.deidentify.accents import plain_letters
from fairlead.core.deidentify.tasks import is_mailbox_of_task
from fairlead.core.deidentify.words import word_list

FEW: Final = 5  # privacy.md: a role held by fewer than this many points at somebody


@dataclass(frozen=True, slots=True)
class Declared:
    """Words, machines, addresses and mailboxes that say nothing about a person, and how many hold a role.

    `words` are products, vendors and teams. `hosts` are names of machines or domains ("shop.example.com" also covers
    what is below it). `networks` are addresses or networks in CIDR form. `mailboxes` are e-mail addresses of tasks.
    `roles` are pairs of a role and the number of people who hold it. Letter case does not matter anywhere.
    """

    words: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    roles: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError, with the entry in it, for a network that is none."""
        for network in self.networks:
            ip_network(network, strict=False)

    def plain_words(self) -> frozenset[str]:
        """Return the declared words in lower case and without accents, each part of a longer one by itself too."""
        whole = {plain_letters(word).lower() for word in self.words}
        return frozenset(whole | {part for word in whole for part in word.split()})

    def covers_host(self, name: str) -> bool:
        """Tell whether this machine, or a domain above it, is declared harmless."""
        lowered = name.lower().rstrip(".")
        return any(
            lowered == host or lowered.endswith("." + host)
            for host in (declared.lower().strip(".") for declared in self.hosts)
        )

    def covers_address(self, written: str) -> bool:
        """Tell whether this address is declared harmless, or points at no machine. Raises ValueError if it is none."""
        address = ip_address(written)
        return any(address in network for network in (*_HARMLESS, *map(_network, self.networks)))

    def covers_mailbox(self, address: str) -> bool:
        """Tell whether this e-mail address belongs to a task: declared, or called so."""
        lowered = address.lower()
        return lowered in {one.lower() for one in self.mailboxes} or is_mailbox_of_task(lowered)


def _network(written: str) -> IPv4Network | IPv6Network:
    return ip_network(written, strict=False)


_HARMLESS: Final = tuple(_network(written) for written in sorted(word_list("harmless_networks")))
