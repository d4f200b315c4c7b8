"""Which variables of the environment change what Periplus does, and which it sets."""

from __future__ import annotations

#: What those do that a user may set, as the reference says it. No other is asked.
VARIABLES = {
    "NO_COLOR": "if it is set and not empty, nothing on a terminal is coloured",
    "OPENBLAS_NUM_THREADS": "NumPy starts so many threads of its own; 1 unless it is set",
    "PYDANTIC_DISABLE_PLUGINS": "plugins that have a say in reading a route; none unless it is set",
    "SOURCE_DATE_EPOCH": "seconds since 1970: the moment at which files for GIS are made, they say",
    "XDG_STATE_HOME": "where it is noted which files a command wrote; ~/.local/state unless set",
}

#: What the command line takes for those that are not set. To look for a plugin takes 10 ms; nobody
#: here solves equations, and the threads that NumPy would start for that take 30 ms.
DEFAULTS = {"PYDANTIC_DISABLE_PLUGINS": "__all__", "OPENBLAS_NUM_THREADS": "1"}
