"""Provisional text waits for the final text before it, but not for ever."""

from __future__ import annotations

import asyncio

from transcripts.actions.live.caption_gate import CaptionGate
from transcripts.relay.captions import Caption


def said(text: str) -> Caption:
    return Caption(1_000, text)


async def test_it_works() -> None:
    shown = list[Caption]()
    gate = CaptionGate(shown.append)
    gate.take(said("the water is"))
    gate.final_heard()
    gate.take(said(""))
    gate.take(said("And"))
    assert shown == [said("the water is")]
    gate.final_written()
    assert shown == [said("the water is"), said("And")]
    gate.take(said("And what"))
    assert shown[-1] == said("And what")


async def test_it_waits_for_the_last_of_several() -> None:
    shown = list[Caption]()
    gate = CaptionGate(shown.append)
    gate.final_heard()
    gate.final_heard()
    gate.take(said("then"))
    gate.final_written()
    assert shown == []
    gate.final_written()
    assert shown == [said("then")]


async def test_captions_go_on_while_nothing_can_be_written() -> None:
    shown = list[Caption]()
    gate = CaptionGate(shown.append, hold_seconds=0.05)
    gate.final_heard()
    gate.take(said("one"))
    assert shown == []
    await asyncio.sleep(0.06)
    gate.take(said("one two"))
    assert shown == [said("one two")]
    gate.final_written()
    assert shown == [said("one two")]


async def test_nothing_waits_nothing_is_shown() -> None:
    shown = list[Caption]()
    gate = CaptionGate(shown.append)
    gate.final_heard()
    gate.final_written()
    assert shown == []
