"""How values were collected: a judgement about each device, about each measurement, and hints from times and digits.

The type of the device element is the best sign there is. Nearly all real files have only a generic element, and then
the name is read, which is weak. Nothing here is proof.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from scoring.measurements.qif_model import Calibration, Device, Judgement, Measurement, QifDocument, Strength
from scoring.measurements.qif_source import RawDevice
from scoring.measurements.qif_values import moment

_MANUAL: Final = (
    "Caliper",
    "CaliperDial",
    "CaliperDigital",
    "GageDevice",
    "ManualMeasurementDevice",
    "Micrometer",
    "MicrometerAnalog",
    "MicrometerDigital",
    "SineBar",
)
_MACHINE: Final = (
    "CMM",
    "CartesianCMM",
    "ComputedTomography",
    "LaserRadar",
    "LaserTracker",
    "LightPenCMM",
    "MultipleCarriageCartesianCMM",
    "ParallelLinkCMM",
    "UniversalLengthMeasuring",
)
_BOTH: Final = ("AACMM", "Autocollimator", "Comparator", "Microscope", "OpticalComparator", "Theodolite")
_BY_TYPE: Final[Mapping[str, Judgement]] = {
    **dict.fromkeys(_MANUAL, Judgement.MANUAL),
    **dict.fromkeys(_MACHINE, Judgement.AUTOMATIC),
    **dict.fromkeys(_BOTH, Judgement.EITHER),
}
# A digital hand tool is read by a person but can send its value by cable or radio.
_CAN_TRANSMIT: Final = frozenset({"CaliperDigital", "MicrometerDigital"})
_BY_NAME: Final = (
    (Judgement.EITHER, re.compile(r"\barm\b|comparator|microscope|projector|关节臂|投影仪|显微镜", re.IGNORECASE)),
    (
        Judgement.MANUAL,
        re.compile(
            r"cali?pp?er|micrometer|\bgau?ges?\b|\bpins?\b|\bruler\b|tape measure|manual|by hand"
            r"|卡尺|千分尺|塞规|环规|量规|高度尺|卷尺|百分表|千分表|手动|人工",
            re.IGNORECASE,
        ),
    ),
    (
        Judgement.AUTOMATIC,
        re.compile(
            r"cmms?(?![a-z])|coordinate measur|vision|scanner|laser|tracker|tomograph|robot|in-?line|automat"
            r"|三坐标|坐标测量|影像|扫描|激光|机器人|在线|自动",
            re.IGNORECASE,
        ),
    ),
)
_MINIMUM: Final = 5


def judge_device(raw: RawDevice, key: str) -> Device:
    """The device with a judgement by its type, or by its name where the type says nothing."""
    judgement, strength, reason = _judge(raw)
    return Device(key, raw.kind, raw.name, raw.manufacturer, raw.model, raw.serial, judgement, strength, reason)


def _judge(raw: RawDevice) -> tuple[Judgement, Strength, str]:
    if raw.kind in _CAN_TRANSMIT:
        return Judgement.MANUAL, Strength.WEAK, "digital_can_transmit"
    if raw.kind in _BY_TYPE:
        return _BY_TYPE[raw.kind], Strength.GOOD, "device_type"
    described = " ".join(part for part in (raw.name, raw.description, raw.model) if part)
    for judgement, words in _BY_NAME:
        if words.search(described):
            return judgement, Strength.WEAK, "device_name"
    return Judgement.UNKNOWN, Strength.NONE, "nothing_known"


def together(judgements: Iterable[Judgement]) -> Judgement:
    """One judgement for several devices: theirs if they agree, ``either`` if not, ``unknown`` for none."""
    distinct = set(judgements)
    if not distinct:
        return Judgement.UNKNOWN
    return distinct.pop() if len(distinct) == 1 else Judgement.EITHER


def collection_counts(document: QifDocument) -> Mapping[Judgement, int]:
    """How many measurements were collected in which way; a hint for the share collected automatically."""
    found = Counter(each.collected for each in document.measurements)
    return {judgement: found[judgement] for judgement in Judgement}


def time_hint(measurements: Sequence[Measurement]) -> str | None:
    """``machine_rhythm`` for even spacing of seconds, ``typed_minutes`` for whole minutes, else None.

    Needs five time stamps of their own. Spacing is even when the median deviation from the median gap is at most a
    fifth of it and the gap is under two minutes.
    """
    stamps = sorted(each.time.seconds for each in measurements if each.time and each.time_from == "TimeStamp")
    if len(stamps) < _MINIMUM:
        return None
    if all(stamp % 60 == 0 for stamp in stamps):
        return "typed_minutes"
    gaps = [later - earlier for earlier, later in pairwise(stamps)]
    usual = median(gaps)
    even = 0 < usual < 120 and median(abs(gap - usual) for gap in gaps) <= usual / 5
    return "machine_rhythm" if even else None


def digit_hint(measurements: Sequence[Measurement]) -> str | None:
    """``rounded_digits`` when the last written digit is 0 or 5 in four of five values, as when a scale is read by eye.

    Needs twenty values; one in five would end so by chance.
    """
    written = [each.written for each in measurements if each.written and each.written.decimals <= 12]
    if len(written) < 20:
        return None
    rounded = sum(round(abs(each.value) * 10**each.decimals) % 5 == 0 for each in written)
    return "rounded_digits" if rounded >= 0.8 * len(written) else None


def expired_calibrations(document: QifDocument, at: str) -> tuple[Calibration, ...]:
    """Calibrations that expired before ``at``, an xs:date or xs:dateTime. Raises ValueError when it is neither."""
    when = moment(at)
    if when is None:
        raise ValueError(f"not an ISO date or time: {at!r}")
    return tuple(each for each in document.calibrations if each.expires and each.expires.seconds < when.seconds)
