from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from houston.errors import Invalid, InvalidFields


@contextmanager
def called(names: Mapping[str, str]) -> Iterator[None]:
    """Complaints about the fields of a service or of a form in Slack, by the names that this API has."""
    try:
        yield
    except Invalid as error:
        raise Invalid(names.get(error.field, error.field), error.message) from error
    except InvalidFields as error:
        raise InvalidFields({names.get(name, name): said for name, said in error.errors.items()}) from error
