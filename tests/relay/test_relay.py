"""The relay against scripted services: what is said becomes text once, whatever breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from tests.fakes import realtime_caller as script
from tests.fakes.realtime_echo import Manner, echo_numbers, numbered_pcm
from tests.fakes.scripted_realtime import Refusal, ScriptedRealtime
from tests.relay.growing_sound import GrowingSound
from transcripts.relay.captions import Caption, CaptionEvent, Final, Told
from transcripts.relay.limits import RelayLimits
from transcripts.relay.relay import Relay, Service
from transcripts.speech.realtime import open_session
from transcripts.speech.realtime_options import LiveOptions

MODEL = "voxtral-mini-transcribe-realtime-3"
QUICK = RelayLimits(
    stall=0.6, longest_stall=2.0, keep_alive=0.3, idle=0.9, farewell=3.0, first_wait=0.05, longest_wait=0.2,
    tick=0.05, told_lag=0.5, longest_lag=1.5,
)  # fmt: skip
FIRST = 400
"""Words with numbers from here on are loud enough to count as voice."""


@dataclass
class Listener:
    """What a relay told, by kind."""

    events: list[CaptionEvent] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, event: CaptionEvent) -> None:
        self.events.append(event)
        self.news.set()

    @property
    def finals(self) -> list[Final]:
        return [event for event in self.events if isinstance(event, Final)]

    @property
    def words(self) -> list[int]:
        text = " ".join(final.text for final in self.finals)
        return [int(word.strip("w.")) for word in text.split()]

    @property
    def codes(self) -> list[str]:
        return [event.code for event in self.events if isinstance(event, Told)]

    async def until(self, is_enough: Callable[[Listener], bool], seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while not is_enough(self):
                self.news.clear()
                await self.news.wait()


@dataclass
class Scene:
    relay: Relay
    sound: GrowingSound
    listener: Listener
    running: asyncio.Future[None]

    async def finish(self) -> None:
        await self.relay.finish(self.running)


@asynccontextmanager
async def scene(
    service: ScriptedRealtime, limits: RelayLimits = QUICK, start_byte: int = 0, **wishes: object
) -> AsyncIterator[Scene]:
    options = LiveOptions(model=MODEL, **wishes)  # type: ignore[arg-type]
    plain = LiveOptions(model=MODEL)
    sound, listener = GrowingSound(), Listener()
    opened = Service(lambda plainly: open_session(service.url, "key", plain if plainly else options), 240)
    relay = Relay(sound, opened, listener.hear, start_byte=start_byte, limits=limits)
    running = asyncio.ensure_future(relay.run())
    try:
        yield Scene(relay, sound, listener, running)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_it_works() -> None:
    pcm = numbered_pcm(20, FIRST)
    async with ScriptedRealtime([echo_numbers()]) as service, scene(service) as take:
        await take.sound.grow(take.relay, pcm)
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 20))
    assert bytes(service.sessions[0].audio) == pcm
    assert any(isinstance(event, Caption) and event.text for event in take.listener.events)
    starts = [final.start_ms for final in take.listener.finals]
    assert starts == [0, 1500, 3000, 4500]


async def test_pieces_without_segments_become_text_too() -> None:
    quiet = bytes(32 * 1500)
    async with ScriptedRealtime([echo_numbers(Manner(segment_words=0))]) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(6, FIRST) + quiet, 0.01)
        await take.listener.until(lambda heard: bool(heard.finals))
        await take.sound.grow(take.relay, numbered_pcm(4, FIRST + 6))
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 10))
    assert len(take.listener.finals) == 2
    for final in take.listener.finals:
        assert [word.text for word in final.words] == final.text.split()
        assert final.start_ms <= final.words[0].start_ms
        assert final.words[-1].end_ms <= final.end_ms


@pytest.mark.parametrize(
    "breaking",
    [
        script.reset,
        script.close(1000),
        script.close(1011),
        script.error("Timeout waiting for response from streaming transcription.", 3804),
        script.stall,
    ],
    ids=["reset", "closed without done", "closed 1011", "error 3804", "stall"],
)
async def test_a_break_is_replayed_from_the_last_final_text(breaking: script.Action) -> None:
    first = script.play(
        script.greet(),
        script.hears_audio(32 * 2000),
        script.segment("w400 w401 w402 w403 w404", 0.0, 1.5),
        script.delta(" w405"),
        breaking,
    )
    async with ScriptedRealtime([first], otherwise=echo_numbers()) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(30, FIRST), 0.02)
        await take.listener.until(lambda heard: len(heard.finals) > 2)
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 30))
    assert "captions_reconnecting" in take.listener.codes
    assert take.listener.codes[-1] == "captions_back"


async def test_a_death_during_the_replay_is_replayed_again() -> None:
    dies = script.play(script.greet(), script.hears_audio(32 * 900), script.reset)
    async with ScriptedRealtime([dies, dies], otherwise=echo_numbers()) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(20, FIRST), 0.02)
        await take.listener.until(lambda heard: bool(heard.finals))
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 20))
    assert len(service.sessions) == 3


async def test_repeated_text_is_taken_once() -> None:
    repeats = script.play(
        script.greet(),
        script.hears_audio(32 * 1500),
        script.delta("w400", " w401"),
        script.segment("w400 w401", 0.0, 0.6),
        script.segment("w400 w401", 0.0, 0.6),
        script.hears("input_audio.end"),
        script.done("w400 w401", segments=[{"text": "w400 w401", "start": 0.0, "end": 0.6}]),
    )
    async with ScriptedRealtime([repeats]) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(5, FIRST))
        await take.listener.until(lambda heard: bool(heard.finals))
        await take.finish()
    assert take.listener.words == [400, 401]


async def test_an_early_done_ends_nothing() -> None:
    early = Manner(flush_is_done=True)
    async with ScriptedRealtime([echo_numbers(early)]) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(7, FIRST))
        await asyncio.sleep(0.5)  # a keep-alive flush is answered with a done
        await take.sound.grow(take.relay, numbered_pcm(7, FIRST + 7))
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 14))
    assert "input_audio.flush" in service.sessions[0].kinds


async def test_a_flood_is_cut_off() -> None:
    floods = script.play(script.greet(), script.hears_audio(3_200), script.flood(5_000), script.stall)
    async with ScriptedRealtime([floods], otherwise=echo_numbers()) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(20, FIRST), 0.02)
        await take.listener.until(lambda heard: any(final.text.startswith("w") for final in heard.finals))
        await take.finish()
    assert len(service.sessions) == 2
    assert sum(len(final.text) for final in take.listener.finals) < 6_000


async def test_unknown_events_are_benign() -> None:
    odd = script.play(
        script.greet(),
        script.say("transcription.mood", mood="fine"),
        script.raw("not json"),
        script.raw(b'{"type": 7}'),
        echo_numbers(),
    )

    async def step(caller: script.Caller) -> None:
        await odd(caller)

    async with ScriptedRealtime([step]) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(10, FIRST))
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 10))


async def test_a_wrong_key_ends_the_captions_with_a_sentence() -> None:
    async with (
        ScriptedRealtime([Refusal(401, {"detail": "Unauthorized"})]) as service,
        scene(service) as take,
    ):
        await take.sound.grow(take.relay, numbered_pcm(3, FIRST))
        await take.listener.until(lambda heard: bool(heard.codes))
        await take.finish()
    assert take.listener.codes == ["captions_off"]
    assert len(service.sessions) == 1


async def test_a_model_refused_now_and_then_is_tried_again() -> None:
    refusal = Refusal(
        400, {"object": "error", "message": "Invalid model: x", "type": "invalid_model", "code": "1500"}
    )
    async with (
        ScriptedRealtime([refusal, refusal], otherwise=echo_numbers()) as service,
        scene(service) as take,
    ):
        await take.sound.grow(take.relay, numbered_pcm(10, FIRST), 0.05)
        await take.listener.until(lambda heard: bool(heard.finals))
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 10))


async def test_a_model_refused_for_good_ends_the_captions() -> None:
    refusal = Refusal(
        400, {"object": "error", "message": "Invalid model: x", "type": "invalid_model", "code": "1500"}
    )
    async with ScriptedRealtime([refusal] * 3) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(10, FIRST), 0.05)
        await take.listener.until(lambda heard: "captions_off" in heard.codes)
        await take.finish()


async def test_a_busy_service_is_waited_for() -> None:
    busy = Refusal(429, {"message": "Rate limit exceeded", "code": "1300"}, {"retry-after-ms": "300"})
    async with ScriptedRealtime([busy], otherwise=echo_numbers()) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(10, FIRST), 0.05)
        await take.listener.until(lambda heard: bool(heard.finals))
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 10))
    assert take.listener.codes == ["captions_busy", "captions_back"]


async def test_refused_options_are_left_out() -> None:
    refuses = script.play(
        script.greet(), script.hears("session.update"), script.error("context_bias is not supported", 3051)
    )
    async with (
        ScriptedRealtime([refuses], otherwise=echo_numbers()) as service,
        scene(service, context_bias=("Alder Creek",)) as take,
    ):
        await take.sound.grow(take.relay, numbered_pcm(10, FIRST), 0.02)
        await take.listener.until(lambda heard: bool(heard.finals))
        await take.finish()
    assert take.listener.words == list(range(FIRST, FIRST + 10))
    assert "context_bias" not in service.sessions[-1].settings


async def test_sound_that_waited_too_long_is_left_to_the_pass_after_the_stop() -> None:
    away = Refusal(503, b"away")
    async with (
        ScriptedRealtime([away] * 20, otherwise=echo_numbers()) as service,
        scene(service) as take,
    ):
        await take.sound.grow(take.relay, numbered_pcm(100, FIRST), 0.02)
        await take.listener.until(lambda heard: "captions_skipped" in heard.codes)
        await take.sound.grow(take.relay, numbered_pcm(10, FIRST + 100), 0.02)
        await take.finish()
    words = take.listener.words
    assert words == list(range(words[0], FIRST + 110))
    assert words[0] > FIRST


async def test_a_service_that_reads_nothing_costs_captions_only() -> None:
    deaf = script.play(script.greet(), script.stop_reading)
    async with ScriptedRealtime([deaf], otherwise=echo_numbers()) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(200, FIRST), 0.002)
        await take.listener.until(lambda heard: bool(heard.finals), 20)
        await take.finish()
    assert take.sound.received == len(numbered_pcm(200, FIRST))


async def test_silence_keeps_the_session_awake_and_then_lets_it_go() -> None:
    async with ScriptedRealtime([], otherwise=echo_numbers()) as service, scene(service) as take:
        await take.sound.grow(take.relay, numbered_pcm(5, FIRST))
        await asyncio.sleep(1.6)
        assert "input_audio.flush" in service.sessions[0].kinds
        assert service.sessions[0].kinds[-1] == "input_audio.end"
        await take.sound.grow(take.relay, numbered_pcm(5, FIRST + 5))
        await take.finish()
    assert len(service.sessions) == 2
    assert take.listener.words == list(range(FIRST, FIRST + 10))
    assert take.listener.codes == []


async def test_sessions_are_renewed_without_a_gap() -> None:
    limits = RelayLimits(renew_after=0.1, renew_at_latest=0.3, tick=0.05)
    async with ScriptedRealtime([], otherwise=echo_numbers()) as service, scene(service, limits) as take:
        await take.sound.grow(take.relay, numbered_pcm(60, FIRST), 0.01)
        await take.finish()
    assert len(service.sessions) > 2
    heard = b"".join(bytes(session.audio) for session in service.sessions)
    assert heard == numbered_pcm(60, FIRST)


async def test_it_goes_on_behind_text_that_is_there() -> None:
    async with ScriptedRealtime([echo_numbers()]) as service, scene(service, start_byte=32 * 1500) as take:
        await take.sound.grow(take.relay, numbered_pcm(10, FIRST))
        await take.finish()
    assert take.listener.words == list(range(FIRST + 5, FIRST + 10))
    assert take.listener.finals[0].start_ms == 1500


async def test_finishing_has_a_deadline_and_keeps_the_provisional_text() -> None:
    mute = script.play(script.greet(), script.hears_audio(3_200), script.delta("hello there"), script.stall)
    limits = RelayLimits(farewell=0.3)
    async with ScriptedRealtime([mute]) as service, scene(service, limits) as take:
        await take.sound.grow(take.relay, numbered_pcm(5, FIRST))
        await take.listener.until(lambda heard: bool(heard.events))
        await take.finish()
    assert [final.text for final in take.listener.finals] == ["hello there"]


async def test_finishing_does_not_wait_long_for_a_service_that_never_greeted() -> None:
    limits = replace(QUICK, farewell=60.0, farewell_unheard=0.2)
    async with ScriptedRealtime([script.stall]) as service, scene(service, limits) as take:
        await take.sound.grow(take.relay, numbered_pcm(5, FIRST))
        async with asyncio.timeout(5):
            await take.finish()
    assert take.listener.finals == []
