"""What a position rests on: said in words, held to the gazetteer, kept from hidden people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from outputs import Subject
from periplus.checking import check_document, read_to_show
from periplus.checking.positions import GAZETTEER_KM, is_of_the_gazetteer
from periplus.errors import InputError
from periplus.route.places import Named
from periplus.route.reading import parse_document
from periplus.shipped import case_names, shipped
from periplus.views.text import places as pasted
from periplus.world.gazetteer import look_up
from rendered import route_of

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = shipped("tests", "golden", "plain.yaml").read_text(encoding="utf-8")
RIGA = "{lon: 24.1, lat: 56.95, precision: settlement, evidence: [{source: log}]}"
WITHOUT_URL = PLAIN.replace("    url: https://example.org/log\n", "")
NAMED = PLAIN.replace("identity: anonymous", "identity: named")


def at_riga(text: str, basis: str, **changed: str) -> str:
    """Return a route with another position of its first stop."""
    fields = {"lon": "24.1", "lat": "56.95", "precision": "settlement", "basis": basis}
    quoted = "evidence: [{source: log, quote: The square is in the picture.}]"
    told = ", ".join(f"{key}: {value}" for key, value in (fields | changed).items())
    assert RIGA in text
    return text.replace(RIGA, f"{{{told}, {quoted}}}")


def codes(text: str) -> set[str]:
    """Return the codes of what is found on positions."""
    found = check_document(parse_document(text, "route.yaml")).faults
    return {fault.code for fault in found} & {"PER203", "PER508", "PER509", "PER607", "PER608"}


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("gazetteer", "Drawn at the gazetteer's position of Riga."),
        ("source", "Drawn at the position that the source gives for Riga."),
        ("editor", "Drawn where the editor placed Riga on a map."),
        ("geolocated", "Drawn where a published geolocation places Riga."),
        ("inferred", "Drawn at Riga: an inference of the editor."),
    ],
)
def test_a_position_says_on_what_it_rests(basis: str, words: str) -> None:
    """Each basis has a sentence of its own."""
    scene = Subject(at_riga(PLAIN, basis)).scene
    (told,) = (each for each in scene.stops[0].statements if each.label == "Position")
    assert told.text == words


def test_a_position_without_a_basis_claims_none() -> None:
    """Nothing is claimed of a gazetteer that nobody named, wherever the position is."""
    scene = Subject(PLAIN).scene
    (told,) = (each for each in scene.stops[0].statements if each.label == "Position")
    assert told.text == "Drawn at the position given for Riga; on what it rests is not said."


def test_the_gazetteer_is_claimed_only_where_it_has_the_place() -> None:
    """Within 2 km of a place of that name in that country."""
    assert codes(at_riga(PLAIN, "gazetteer")) == set()
    riga = look_up("Riga")[0]
    near, beyond = (f"{riga.lat + part * GAZETTEER_KM / 111.2:.4f}" for part in (0.9, 1.1))
    assert codes(at_riga(PLAIN, "gazetteer", lon=f"{riga.lon}", lat=near)) == set()
    assert codes(at_riga(PLAIN, "gazetteer", lon=f"{riga.lon}", lat=beyond)) == {"PER508"}
    assert codes(at_riga(PLAIN, "editor", lat=beyond)) == set()
    assert codes(at_riga(PLAIN, "gazetteer", of="The house of a friend")) == set()  # Riga is there
    named = at_riga(PLAIN, "gazetteer").replace("name: Riga", "name: His house")
    assert codes(named) == {"PER508"}
    assert codes(at_riga(PLAIN, "gazetteer").replace("LVA", "EST")) >= {"PER508"}


def test_an_unknown_basis_is_refused() -> None:
    """With the words that are known."""
    assert codes(at_riga(PLAIN, "satellite")) == {"PER203"}


def test_a_geolocation_is_one_that_others_published() -> None:
    """A source that can be read, and its words."""
    assert codes(at_riga(NAMED, "geolocated", precision="settlement")) == set()
    assert codes(at_riga(WITHOUT_URL, "geolocated")) == {"PER509"}
    unquoted = at_riga(NAMED, "geolocated").replace(", quote: The square is in the picture.", "")
    assert codes(unquoted) == {"PER509"}


def test_no_geolocation_stands_beside_a_withheld_stop() -> None:
    """Nor is anything shown of such a route: before the stop, and after it."""
    first = PLAIN.index("      - stop: riga")
    second = PLAIN.index("      - stop: lisbon")
    swapped = (
        PLAIN[:first]
        + PLAIN[first:second].replace("stop: riga", "stop: lisbon")
        + PLAIN[second:].replace("stop: lisbon", "stop: riga", 1)
    )
    assert codes(at_riga(PLAIN, "geolocated")) == set()
    assert codes(at_riga(swapped, "geolocated")) == {"PER607"}
    assert codes(at_riga(swapped, "editor")) == set()


def test_a_geolocated_site_never_leads_to_somebody_in_hiding(tmp_path: Path) -> None:
    """Whoever is not named in full, and whoever has a stop withheld, may be in hiding."""
    assert codes(at_riga(PLAIN, "geolocated", precision="site")) == {"PER608"}
    assert codes(at_riga(NAMED, "geolocated", precision="site")) == {"PER608"}  # a stop is withheld
    end = NAMED.index("      - leg:", NAMED.index("      - stop: lisbon"))
    file = tmp_path / "route.yaml"
    open_ = at_riga(NAMED[:end], "geolocated", precision="site")
    assert codes(open_) == set()
    file.write_text(open_)
    read_to_show(file)
    file.write_text(open_.replace("identity: named", "identity: first_name"))
    with pytest.raises(InputError, match="PER608"):
        read_to_show(file)


@pytest.mark.parametrize("name", case_names())
def test_the_shipped_routes_say_what_each_position_rests_on(name: str) -> None:
    """And where they say that it is the gazetteer's, it is."""
    for place in route_of(name).places.values():
        if isinstance(place, Named) and place.position is not None:
            position = place.position
            assert position.basis is not None
            assert (position.basis == "gazetteer") <= is_of_the_gazetteer(place, position)


def test_what_a_look_up_gives_to_paste_is_the_gazetteers() -> None:
    """It says so, and that is right."""
    text = pasted.render_yaml(look_up("Riga")[:1])
    assert "basis: gazetteer" in text
