"""A new pass around what people changed: their work stays, the machine's news comes, conflicts are shown."""

from __future__ import annotations

from dataclasses import replace

from transcripts.document.content import DocVoice
from transcripts.timing.words import check

from .texts import as_written, beside, heard, heard_of, merge, now, said, texts

BASE = [
    heard("a", 0, "the harbour was quite that morning"),
    heard("b", 1000, "and then the belt rang", "speaker_2"),
    heard("c", 2000, "everybody ran down to the water"),
]
AGAIN = [said(0, BASE[0].text, "x"), said(1000, BASE[1].text, "y"), said(2000, BASE[2].text, "x")]


def test_it_works() -> None:
    """Corrected words stay, words that only the machine changed come, and both at once is a conflict."""
    mine = as_written(BASE)
    mine[1] = now("b", 1000, "and then the bells rang", "speaker_2")
    theirs = [
        said(0, "the harbour was quiet", "x"),
        said(400, "that morning", "x"),
        said(1000, "but then the bell rang", "y"),
        said(2000, BASE[2].text, "x"),
    ]
    plan = merge(BASE, mine, theirs)
    assert texts(plan) == [
        "the harbour was quiet", "that morning", "but then the bells rang", "everybody ran down to the water",
    ]  # fmt: skip
    assert [one.id for one in plan.segments] == ["new1", "new2", "b", "c"]
    assert beside(plan) == [("b", "bells", "bell")]
    assert plan.segments[2].segment.text[plan.conflicts[0].offset :].startswith("bells rang")
    assert (plan.conflicts[0].start_ms, plan.conflicts[0].end_ms) == (1300, 1400)
    assert plan.touched == {"b"}


def test_nothing_changed_by_people_means_the_new_text() -> None:
    theirs = [said(0, "quite another text", "x"), said(2000, "everybody ran down to the water", "x")]
    plan = merge(BASE, as_written(BASE), theirs)
    assert texts(plan) == [one.text for one in theirs]
    assert plan.conflicts == [] and not plan.touched
    assert [one.id for one in plan.segments] == ["new1", "c"]


def test_the_same_pass_again_changes_nothing() -> None:
    mine = as_written(BASE)
    mine[1] = now("b", 1000, "and then the Bells rang", "speaker_2")
    plan = merge(BASE, mine, AGAIN)
    assert [one.segment for one in plan.segments] == [one.segment for one in mine]
    assert plan.conflicts == []


def test_punctuation_and_case_of_a_person_stay() -> None:
    mine = as_written(BASE)
    mine[0] = now("a", 0, "The harbour was quite, that morning!")
    plan = merge(BASE, mine, AGAIN)
    assert texts(plan)[0] == "The harbour was quite, that morning!"


def test_two_spaces_of_a_person_stay_and_places_are_counted_right() -> None:
    mine = as_written(BASE)
    mine[1] = now("b", 1000, "😀  and then  the bells rang", "speaker_2")
    theirs = [AGAIN[0], said(1000, "and then the bell rang", "y"), AGAIN[2]]
    plan = merge(BASE, mine, theirs)
    assert texts(plan)[1] == "😀  and then  the bells rang"
    assert plan.conflicts[0].offset == len("😀  and then  the ") + 1, "an emoji counts as two"


def test_a_split_stays_and_its_words_find_their_half() -> None:
    mine = as_written(BASE)
    mine[0:1] = [now("a", 0, "the harbour was"), now("n", 300, "quite that morning", end_ms=600)]
    plan = merge(BASE, mine, [said(0, "the harbor was quiet that morning", "x"), *AGAIN[1:]])
    assert texts(plan)[:2] == ["the harbor was", "quiet that morning"]
    assert [one.id for one in plan.segments[:2]] == ["a", "n"]


def test_joined_segments_stay_joined() -> None:
    mine = as_written(BASE)
    mine[0:2] = [now("a", 0, "the harbour was quite that morning and then the belt rang", end_ms=1500)]
    theirs = [
        said(0, "the harbour was quiet that morning", "x"),
        said(1000, "and then the bell rang", "y"),
        AGAIN[2],
    ]
    plan = merge(BASE, mine, theirs)
    assert texts(plan) == [
        "the harbour was quiet that morning and then the bell rang", "everybody ran down to the water",
    ]  # fmt: skip
    assert plan.segments[0].segment.end_ms == 1500


def test_times_set_by_hand_stay_and_no_word_is_doubled() -> None:
    mine = as_written(BASE)
    mine[1] = now("b", 1150, BASE[1].text, "speaker_2", end_ms=1380, held=True)
    plan = merge(BASE, mine, [AGAIN[0], said(1000, "and then the bell rang", "y"), AGAIN[2]])
    kept = plan.segments[1].segment
    assert (kept.start_ms, kept.end_ms, kept.held, kept.text) == (1150, 1380, True, "and then the bell rang")
    assert len(plan.segments) == 3


def test_a_speaker_set_by_a_person_stays_others_are_heard_anew() -> None:
    mine = as_written(BASE)
    mine[0] = now("a", 0, BASE[0].text, "speaker_2")
    mine[2] = now("c", 2000, "everybody rowed down to the water")
    theirs = [AGAIN[0], said(1000, BASE[1].text, "y"), said(2000, BASE[2].text, "y")]
    plan = merge(BASE, mine, theirs)
    assert [one.segment.speaker for one in plan.segments] == ["speaker_2", "speaker_2", "speaker_2"]
    assert [voice.id for voice in plan.voices] == ["speaker_2"], "the voice nobody has any more is gone"


def test_voices_that_people_merged_stay_merged() -> None:
    mine = [replace(one, segment=replace(one.segment, speaker="speaker_1")) for one in as_written(BASE)]
    plan = merge(BASE, mine, AGAIN, [DocVoice("speaker_1", "Ada")])
    assert [one.segment.speaker for one in plan.segments] == ["speaker_1"] * 3
    assert not plan.touched and [voice.name for voice in plan.voices] == ["Ada"]


def test_a_voice_heard_for_the_first_time_is_new() -> None:
    plan = merge(BASE, as_written(BASE), [*AGAIN, said(3000, "hello there", "z")])
    assert plan.segments[-1].segment.speaker == "speaker_3"
    assert [voice.id for voice in plan.voices] == ["speaker_1", "speaker_2", "speaker_3"]


def test_what_people_deleted_stays_deleted_when_it_is_heard_again() -> None:
    mine = [as_written(BASE)[0], as_written(BASE)[2]]
    plan = merge(BASE, mine, AGAIN)
    assert texts(plan) == [BASE[0].text, BASE[2].text]
    assert plan.conflicts == []
    again = merge(heard_of(plan), plan.segments, AGAIN)
    assert texts(again) == [BASE[0].text, BASE[2].text], "also the time after"


def test_something_else_heard_where_people_deleted_is_shown() -> None:
    mine = [as_written(BASE)[0], as_written(BASE)[2]]
    theirs = [AGAIN[0], said(1000, "and when the bell rang", "y"), AGAIN[2]]
    plan = merge(BASE, mine, theirs)
    assert texts(plan) == [BASE[0].text, "", BASE[2].text]
    empty = plan.segments[1].segment
    assert beside(plan) == [(empty.id, "", "and when the bell rang")]
    assert (empty.start_ms, empty.end_ms) == (1000, 1500)
    again = merge(heard_of(plan), plan.segments, theirs)
    assert texts(again) == texts(plan) and again.conflicts == [], "told once"


def test_a_segment_that_a_person_added_stays() -> None:
    mine = as_written(BASE)
    mine.insert(1, now("n", 700, "a gull cries"))
    plan = merge(BASE, mine, AGAIN)
    assert texts(plan) == [BASE[0].text, "a gull cries", BASE[1].text, BASE[2].text]
    louder = [AGAIN[0], said(700, "a girl cries", "x"), *AGAIN[1:]]
    plan = merge(BASE, mine, louder)
    assert texts(plan)[1] == "a gull cries" and beside(plan) == [("n", "gull", "girl")]


def test_a_text_whose_base_nobody_knows_is_compared_with_the_pass() -> None:
    """Text from before there was a base: what differs is shown word by word."""
    mine = [now("a", 0, "the harbour was quiet that morning")]
    plan = merge([], mine, [said(0, "the harbour was quite that fine morning")])
    assert texts(plan) == ["the harbour was quiet that morning"]
    assert beside(plan) == [("a", "quiet", "quite"), ("a", "that", "that fine")]


def test_a_second_pass_knows_what_people_changed_before_the_first() -> None:
    mine = as_written(BASE)
    mine[0:1] = [now("a", 0, "the harbour was"), now("n", 300, "quiet that morning", end_ms=600)]
    first = merge(BASE, mine, AGAIN)
    louder = [said(0, "the harbour was quite this morning", "x"), *AGAIN[1:]]
    second = merge(heard_of(first), first.segments, louder)
    assert texts(second)[:2] == ["the harbour was", "quiet this morning"]
    assert [one.id for one in second.segments[:2]] == ["a", "n"]


def test_segments_in_another_order_are_kept_where_people_put_them() -> None:
    mine = [as_written(BASE)[1], as_written(BASE)[0], as_written(BASE)[2]]
    plan = merge(BASE, mine, AGAIN)
    assert sorted(texts(plan)) == sorted(one.text for one in BASE)
    assert plan.conflicts == []


def test_a_cut_segment_keeps_out_of_the_time_of_a_persons() -> None:
    mine = as_written(BASE)
    mine[0] = now("a", 0, "the harbour was silent that morning", end_ms=620)
    theirs = [said(0, "the harbour was quite that morning oh yes", "x"), *AGAIN[1:]]
    plan = merge(BASE, mine, theirs)
    assert texts(plan)[:2] == ["the harbour was silent that morning", "oh yes"]
    free = plan.segments[1]
    assert free.segment.start_ms >= 620
    check(free.words, free.segment.start_ms, free.segment.end_ms)


def test_everything_deleted_and_nothing_heard() -> None:
    assert texts(merge(BASE, [], AGAIN)) == []
    assert texts(merge(BASE, as_written(BASE), [])) == []
    assert texts(merge([], [], AGAIN)) == [one.text for one in AGAIN]
    kept = now("a", 0, "words of mine")
    assert texts(merge(BASE, [kept], [])) == ["words of mine"]
