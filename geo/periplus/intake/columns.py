"""Which column of a table says what: by its name in several languages, else by what is in it.

Nothing is taken in silence: what was guessed is told, and `--columns` says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from periplus.errors import UsageError, did_you_mean
from periplus.intake.rows import COLUMNS
from periplus.route.worded_dates import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: What columns are called, in small letters and without accents, by what they say.
_NAMES: Mapping[str, str] = {
    "journey": "journey journeys route trip folder layer reise viaje trajet маршрут путешествие "
    "подорож podroz seyahat الرحلة",
    "traveller": "traveller travellers traveler travelers person persons people who reisender "
    "reisende voyageur persona viajero путешественник человек кто подорожній podrozny yolcu "
    "المسافر مسافر",
    "mode": "mode transport means travel_mode mode_of_transport by leg verkehrsmittel moyen "
    "medio транспорт способ transportu srodek_transportu ulasim وسيلة",
    "place": "place stop location city town locality site place_name placename name toponym "
    "address ort stadt halt ortsname lieu ville etape lugar ciudad parada luogo citta localita "
    "cidade plaats stad место город населенный_пункт остановка місце місто miejsce miasto "
    "przystanek yer sehir konum المكان مكان مدينة المدينة ადგილი ქალაქი 場所 地点 地名 地點 都市",
    "country": "country state nation iso3 country_code ccode land staat pays pais paese страна "
    "країна kraj panstwo ulke البلد دولة ქვეყანა 国 國家 国家",
    "lat": "lat latitude y lat_dd breite breitengrad latitud latitudine широта szerokosc "
    "szerokosc_geograficzna enlem خط_العرض عرض 緯度 纬度",
    "lon": "lon lng long longitude x lon_dd lange langengrad longitud longitudine долгота "
    "довгота dlugosc dlugosc_geograficzna boylam خط_الطول طول 経度 经度",
    "position": "position coordinates coords latlon lat_lon latlng lat_long gps koordinaten "
    "coordonnees coordenadas координаты координати wspolrzedne koordinat إحداثيات",
    "precision": "precision accuracy genauigkeit точность",
    "basis": "basis position_basis",
    "kind": "kind type category art typ categorie tipo тип вид rodzaj tur النوع",
    "date": "date when day dates start start_date from_date begin datum tag beginn jour debut "
    "fecha dia data дата когда день dzien tarih التاريخ تاريخ თარიღი 日付 日期",
    "until": "until end end_date to to_date datum_ende ende fin hasta fine до конец по koniec "
    "bitis",
    "source": "source sources source1 source_1 publication reference citation quelle quellen "
    "fuente fonte источник джерело zrodlo kaynak المصدر مصدر წყარო 出典 来源",
    "url": "url link source_url web website href adresse lien enlace ссылка посилання adres "
    "baglanti الرابط",
    "at": "at page pages paragraph where_in_source seite pagina страница сторінка strona sayfa "
    "صفحة",
    "quote": "quote quotation excerpt words zitat citation_textuelle cita citazione цитата cytat "
    "alinti اقتباس ციტატა 引用",
    "note": "note notes description desc text comment comments remarks details beschreibung "
    "notiz bemerkung descripcion nota descrizione описание заметка примечание опис примітка opis "
    "uwagi aciklama not الوصف ملاحظة შენიშვნა 説明 备注",
    "more": "more",
}
_BY_NAME = {name: column for column, names in _NAMES.items() for name in names.split()}
#: One name alone may say two things; these rather say another, where both are there.
_RATHER = {"name": ("place", "traveller")}
_KNOWN = (*COLUMNS, "position")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def comparable(name: str) -> str:
    """Return the name of a column as it is compared: small letters, without accents and marks."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate({0x131: "i", 0x142: "l"}))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return "_".join(re.findall(r"\w+", bare)).strip("_")


_BY_COMPARABLE = {comparable(name): column for name, column in _BY_NAME.items()}


def recognized(header: Sequence[str]) -> int:
    """Return how many names of a header are known."""
    return len(
        {_BY_COMPARABLE[it] for name in header if (it := comparable(name)) in _BY_COMPARABLE}
    )


def guessed(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the number of the column for what each of them says, as far as that can be told."""
    found: dict[str, int] = {}
    for number, name in enumerate(header):
        column = _BY_COMPARABLE.get(comparable(name))
        if column and column not in found:
            found[column] = number
    if "place" in found and comparable(header[found["place"]]) == "name":
        others = (n for n, name in enumerate(header) if _is_a_place(name) and n != found["place"])
        found["place"] = next(others, found["place"])
    for column, fits in _CONTENT.items():
        if column not in found and not ({"lat", "lon"} <= set(found) and column == "position"):
            left = [number for number in range(len(header)) if number not in found.values()]
            fitting = [number for number in left if _all(fits, number, rows)]
            if len(fitting) == 1:
                found[column] = fitting[0]
    return found


def _is_a_place(name: str) -> bool:
    bare = comparable(name)
    return _BY_COMPARABLE.get(bare) == "place" and bare != "name"


def _all(fits: Callable[[str], bool], number: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[number] for row in rows if number < len(row) and row[number]]
    return bool(cells) and all(map(fits, cells))


#: What a column must be where its name is not known: dates, addresses, pairs of coordinates.
_CONTENT: dict[str, Callable[[str], bool]] = {
    "url": lambda cell: _URL.fullmatch(cell) is not None,
    "position": lambda cell: re.fullmatch(r"-?\d+\.\d+\s*[,; ]\s*-?\d+\.\d+", cell) is not None,
    "date": lambda cell: len(cell) > len("2019") and written(cell) is not None,
}


def chosen(text: str, header: Sequence[str]) -> dict[str, int]:
    """Return the columns that somebody names: `place=Ort,date=Wann`, or by number: `place=2`.

    Raises
    ------
    UsageError
        If one of them is not there.
    """
    found = {}
    for pair in filter(None, map(str.strip, text.split(","))):
        column, _, name = (part.strip() for part in pair.partition("="))
        if column not in _KNOWN:
            hint = did_you_mean(column, _KNOWN) or f"There are {', '.join(_KNOWN)}."
            message = f"--columns: {column!r} is nothing that a column says. {hint}"
            raise UsageError(message)
        found[column] = _numbered(name, header)
    return found


def _numbered(name: str, header: Sequence[str]) -> int:
    if name in header:
        return list(header).index(name)
    if name.isdecimal() and 1 <= int(name) <= len(header):
        return int(name) - 1
    hint = did_you_mean(name, header) or f"There are {', '.join(filter(None, header))}."
    message = f"--columns: there is no column {name!r}. {hint}"
    raise UsageError(message)


def told(found: Mapping[str, int], header: Sequence[str]) -> str:
    """Say in a sentence which column was taken for what, and which were left out."""
    taken = [f"{column}={header[number]}" for column, number in found.items()]
    left = [name for number, name in enumerate(header) if number not in found.values() and name]
    without = f"; left out: {', '.join(left)}" if left else ""
    return f"columns: {', '.join(taken)}{without}"
