"""The printable question book: every item with its answers, in one language or in both, as Markdown."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from surveys.instruments.check_outline import Outline, outline
from surveys.instruments.export import content_of
from surveys.instruments.markdown_sentences import sentence
from surveys.instruments.text import LANGUAGES, Text

Raw = Mapping[str, Any]
SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")
LEADING = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")
DRAFT = Text("草稿", "Draft")
VERSION = Text("版本 %(version)s", "Version %(version)s")
MINUTES = Text("约需 %(minutes)s 分钟", "About %(minutes)s minutes")
SOURCE = Text("来源", "Source")
LICENCE = Text("许可", "Licence")
HOW = Text(
    "单选题选一项，多选题可选多项。不知道的写 DK，不愿回答的写 DECLINE；只有题下写明“不适用”的，才可以写 NA。",
    "Tick one answer, or several where it says so. Write DK if you do not know, DECLINE if you prefer not to answer, "
    "and NA only where the item says when it does not apply.",
)
SEVERAL = Text("可选多项。", "Several answers may be ticked.")
SHARE = Text("答案（0 至 100，%%）：______", "Answer (0 to 100, %%): ______")
NUMBER = Text("答案（%(low)s 至 %(high)s）：______", "Answer (%(low)s to %(high)s): ______")
ASK_WHEN = Text("仅在以下条件成立时作答：%(condition)s。", "Answer only if %(condition)s.")
HELP = Text("说明", "Note")
NA = Text("不适用（NA）", "Not applicable (NA)")
OPTIONAL = Text("选答题。", "This item is optional.")
SUFFICIENT = Text("可以作为证据", "Evidence that counts")
INSUFFICIENT = Text("不足以作为证据", "Evidence that does not")
LEVELS = Text("等级", "Levels")
LEVEL_FROM = Text("（从 %(start)s 起）", "(from %(start)s)")
GATES = Text("附加条件", "Further requirements")
BOTH = " / "


class Book:
    """Collects the lines of one book in the chosen languages."""

    def __init__(self, raw: Raw, languages: Sequence[str]) -> None:
        self.raw = content_of(raw)
        self.plan: Outline = outline(self.raw)
        self.languages = languages

    def text(self) -> str:
        return "\n".join(collapsed([*self.cover(), *self.questions(), *self.key()])).rstrip() + "\n"

    # --- Texts in the chosen languages ----------------------------------------------------------------------------

    def words(self, text: Raw) -> list[str]:
        return [escaped(text[language]) for language in self.languages]

    def phrase(self, text: Text, **values: object) -> str:
        """A phrase of the book itself, both languages on one line."""
        return BOTH.join(escaped(text.pick(language) % values) for language in self.languages)

    def paragraphs(self, text: Raw) -> Iterator[str]:
        for words in self.words(text):
            yield words
            yield ""

    def labelled(self, label: Text, text: Raw | None) -> Iterator[str]:
        """One line a language: the label and the text."""
        for language in self.languages if text else ():
            colon = Text("：", ": ").pick(language)
            yield f"*{label.pick(language)}*{colon}{escaped(text[language])}" if text else ""
            yield ""

    # --- Parts of the book ----------------------------------------------------------------------------------------

    def cover(self) -> Iterator[str]:
        yield f"# {BOTH.join(self.words(self.raw['title']))}"
        yield ""
        version = self.phrase(VERSION, version=self.raw["version"])
        minutes = self.phrase(MINUTES, minutes=f"{self.raw.get('minutes', 15):g}")
        draft = [] if self.raw.get("status") == "published" else [self.phrase(DRAFT)]
        yield " · ".join([f"`{self.raw['code']}`", version, *draft, minutes])
        yield ""
        yield from self.paragraphs(self.raw["summary"])
        yield from self.labelled(SOURCE, self.raw.get("source"))
        if "licence" in self.raw:
            yield f"{self.phrase(LICENCE)}: {escaped(self.raw['licence'])}"
        yield ""
        yield from self.paragraphs(HOW.to_dict())

    def questions(self) -> Iterator[str]:
        for dimension in self.raw["dimensions"]:
            yield f"## {dimension['code']} {BOTH.join(self.words(dimension['title']))}"
            yield ""
            yield from self.paragraphs(dimension["intro"]) if "intro" in dimension else ()
            for item in dimension["items"]:
                yield from self.item(item)

    def item(self, item: Raw) -> Iterator[str]:
        yield f"### {item['code']} {BOTH.join(self.words(item['title']))}"
        yield ""
        yield from self.paragraphs(item["stem"])
        if "ask_when" in item:
            yield from self.condition(item["ask_when"])
        if not item.get("required", True):
            yield self.phrase(OPTIONAL)
            yield ""
        yield from self.answers(item)
        yield from self.labelled(NA, item.get("na"))
        yield from self.labelled(HELP, item.get("help"))
        evidence = item.get("evidence", {})
        yield from self.labelled(SUFFICIENT, evidence.get("sufficient"))
        yield from self.labelled(INSUFFICIENT, evidence.get("insufficient"))

    def condition(self, predicate: Raw) -> Iterator[str]:
        for language in self.languages:
            yield escaped(ASK_WHEN.pick(language) % {"condition": sentence(predicate, self.plan, language)})
            yield ""

    def answers(self, item: Raw) -> Iterator[str]:
        if item["kind"] == "multi":
            yield self.phrase(SEVERAL)
            yield ""
        for option in item.get("options", ()):
            yield f"- [ ] **{option['value']}** {BOTH.join(self.words(option['label']))}"
        if item["kind"] == "share":
            yield self.phrase(SHARE)
        elif item["kind"] == "number":
            limits = item.get("range", {})
            yield self.phrase(NUMBER, low=limits.get("min", "…"), high=limits.get("max", "…"))
        yield ""

    def key(self) -> Iterator[str]:
        """The levels and what they ask for; the arithmetic in between stays in the file."""
        levels = self.raw["scoring"].get("levels")
        if not levels:
            return
        yield f"## {self.phrase(LEVELS)}"
        yield ""
        for band in levels["bands"]:
            yield f"- **{BOTH.join(self.words(band['title']))}** {self.phrase(LEVEL_FROM, start=band['from'])}"
            yield from (f"  {words}  " for words in self.words(band["meaning"]))
        yield ""
        yield from self.paragraphs(levels["note"]) if "note" in levels else ()
        gates = self.raw["scoring"].get("gates", [])
        yield from [f"## {self.phrase(GATES)}", ""] if gates else []
        for gate in gates:
            yield f"- {BOTH.join(self.words(gate['text']))}"


def to_markdown(raw: Raw, language: str | None = None) -> bytes:
    """The book of an instrument, from the plain values of a file without faults; ``language`` None gives both."""
    return Book(raw, [language] if language else LANGUAGES).text().encode()


def escaped(text: str) -> str:
    """A plain text, safe in Markdown: none of its characters becomes a mark."""
    joined = " ".join(str(text).split())
    return LEADING.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", joined))


def collapsed(lines: Iterable[str]) -> Iterator[str]:
    """The lines with never more than one blank line in a row."""
    blank = False
    for line in lines:
        if line or not blank:
            yield line
        blank = not line
