"""A route whose every text is an attack, for the tests of all outputs."""

from __future__ import annotations

import json
from typing import Any, get_args, get_origin

import ruamel.yaml
from pydantic import BaseModel

from periplus.route.fields import Phrase

#: Each is text to show, and none of them anything else. Together they are one payload, since
#: every field must hold against every kind.
PAYLOADS = (
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{{7*7}}",
    "{% if x %}",
    "{# gone #}",
    "</script><img src=x onerror=alert(1)>",
    "<svg onload=alert(2)>",
    "</style></title></textarea>",
    "<!--periplus:data-->",
    "<!--periplus:policy-->",
    "${alert(3)} `tick` \\u003cimg src=x onerror=alert(4)\\u003e",
    "\"quoted\" 'single' & &amp; &lt;",
    "\u2028\u2029 \u202eright to left",
    "javascript:alert(5)",
)
PAYLOAD = " ".join(PAYLOADS)

#: Fields that are words for a reader. The others are codes, keys, numbers and addresses.
TEXT_FIELDS = frozenset(
    {
        "title", "summary", "author", "publisher", "note", "name", "name_as_printed", "kind",
        "description", "area", "group", "role", "of", "at_request_of", "what", "at",
        "speaker", "date_basis", "date_words", "value", "about", "reason", "attributed_to",
        "refused_at", "compulsion_basis", "notes", "roles",
    }
)  # fmt: skip


def hostile(text: str) -> str:
    """Return a route file with the payload in each of its texts, and in those it left out."""
    route = filled(text, PAYLOAD, " ".join(PAYLOADS[:6]))  # 40 words at most
    for source in route["sources"].values():
        source.update(title=PAYLOAD, author=PAYLOAD, publisher=PAYLOAD)
        source["url"] = "https://example.org/{{7*7}}?</script><b>&\"'`${x}"
    return written(route)


def filled(text: str, words: object, quote: str) -> Any:  # noqa: ANN401 - YAML
    """Return a route with these words for each of its texts, and for those it left out.

    Parameters
    ----------
    words
        A text, or texts by their languages.
    quote
        For what is quoted, and for what publications are called: that has one language.
    """
    yaml = ruamel.yaml.YAML(typ="safe", pure=True)
    route = _replaced(yaml.load(text), words, quote)
    route["notes"] = [words]
    for journey in route["journeys"]:
        for step in journey["path"]:
            step["note"] = words
            if "stop" in step:
                step["roles"] = [words]
                for attempt in step.get("attempts", ()):
                    attempt["by"] = words
            else:
                step["by"] = words
    for source in route["sources"].values():
        source.update(title=quote, author=quote, publisher=quote, note=words)
    return route


def _replaced(value: Any, words: object, quote: str, key: str = "") -> Any:  # noqa: ANN401 - YAML
    if isinstance(value, dict):
        if key in TEXT_FIELDS and isinstance(words, dict):
            return words
        # A text may stand in several languages, and a quote beside its translations.
        kind = {"translations": "quote"}.get(key, key if key in TEXT_FIELDS else "")
        return {
            name: _replaced(item, words, quote, kind or str(name)) for name, item in value.items()
        }
    if isinstance(value, list):
        return [_replaced(item, words, quote, key) for item in value]
    if key in ("quote", "name_as_printed"):
        return quote
    return words if key in TEXT_FIELDS else value


def written(value: Any) -> str:  # noqa: ANN401 - YAML
    """Write as JSON with dates as text, which YAML reads as it is, but for its line breaks."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


#: Texts of sources, which stand as they were published, without translations.
_PUBLISHED = frozenset({"title", "author", "publisher", "quote", "name_as_printed"})


def poisoned(record: Any, payload: str, found: set[str]) -> Any:  # noqa: ANN401 - any part of a route
    """Return a copy of a route with a payload in every text that its model has room for.

    Also in those that were left out. Each begins with the name of its field, which is noted in
    `found`; addresses, codes and the author's own notes stay.
    """
    if isinstance(record, tuple):
        return tuple(poisoned(item, payload, found) for item in record)
    if isinstance(record, dict):
        return {key: poisoned(item, payload, found) for key, item in record.items()}
    if not isinstance(record, BaseModel):
        return record
    changed: dict[str, Any] = {}
    for name, field in type(record).model_fields.items():
        label = f"{type(record).__name__}.{name}"
        text = Phrase(f"{label} {payload}")
        if _holds_text(field.annotation, name):
            found.add(label)
            changed[name] = (text,) if get_origin(field.annotation) is tuple else text
        else:
            changed[name] = poisoned(getattr(record, name), payload, found)
    return record.model_copy(update=changed)


def _holds_text(annotation: object, name: str) -> bool:
    parts = {annotation, *get_args(annotation)}
    parts |= {getattr(part, "__origin__", None) for part in parts}
    return Phrase in parts or (str in parts and name in _PUBLISHED)
