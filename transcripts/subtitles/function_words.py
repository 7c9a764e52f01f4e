"""Small words that say where a line may be broken: before a conjunction, never after an article.

By language (ISO 639-1); a language without a list is broken by punctuation, pauses and length alone.
"""

from __future__ import annotations

_CONJUNCTIONS = {
    "en": "and but or nor so yet because although though while when where if unless that which who",
    "de": "und aber oder denn sondern weil obwohl während wenn dass ob als damit",
    "fr": "et mais ou donc or ni car parce que quand si lorsque puisque qui dont",
    "es": "y e pero o u ni sino porque aunque cuando si que mientras pues",
    "it": "e ed ma o oppure né perché anche quando se che mentre poiché",
    "pt": "e mas ou nem porque embora quando se que enquanto pois",
    "nl": "en maar of want omdat hoewel terwijl als dat wanneer toen",
}
_LEANING = {
    "en": (
        "a an the of to in on at by for with from into my your his her its our their this that these those "
        "i you he she it we they is are was were be been am has have had will would can could not no very "
        "mr mrs dr"
    ),
    "de": (
        "der die das den dem des ein eine einen einem einer eines in im an am auf von vom zu zum zur mit für "
        "nicht"
    ),
    "fr": (
        "le la les un une des du de à au aux en dans sur par pour avec mon ma mes ton son sa ses ce cette ne "
        "je tu il"
    ),
    "es": "el la los las un una unos unas de del a al en con por para mi tu su sus este esta no se lo me te",
    "it": "il lo la i gli le un uno una di del della a al in nel con su per mio tuo suo non si mi ti",
    "pt": "o a os as um uma de do da dos das em no na por para com meu seu sua não se me te",
    "nl": (
        "de het een van in op aan bij voor met naar mijn jouw zijn haar ons hun dit deze die niet ik je hij "
        "zij we"
    ),
}
CONJUNCTIONS = {language: frozenset(words.split()) for language, words in _CONJUNCTIONS.items()}
LEANING = {language: frozenset(words.split()) for language, words in _LEANING.items()}
