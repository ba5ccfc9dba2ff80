"""Two languages side by side: the same chapters twice become one, in which what differs stands as a pair.

A pair is ``{"zh": ..., "en": ...}``. What reads the same in both languages, such as figures, codes and names, is said
once.
"""

from typing import Any

Chapter = dict[str, Any]

# Read by programs rather than by people: the Chinese report's own.
_OWN = frozenset({"language", "colours", "built_on", "header", "sections", "report_id"})


def side_by_side(chinese: Chapter, english: Chapter) -> Chapter:
    """One document from the two of ``document``. Charts stand twice, the English ones under ``NAME.en``."""
    merged = {key: chinese[key] if key in _OWN else _pair(chinese[key], english[key]) for key in chinese}
    drawn = {f"{name}.en": figure for name, figure in english["figures"].items()}
    return merged | {
        "figures": chinese["figures"] | drawn,
        "page_of": f"{chinese['page_of']} · {english['page_of']}",
        "both": True,
    }


def is_pair(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"zh", "en"}


def first(value: Any) -> str:
    """The Chinese text of a pair, or the text itself."""
    return str(value["zh"] if is_pair(value) else value)


def _pair(chinese: Any, english: Any) -> Any:
    if isinstance(chinese, dict) and isinstance(english, dict):
        return {key: _pair(value, english.get(key, "")) for key, value in chinese.items()}
    if isinstance(chinese, list) and isinstance(english, list):
        return _rows(chinese, english)
    if chinese == english or not english:
        return chinese
    return {"zh": chinese, "en": english} if isinstance(chinese, str) and chinese else english


def _rows(chinese: list[Any], english: list[Any]) -> list[Any]:
    """Row by row; lists of different lengths do not match and stand one after the other."""
    if len(chinese) != len(english):
        return chinese + english
    return [_pair(one, other) for one, other in zip(chinese, english, strict=True)]
