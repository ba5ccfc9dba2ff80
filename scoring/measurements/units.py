"""Units as they stand beside numbers in cells and headers. Nothing is converted: a unit is only recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_SPELLINGS: Final[Mapping[str, str]] = {
    "mm": "mm millimeter millimeters 毫米 ㎜",
    "cm": "cm 厘米 ㎝",
    "dm": "dm 分米",
    "m": "m meter meters 米",
    "km": "km 千米 公里",
    "µm": "µm μm um micron microns 微米 ㎛",
    "nm": "nm 纳米",
    "in": 'in inch inches " ″ 英寸',
    "ft": "ft 英尺",
    "mil": "mil mils thou",
    "mm²": "mm² mm2 mm^2 平方毫米",
    "cm²": "cm² cm2 cm^2 平方厘米",
    "m²": "m² m2 m^2 平方米",
    "mm³": "mm³ mm3 mm^3",
    "cm³": "cm³ cm3 cm^3 cc",
    "m³": "m³ m3 m^3 立方米",
    "mL": "ml mL 毫升",
    "L": "l L 升",
    "mg": "mg 毫克",
    "g": "g 克",
    "kg": "kg 千克 公斤",
    "t": "t 吨",
    "N": "N 牛",
    "kN": "kN 千牛",
    "N·m": "Nm N·m N.m N*m N-m N•m 牛米 牛·米",
    "N·cm": "Ncm N·cm N.cm",
    "N·mm": "Nmm N·mm N.mm",
    "Pa": "Pa 帕",
    "kPa": "kPa 千帕",
    "MPa": "MPa 兆帕 N/mm² N/mm2",
    "GPa": "GPa",
    "bar": "bar",
    "mbar": "mbar",
    "psi": "psi",
    "°C": "°C ℃ degC ºC 摄氏度",
    "°F": "°F ℉ degF",
    "K": "K",
    "°": "° º deg 度",
    "′": "′ arcmin",
    "rad": "rad",
    "s": "s sec 秒",
    "ms": "ms 毫秒",
    "µs": "µs μs us 微秒",
    "min": "min 分钟",
    "h": "h hr 小时",
    "V": "V 伏",
    "mV": "mV",
    "kV": "kV",
    "A": "A 安",
    "mA": "mA",
    "µA": "µA μA uA",
    "Ω": "Ω Ω ohm 欧",
    "kΩ": "kΩ kΩ kohm",
    "MΩ": "MΩ MΩ",
    "mΩ": "mΩ mΩ",
    "W": "W 瓦",
    "kW": "kW 千瓦",
    "J": "J",
    "Hz": "Hz 赫兹",
    "kHz": "kHz",
    "MHz": "MHz",
    "dB": "dB dB(A) dBA 分贝",
    "µF": "µF μF uF",
    "nF": "nF",
    "pF": "pF",
    "mH": "mH",
    "HRC": "HRC",
    "HRB": "HRB",
    "HB": "HB HBW",
    "HV": "HV",
    "%": "% ％ pct",
    "‰": "‰",
    "ppm": "ppm PPM",
    "rpm": "rpm r/min 转/分",
    "m/s": "m/s 米/秒",
    "mm/s": "mm/s",
    "mm/min": "mm/min",
    "m/min": "m/min",
    "L/min": "L/min l/min",
    "mL/min": "mL/min ml/min",
    "g/cm³": "g/cm³ g/cm3",
    "kg/m³": "kg/m³ kg/m3",
    "mPa·s": "mPa·s mPa.s mPas",
    "pcs": "pcs pc 个 件 只 支 片",
}
_UNITS: Final[Mapping[str, str]] = {
    spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings.split()
}
_IN_HEADER: Final = re.compile(
    r"^(?P<name>.*?)\s*(?:[(（\[［【](?P<bracket>[^()（）\[\]［］【】]+)[)）\]］】]|/\s*(?P<slash>\S+))\s*$"
)


def unit_of(text: str) -> str | None:
    """The unit that a text names, in one spelling, or None when it names none. Letter case counts: mN is not MN."""
    return _UNITS.get(text.strip().replace(" ", "").rstrip("."))


def header_parts(header: str) -> tuple[str, str | None]:
    """A header such as ``Diameter (mm)`` as name and unit; what is no known unit stays in the name."""
    found = _IN_HEADER.match(header)
    if found is None:
        return header, None
    unit = unit_of(found["bracket"] or found["slash"] or "")
    return (found["name"], unit) if unit and found["name"] else (header, None)
