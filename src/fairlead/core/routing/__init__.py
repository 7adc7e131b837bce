"""Does any address go in a circle? Routing tables in, the loops out.

`values` says what the words mean; `frr`, `ntc` and `comma` read tables; `wiring` says where a next hop leads; `paint`,
`classes` and `cycles` decide, on arrays; `analyse` puts them together. NumPy is imported by the modules that need it
and by nothing else in Fairlead, so import them only where a table is really checked.
"""
