"""The firm's place in the latest release of its series, read for the results page and the report."""

from functools import partial

from reports.builders.language import Language
from reports.builders.model import Peers
from reports.builders.peers import peers_told
from reports.builders.release.material import group_words
from reports.dashboard.assembly import facts_of, names
from scoring.releases.selectors import figures_of, latest_release_for, peer_place
from surveys.models import Assessment


def peers_of(assessment: Assessment, language: Language) -> Peers | None:
    """None where there is no release yet, or the assessment has no index."""
    release = latest_release_for(assessment)
    place = None if release is None else peer_place(assessment, release)
    if release is None or place is None:
        return None
    words = partial(group_words, names(language), language)
    return peers_told(place, facts_of(release), language, words, figures_of(release))
