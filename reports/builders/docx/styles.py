"""Type, colours and the table style, set once as styles so that an editor can change them in one place."""

from collections.abc import Mapping
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

# Both are on every Windows machine with Office; elsewhere the word processor takes its own Chinese font.
LATIN, CHINESE = "Arial", "Microsoft YaHei"
TABLE_STYLE, CELL, SECOND, NOTE, QUIET = "Report Table", "Report Cell", "Second Language", "Report Note", "Quiet"


def set_styles(document: Any, paints: Mapping[str, str], *, chinese: bool) -> None:
    """Named styles for everything that a report writes; ``paints`` are ``#rrggbb`` by name."""
    styles = document.styles
    colour = {name: RGBColor.from_string(paint.lstrip("#").upper()) for name, paint in paints.items()}
    _default_language(styles, chinese)
    _font(styles["Normal"], 10, colour["ink"])
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.2
    for level, (size, before, paint) in enumerate(((20, 0, "ink"), (13, 16, "accent"), (11, 12, "ink")), 1):
        name = f"Heading {level}"
        _font(styles[name], size, colour[paint], bold=True)
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.space_after = Pt(6)
        styles[name].paragraph_format.keep_with_next = True
    styles["Heading 1"].paragraph_format.page_break_before = True
    _font(styles["Title"], 30, colour["accent"], bold=True)
    _no_border(styles["Title"])
    _font(styles["Subtitle"], 12, colour["muted"], italic=False)
    _added(styles, SECOND, WD_STYLE_TYPE.CHARACTER, None, colour["muted"])
    _added(styles, QUIET, WD_STYLE_TYPE.CHARACTER, None, colour["muted"])
    for name, points, after, paint in ((NOTE, 8.5, 4, "muted"), (CELL, 9.0, 2, "ink")):
        style = _added(styles, name, WD_STYLE_TYPE.PARAGRAPH, points, colour[paint])
        style.base_style = styles["Normal"]
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.1
    styles.element.append(parse_xml(_table_style(paints)))


def _added(styles: Any, name: str, kind: Any, size: float | None, paint: RGBColor) -> Any:
    style = styles.add_style(name, kind)
    if size is not None:
        style.font.size = Pt(size)
    style.font.color.rgb = paint
    return style


def _font(style: Any, size: float, paint: RGBColor, *, bold: bool = False, italic: bool | None = None) -> None:
    """Latin and Chinese face, size, colour; the theme's own fonts would win if they stayed."""
    font = style.font
    font.name, font.size, font.color.rgb, font.bold, font.italic = LATIN, Pt(size), paint, bold, italic
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(faces.attrib):
        if key.endswith("Theme"):
            del faces.attrib[key]
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        faces.set(qn(script), LATIN)
    faces.set(qn("w:eastAsia"), CHINESE)


def _no_border(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _default_language(styles: Any, chinese: bool) -> None:
    """What the spelling checker takes a text for, unless its run says otherwise."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "en-GB")
    language.set(qn("w:eastAsia"), "zh-CN")
    faces = defaults.find(qn("w:rFonts"))
    if chinese:
        # Quotes and dashes that both scripts share are set in the Chinese font.
        faces.set(qn("w:hint"), "eastAsia")


def _table_style(paints: Mapping[str, str]) -> str:
    rule, strong = paints["rule"].lstrip("#"), paints["ink"].lstrip("#")
    return f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr><w:tblBorders>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>
  </w:tblBorders><w:tblCellMar>
    <w:top w:w="50" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>
    <w:bottom w:w="50" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{strong}"/>
  </w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""
