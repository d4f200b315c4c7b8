"""The one error that the build raises on purpose."""


class BuildError(Exception):
    """The build cannot go on; the message names the cause and the way out."""
