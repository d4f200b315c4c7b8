"""What a map says of itself: one sentence for a card, and who answers for it."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from periplus.route.fields import Model, Phrase, Text

#: What a card has room for, in characters.
LONGEST_SHORT = 110
#: What ends a sentence, in any script, and what may stand after that: closing quotes, brackets.
_ENDS = re.compile(
    "[.!?\u0589\u061f\u06d4\u0964\u1362\u104b\u17d4\u3002][\"'\u00bb\u2019\u201d)\\]]*$"
)
#: What stands for words that were left out.
_CUT = re.compile("\u2026|\\.\\.")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_WEB = re.compile(r"https?://[!-~]+")


def _sentence(short: Phrase) -> Phrase:
    for text in (short, *short.translations.values()):
        if len(text) > LONGEST_SHORT:
            message = f"has {len(text)} characters: a card has room for {LONGEST_SHORT}"
            raise ValueError(message)
        if _CUT.search(text) or not _ENDS.search(text):
            message = "is no whole sentence: write one that ends, and leaves nothing out"
            raise ValueError(message)
    return short


def _contact(text: str) -> str:
    if not (_MAIL.fullmatch(text) or _WEB.fullmatch(text)):
        message = "is no address: write that of a mailbox, or of a page that begins with https://"
        raise ValueError(message)
    return text


#: A whole sentence that a card has room for.
Short = Annotated[Phrase, AfterValidator(_sentence)]
#: Where a reader writes to.
Contact = Annotated[Text, AfterValidator(_contact)]


class Credit(Model):
    """Who made a map, and where errors are reported: it stands on the map as it is written.

    Attributes
    ----------
    by
        Who made it: a byline.
    line
        What else is owed, such as the name of a newsroom.
    corrections
        Where errors are reported: an address of mail, or of a page.
    """

    by: Phrase | None = None
    line: Phrase | None = None
    corrections: Contact | None = None

    @property
    def address(self) -> str:
        """What a link to the corrections leads to; nothing, where there is none."""
        contact = self.corrections or ""
        return contact if _WEB.fullmatch(contact) or not contact else f"mailto:{contact}"
