from __future__ import annotations

from decimal import Decimal

import pytest

from transcripts.speech.capabilities import (
    ENGINE_MODEL,
    KNOWN_MODELS,
    assumed,
    find,
    from_card,
    merged,
    price_usd,
)


def test_it_works() -> None:
    found = find("voxtral-mini-transcribe-latest")
    assert found is not None
    assert (found.id, found.bias) == ("voxtral-mini-transcribe-3-0", "phrases")
    assert price_usd(found, 90.0) == Decimal("0.005250")


def test_an_unknown_model_is_not_found() -> None:
    assert find("voxtral-small-latest") is None
    assert assumed("voxtral-small-latest").id == "voxtral-small-latest"


@pytest.mark.parametrize("card", [{}, {"id": 7}, {"id": ""}, {"id": "mistral-large", "capabilities": {}}])
def test_cards_of_other_models_are_no_transcription_models(card: dict[str, object]) -> None:
    assert from_card(card) is None


def test_no_price_is_known_without_seconds_or_rate() -> None:
    engine = find(ENGINE_MODEL)
    assert engine is not None
    assert price_usd(engine, None) is None
    assert price_usd(assumed("x"), 60.0) is None
    assert price_usd(engine, 3600.0) == 0


def test_names_are_unique_in_the_table() -> None:
    names = [name for known in KNOWN_MODELS for name in known.names]
    assert len(names) == len(set(names))


def test_both_generations_and_the_engine_are_known() -> None:
    for model in ("voxtral-mini-2602", "voxtral-small-transcribe-3", ENGINE_MODEL):
        found = find(model)
        assert found is not None
        assert found.label
        assert "offline" in found.modes


def test_a_card_overrides_the_table_and_keeps_the_rest() -> None:
    card = {"id": "voxtral-mini-2602", "audio_transcription_capabilities": {"diarization": False}}
    found = from_card(card)
    assert found is not None
    assert (found.diarize, found.bias, found.max_bias_items) == (False, "single_words", 100)


def test_cards_say_where_an_alias_points_today() -> None:
    cards: list[dict[str, object]] = [
        {"id": "voxtral-mini-latest", "aliases": ["voxtral-mini-transcribe-3-0"]},
        {"id": "voxtral-mini-transcribe-3-0", "aliases": ["voxtral-mini-latest"]},
        {"id": "mistral-large", "capabilities": {"completion_chat": True}},
    ]
    models = merged(cards)
    latest = find("voxtral-mini-latest", models)
    assert latest is not None
    assert latest.bias == "phrases"
    assert models[0].id == "voxtral-mini-transcribe-3-0"
    assert find("voxtral-mini-2602", models) is not None
    assert find("mistral-large", models) is None
