package ports

import rego.v1

deny contains words if {
	some rule in input.rules
	rule.source == "0.0.0.0/0"
	rule.port != 443
	words := sprintf("port %v is open to everybody", [rule.port])
}
