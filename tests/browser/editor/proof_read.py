"""A whole proof-read by keys: every fault of the machine's text is corrected while the recording plays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from tests.browser.editor.proof_reader import Hands, Here, KeysFailed
from tests.browser.editor.proof_text import (
    ASKER,
    GUEST,
    MISHEARD_NAME,
    NAME,
    NAMES,
    TECHNICIAN,
    Fault,
    Kind,
    Proof,
)

HEARD_MS = 200
"""So long after its end a line has been heard."""


class ProofRead:
    def __init__(self, hands: Hands, proof: Proof, *, plays_along: bool = False) -> None:
        self.hands, self.proof, self.plays_along = hands, proof, plays_along
        self.corrected: Counter[str] = Counter()

    def line(self, number: int) -> str:
        return f"m{number}"

    # -- opening -----------------------------------------------------------------------------------

    def open_from_library(self, title: str) -> None:
        """From the library into the text."""
        hands = self.hands
        hands.tab_to(f"^{re.escape(title)}")
        hands.press("Enter")
        hands.page.wait_for_function("() => document.querySelector('vox-editor')?.view")
        hands.picture("01-opened")
        hands.tab_to("^Text of the transcript|^Transcript$")
        hands.wait(lambda here: here.is_writing, "writing")

    # -- before listening: what concerns all of the text ---------------------------------------------

    def name_everybody(self) -> None:
        hands = self.hands
        for number, (line, name) in enumerate(((0, NAMES[ASKER]), (1, NAMES[GUEST]))):
            hands.go_to(self.line(line), 0)
            hands.press("Alt+n")
            hands.wait_for_focus("Who speaks here")
            if number == 0:
                hands.picture("02-rename-everywhere")
            hands.write(name)
            hands.press("Enter")
            hands.wait(lambda here: here.is_writing, "coming back from naming")
            self.corrected["speakers named everywhere"] += 1

    def replace_name(self) -> None:
        hands = self.hands
        hands.press("Control+h")
        hands.wait_for_focus("^Find$")
        hands.write(f"{MISHEARD_NAME[:-2]}[ae]r\\b")
        hands.tab_to("^Regular expression$")
        hands.press("Space")
        hands.tab_to("^Replace with$")
        hands.write(NAME)
        hands.picture("03-replace")
        hands.tab_to("^Replace all$")
        hands.press("Enter")
        hands.page.get_by_text("Undo takes all of it back").wait_for(state="attached")
        hands.press("Escape")
        hands.wait(lambda here: here.is_writing, "coming back from replacing")
        places = sum(line.text.count(NAME) for line in self.proof.said)
        self.corrected["places of a misheard name"] += places

    # -- listening -----------------------------------------------------------------------------------

    def read(self) -> None:
        """From the first line to the last, each fault when it has been heard."""
        self._go_to_time(0)
        for number, fault in enumerate(fault for fault in self.proof.faults if fault.kind in self.cures):
            self._hear(fault)
            self.cures[fault.kind](self, fault)
            self.corrected[fault.kind.name.lower().replace("_", " ")] += 1
            if number in {2, 9, 24}:
                self.hands.picture(f"05-reading-{number}")

    def _hear(self, fault: Fault) -> None:
        if not self.plays_along:
            return
        heard_ms = self.proof.said[fault.line].end_ms + HEARD_MS
        if not self.hands.here().is_playing:
            self.hands.press("Tab")
        self.hands.wait(lambda here: here.ms >= heard_ms, f"hearing line {fault.line}", 120)

    def hear_the_rest(self) -> None:
        if not self.plays_along:
            return
        if not self.hands.here().is_playing:
            self.hands.press("Tab")
        self.hands.wait(lambda here: not here.is_playing, "the end of the recording", 120)

    def _correct_word(self, fault: Fault) -> None:
        hands, words = self.hands, self.proof.said[fault.line].text.split()
        offset = len(" ".join([*words[: fault.word], fault.wrong]))
        hands.go_to(self.line(fault.line), offset)
        if fault.kind is Kind.POINT:
            hands.write(fault.right[-1])
            return
        hands.press("Control+Shift+ArrowLeft")
        self._expect_selected(fault.wrong)
        hands.write(fault.right)

    def _expect_selected(self, text: str) -> None:
        selected = self.hands.here().selected
        if selected != text:
            raise KeysFailed(f"“{selected}” is selected, not “{text}”")

    def _correct_voice(self, fault: Fault) -> None:
        self.hands.go_to(self.line(fault.line), 0)
        self.hands.press("Control+Shift+2")

    def _split(self, fault: Fault) -> None:
        self.hands.go_to(self.line(fault.line), len(self.proof.said[fault.line].text))
        self.hands.press("Control+Shift+Enter")

    def _join(self, fault: Fault) -> None:
        self.hands.go_to(f"{self.line(fault.line)}b", 0)
        self.hands.press("Backspace")

    def _set_border(self, fault: Fault) -> None:
        """The end of the line, then the start of the next one, each at an exact moment."""
        self._set_borders(fault.line, "Alt+o")

    def _part_borders(self, fault: Fault) -> None:
        """The two are one moment: the end goes away alone, then the start of the next line."""
        self._set_borders(fault.line, "Alt+Shift+o")

    def _set_borders(self, line: int, end_key: str) -> None:
        hands, (here, following) = self.hands, self.proof.said[line : line + 2]
        was_playing = hands.here().is_playing
        if was_playing:
            hands.press("Tab")
        self._go_to_time(here.end_ms)
        hands.press(end_key)
        self._go_to_time(following.start_ms)
        hands.press("Alt+i")
        if was_playing:
            hands.press("Tab")

    def _go_to_time(self, ms: int) -> None:
        hands = self.hands
        hands.press("Control+k")
        hands.wait_for_focus("^Time$")
        hands.write(f"{ms // 60_000}:{ms % 60_000 / 1000:06.3f}")
        hands.press("Enter")
        hands.wait(lambda here: here.is_writing, "coming back from a time")

    def _name_turn(self, fault: Fault) -> None:
        hands = self.hands
        hands.go_to(self.line(fault.line), 0)
        hands.press("Alt+n")
        hands.wait_for_focus("Who speaks here")
        hands.write(NAMES[TECHNICIAN])
        hands.picture("06-rename-here")
        hands.press("Shift+Enter")
        hands.wait(lambda here: here.is_writing, "coming back from naming")

    cures: dict[Kind, Callable[[ProofRead, Fault], None]] = {
        Kind.WORD: _correct_word,
        Kind.POINT: _correct_word,
        Kind.VOICE: _correct_voice,
        Kind.MERGED: _split,
        Kind.BROKEN: _join,
        Kind.BORDER: _set_border,
        Kind.TOUCHING: _part_borders,
        Kind.TURN: _name_turn,
    }

    # -- what the machine was not sure of --------------------------------------------------------------

    def walk_through_doubts(self) -> None:
        hands = self.hands
        wrong = {
            self.line(fault.line): fault for fault in self.proof.faults if fault.kind is Kind.DOUBTED_WORD
        }
        hands.press("Control+Home", "Control+.")
        here = hands.wait(lambda here: here.selected != "", "going to a doubtful spot")
        hands.picture("07-doubts")
        while here.selected:
            fault = wrong.get(here.key)
            if fault is None:
                hands.press("Control+Enter")
            else:
                self._expect_selected(fault.wrong)
                hands.write(fault.right)
                self.corrected["doubted word"] += 1
                hands.press("Control+.")
            here = self._next_doubt(here)

    def _next_doubt(self, before: Here) -> Here:
        done = self.hands.page.get_by_text("Nothing is doubtful any more.")
        here = self.hands.wait(
            lambda here: (here.selected and here.key != before.key) or done.count() > 0,
            "going to the next doubt",
        )
        return here._replace(selected="") if done.count() else here

    # -- the end -----------------------------------------------------------------------------------

    def faults_left(self) -> list[str]:
        """What differs from the right text: speaker, times and words of every passage."""
        is_now, right = self.hands.passages(), [tuple(passage) for passage in self.proof.right]
        found = [
            f"{here} should be {wanted}"
            for here, wanted in zip(is_now, right, strict=False)
            if here != wanted
        ]
        if len(is_now) != len(right):
            found.append(f"{len(is_now)} passages, not {len(right)}")
        return found
