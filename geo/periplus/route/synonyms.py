"""Words that authors use for those of a route file: understood where they mean the same.

A word that is understood is told, so that nobody wonders what became of it; `periplus format`
writes the one that the model knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: By what a leg was travelled.
MODES: Mapping[str, str] = {
    **dict.fromkeys(("plane", "airplane", "aeroplane", "aircraft", "jet", "private jet"), "flight"),
    **dict.fromkeys(("fly", "air", "by air", "by plane"), "flight"),
    **dict.fromkeys(("car", "taxi", "cab", "bus", "coach", "truck", "lorry", "van"), "road"),
    **dict.fromkeys(("minibus", "motorcycle", "bicycle", "bike", "by car", "by bus"), "road"),
    **dict.fromkeys(("ferry", "ship", "boat", "dinghy", "yacht", "by sea", "by boat"), "sea"),
    **dict.fromkeys(("walk", "walking", "on foot", "hike", "by foot"), "foot"),
    **dict.fromkeys(("rail", "railway", "metro", "tram", "by train", "subway"), "train"),
}
#: Travel documents.
DOCUMENTS: Mapping[str, str] = {
    **dict.fromkeys(("passport", "international_passport"), "foreign_passport"),
    **dict.fromkeys(("id", "identity_card", "id_card"), "internal_passport"),
    **dict.fromkeys(("permit", "residence"), "residence_permit"),
    **dict.fromkeys(("asylum", "asylum_application"), "asylum_papers"),
}
#: What became of them.
STATES: Mapping[str, str] = {
    **dict.fromkeys(("granted", "given"), "issued"),
    **dict.fromkeys(("denied", "rejected", "declined"), "refused"),
    **dict.fromkeys(("cancelled", "canceled", "annulled", "withdrawn"), "revoked"),
    **dict.fromkeys(("requested", "applied"), "applied_for"),
    "shown": "presented",
}
#: By the field of a route file.
WORDS: Mapping[str, Mapping[str, str]] = {"leg": MODES, "document": DOCUMENTS, "state": STATES}
#: What is meant by names of fields that there are not; empty: a route has no such thing.
FIELDS: Mapping[str, str] = {
    **dict.fromkeys(("mode", "transport", "by_means", "vehicle"), "leg"),
    **dict.fromkeys(("place", "location", "where"), "stop"),
    **dict.fromkeys(("time", "when", "day", "hour", "datetime"), "date"),
    **dict.fromkeys(("text", "event", "happened"), "what"),
    **dict.fromkeys(("headline", "heading"), "title"),
    **dict.fromkeys(("link", "website", "web", "href"), "url"),
    **dict.fromkeys(("archive", "archived", "wayback"), "archived_url"),
    **dict.fromkeys(("latitude",), "lat"),
    **dict.fromkeys(("longitude", "lng", "long"), "lon"),
    **dict.fromkeys(("coordinates", "coords", "location_point"), "position"),
    **dict.fromkeys(("page", "paragraph", "line"), "at"),
    **dict.fromkeys(("citation", "words", "excerpt"), "quote"),
    **dict.fromkeys(("comment", "remark", "remarks"), "note"),
    **dict.fromkeys(("type", "category"), "kind"),
    **dict.fromkeys(("people", "persons", "count"), "number"),
    **dict.fromkeys(("state_of", "nation", "country_code"), "country"),
    **dict.fromkeys(("photo", "picture", "image", "video", "media", "audio", "file"), ""),
}


def meant(field: str, word: object) -> str | None:
    """Return the word of the model that another one means in a field; `None`: it means none."""
    if not isinstance(word, str):
        return None
    known = WORDS.get(field, {})
    bare = " ".join(word.casefold().replace("-", " ").split())
    return known.get(bare) or known.get(bare.replace(" ", "_"))
