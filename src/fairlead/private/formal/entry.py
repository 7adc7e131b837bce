"""How a page of the formal path begins: fresh sign-in, its own door, then the method."""

from fairlead.private.cases.entry import entrance
from fairlead.private.formal.door import open_packet

formal_path = entrance(open_packet, "packet_id")
