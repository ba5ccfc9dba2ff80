"""Consultancies, groups and associations."""

import pytest
from django.http import Http404

from firms.gate import Right, fetch_organisation, firms_visible, organisations_visible
from firms.models import Organisation, OrganisationMember
from firms.refusal import RefusalError
from firms.services.organisations import organisation_found, organisation_member_remove

CONSULTANCY, ASSOCIATION = Organisation.Kind.CONSULTANCY, Organisation.Kind.ASSOCIATION


@pytest.fixture
def consultancy(charlie):
    return organisation_found(person=charlie, kind=CONSULTANCY, name="精益顾问")


def test_the_founder_manages(consultancy, charlie):
    assert list(organisations_visible(charlie, manage=True)) == [consultancy]


def test_being_in_an_organisation_opens_no_firm(firm, consultancy, charlie):
    assert list(firms_visible(charlie, Right.REPORT)) == []


def test_an_association_is_founded_by_staff_only(charlie):
    with pytest.raises(RefusalError):
        organisation_found(person=charlie, kind=ASSOCIATION, name="质量协会")


def test_staff_that_founds_an_association_does_not_act_for_it(charlie):
    charlie.is_staff = True
    organisation_found(person=charlie, kind=ASSOCIATION, name="质量协会")
    assert not organisations_visible(charlie).exists()


def test_a_stranger_gets_404(consultancy, alice):
    with pytest.raises(Http404):
        fetch_organisation(alice, Organisation.objects.all(), consultancy.pk, via="")


def test_acting_for_one_organisation_opens_no_other(consultancy, alice):
    own = organisation_found(person=alice, kind=CONSULTANCY, name="别家顾问")
    assert list(organisations_visible(alice)) == [own]


def test_a_list_is_narrowed_by_kind(consultancy, charlie):
    assert not organisations_visible(charlie, kind=ASSOCIATION).exists()


def test_a_member_does_not_manage(consultancy, alice):
    OrganisationMember.objects.create(organisation=consultancy, person=alice)
    with pytest.raises(Http404):
        fetch_organisation(alice, Organisation.objects.all(), consultancy.pk, via="", manage=True)


def test_the_kind_narrows(consultancy, charlie):
    with pytest.raises(Http404):
        fetch_organisation(charlie, Organisation.objects.all(), consultancy.pk, via="", kind=ASSOCIATION)


@pytest.mark.parametrize("pk", ["", "abc", None, 5])
def test_malformed_ids_get_404(consultancy, charlie, pk):
    with pytest.raises(Http404):
        fetch_organisation(charlie, Organisation.objects.all(), pk, via="")


def test_the_last_manager_cannot_leave(consultancy, charlie):
    with pytest.raises(RefusalError):
        organisation_member_remove(member=OrganisationMember.objects.get(), person=charlie)
