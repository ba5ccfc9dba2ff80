"""GB 32100-2015, checked against codes printed on the licences of well-known companies."""

import pytest

from firms.credit_code import ALPHABET, Fault, FaultKind, check_character, faults, normalised

PUBLISHED = ["914403001922038216", "91110000802100433B"]
SOUND = PUBLISHED[0]


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_sound(code):
    assert faults(code) == ()


def test_the_alphabet_leaves_out_what_looks_like_digits():
    assert len(ALPHABET) == 31
    assert not set(ALPHABET) & set("IOSVZ")


def test_check_character_by_hand():
    # Value times weight, summed over the 17 characters, is 485; 485 mod 31 = 20; 31 - 20 = 11, and 11 is written B.
    assert check_character("91110000802100433") == "B"


def test_a_remainder_of_zero_gives_the_character_zero():
    assert check_character("0" * 17) == "0"


@pytest.mark.parametrize("length", [0, 1, 15, 17, 19])
def test_wrong_length_is_said_with_both_lengths(length):
    assert faults("9" * length) == (Fault(FaultKind.LENGTH, None, str(length), "18"),)


def test_every_foreign_character_is_located():
    found = faults("9I440300192203821O")
    assert [(fault.kind, fault.position, fault.found) for fault in found] == [
        (FaultKind.CHARACTER, 2, "I"),
        (FaultKind.CHARACTER, 18, "O"),
    ]


def test_the_region_is_made_of_digits():
    assert faults("9144A3001922038216") == (Fault(FaultKind.REGION, 5, "A"),)


def test_a_wrong_check_character_is_told_with_the_right_one():
    assert faults(SOUND[:-1] + "7") == (Fault(FaultKind.CHECK, 18, "7", "6"),)


def test_every_single_mistyped_character_is_noticed():
    variants = [SOUND[:i] + c + SOUND[i + 1 :] for i in range(18) for c in ALPHABET if c != SOUND[i]]
    assert [code for code in variants if not faults(code)] == []


def test_every_swap_of_two_neighbours_is_noticed():
    swapped = [SOUND[:i] + SOUND[i + 1] + SOUND[i] + SOUND[i + 2 :] for i in range(17)]
    assert [code for code in swapped if code != SOUND and not faults(code)] == []


@pytest.mark.parametrize(
    "typed",
    ["9144 0300 1922 0382 16", "91440300-192203821-6", "９１４４０３００１９２２０３８２１６", " 914403001922038216 "],
)
def test_blanks_hyphens_and_full_width_are_understood(typed):
    assert normalised(typed) == SOUND


def test_small_letters_become_capitals():
    assert normalised("91110000802100433b") == "91110000802100433B"
