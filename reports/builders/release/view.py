"""The whole dashboard of a release for one group, and the calmer selection of its public page."""

from dataclasses import dataclass

from reports.builders.formatting import date_text
from reports.builders.release.course import course_blocks
from reports.builders.release.evidence import evidence_blocks
from reports.builders.release.items import items_blocks
from reports.builders.release.material import Material
from reports.builders.release.parts import parts_blocks
from reports.builders.release.pool import pool_blocks
from reports.builders.release.practices import practices_blocks
from reports.builders.release.standing import standing_blocks
from reports.builders.release.table import Block, Section

BUILDERS = {
    "standing": standing_blocks,
    "practices": practices_blocks,
    "evidence": evidence_blocks,
    "parts": parts_blocks,
    "course": course_blocks,
    "pool": pool_blocks,
    "items": items_blocks,
}
# What everybody is shown; the rest is in the data for those who look for it.
PUBLIC = (
    "levels",
    "index",
    "dimensions",
    "practices",
    "evidence",
    "by-size",
    "by-industry",
    "trend",
    "composition",
    "reliability",
)


@dataclass(frozen=True)
class View:
    """``sections`` is empty where the group shows nothing, for whatever reason; ``facts`` are (name, value)."""

    title: str
    group: str
    facts: tuple[tuple[str, str], ...]
    protected: str
    frozen: str
    sections: tuple[Section, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)

    def block(self, name: str) -> Block | None:
        return next((block for block in self.blocks if block.name == name), None)


def dashboard(material: Material) -> View:
    """Everything that the release shows of the group."""
    return _view(material, "rel_title", None)


def public_page(material: Material) -> View:
    return _view(material, "rel_public_title", PUBLIC)


def _view(material: Material, title: str, only: tuple[str, ...] | None) -> View:
    release = material.release
    return View(
        title=material.say(title, label=material.facts.label),
        group=material.group_name(material.group),
        facts=_facts(material),
        protected=material.say(
            "rel_protected",
            share=release.share_threshold,
            distribution=release.distribution_threshold,
            reach=release.noise_reach,
        ),
        frozen=_frozen(material),
        sections=() if material.shown is None else _sections(material, only),
    )


def _sections(material: Material, only: tuple[str, ...] | None) -> tuple[Section, ...]:
    found = []
    for name, build in BUILDERS.items():
        blocks = tuple(block for block in build(material) if only is None or block.name in only)
        if blocks:
            found.append(Section(name, material.say(f"rel_section_{name}"), blocks))
    return tuple(found)


def _facts(material: Material) -> tuple[tuple[str, str], ...]:
    group, facts = material.shown, material.facts
    instrument = f"{material.instrument.title.pick(material.language)} {material.instrument.version}"
    firms = material.say("rel_no_figure") if group is None else str(group.firms)
    pairs = (
        ("firms", firms),
        ("date", date_text(facts.as_of, material.language)),
        ("owner", facts.owner or material.say("rel_of_pool")),
        ("instrument", instrument),
        ("hash", facts.content_hash),
    )
    return tuple((material.say(f"rel_fact_{key}"), value) for key, value in pairs)


def _frozen(material: Material) -> str:
    group = material.shown
    if group is None or group.as_of == material.release.id:
        return ""
    earlier = next((past.label for past in material.series if past.release.id == group.as_of), group.as_of)
    return material.say("rel_frozen", as_of=earlier)
