"""faults.example: the catalogue of what servers do wrong."""

HOSTS = {}


def catalogue():
    """The faults there are."""
    return []
