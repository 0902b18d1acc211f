"""Which letters can make a Vietnamese syllable: "nghiêng" can, "tnh" and "kêt" cannot.

A syllable is an onset, a rime and a tone; a rime that ends in c, ch, p or t takes only sắc or nặng, so `kêt` is as
broken as `tnh`. The set says what the spelling allows, not what is in use: `trin` is well formed and means nothing,
and only the counts of `ngrams` can tell.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

SAC, NANG = "\u0301", "\u0323"
TONES = ("", "\u0300", SAC, "\u0309", "\u0303", NANG)


@cache
def well_formed() -> frozenset[str]:
    """Every spelling that onset, rime and tone allow, in lower case, NFC, with tone marks as in `hòa`, `thúy`.

    >>> "nghiêng" in well_formed(), "hòa" in well_formed(), "tnh" in well_formed(), "kêt" in well_formed()
    (True, True, False, False)
    """
    return frozenset(toned(onset + rime, tone) for onset, rime in _toneless() for tone in _tones_of(rime))


def is_fragment(word: str) -> bool:
    """Whether *word* cannot be a word, or hardly: a lone letter, consonants only, a torn-off rime.

    >>> is_fragment("t"), is_fragment("nh"), is_fragment("i"), is_fragment("ở")
    (True, True, True, False)
    """
    lower = word.lower()
    return len(word) <= LONGEST_FRAGMENT and lower not in LONE_WORDS and (len(word) == 1 or lower not in well_formed())


def toned(syllable: str, tone: str) -> str:
    """The toneless *syllable* with the combining mark *tone* on the letter that carries it.

    >>> toned("hoa", SAC), toned("hoan", SAC), toned("quy", SAC), toned("gia", SAC)
    ('hóa', 'hoán', 'quý', 'giá')
    """
    if not tone:
        return syllable
    at = _carrier(syllable)
    return unicodedata.normalize("NFC", syllable[: at + 1] + tone + syllable[at + 1 :])


@lru_cache(maxsize=1 << 15)
def bare(syllable: str) -> str:
    """*syllable* without any diacritics, `đ` as `d`; two words with the same bare form are easily confused.

    >>> bare("đường"), bare("thuý") == bare("thủy")
    ('duong', True)
    """
    decomposed = unicodedata.normalize("NFD", syllable.replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=1 << 15)
def house_style(syllable: str) -> str:
    """*syllable* with its tone mark where this project writes it: `hoà` → `hòa`, `uỷ` → `ủy`.

    >>> house_style("hoà"), house_style("uỷ"), house_style("quý"), house_style("hoàn")
    ('hòa', 'ủy', 'quý', 'hoàn')
    """
    if syllable[-2:-1] not in ("o", "u") or syllable.startswith("qu"):
        return syllable
    letters = unicodedata.normalize("NFD", syllable)
    tone = next((letter for letter in letters if letter in TONES[1:]), "")
    toneless = unicodedata.normalize("NFC", letters.replace(tone, "", 1)) if tone else syllable
    return toned(toneless, tone) if toneless.endswith(("oa", "oe", "uy")) else syllable


def _toneless() -> list[tuple[str, str]]:
    pairs = [(onset, rime) for onset in ONSETS for rime in RIMES if _spells(onset, rime)]
    pairs += [("gi", rime) for rime in RIMES if rime[0] not in "iy" or rime.startswith("iê")]
    pairs += [("g", rime) for rime in RIMES if rime[0] == "i"]  # gì, gìn, giếng
    pairs += [("gi", rime[1:]) for rime in RIMES if rime.startswith("iê")]
    pairs += [("qu", rime) for rime in RIMES if rime[0] in "aăâeêơy" or rime in {"i", "in", "it", "ôc"}]
    pairs += [("", rime) for rime in VOWEL_FIRST]
    return pairs


def _spells(onset: str, rime: str) -> bool:
    front = rime[0] in "ieêy"
    if onset in {"k", "gh", "ngh"}:
        return front
    if onset in {"c", "g", "ng"}:
        return not front
    return not rime.startswith("yê")


def _tones_of(rime: str) -> tuple[str, ...]:
    return (SAC, NANG) if rime.endswith(("c", "ch", "p", "t")) else TONES


def _carrier(syllable: str) -> int:
    """Index of the letter that carries the tone mark."""
    start = 2 if syllable.startswith(("qu", "gi")) and len(syllable) > 2 and syllable[2] in VOWELS else 0
    vowels = [at for at in range(start, len(syllable)) if syllable[at] in VOWELS]
    if not vowels:
        return len(syllable) - 1
    for at in vowels:
        if syllable[at] in "ăâêôơư" and not (
            syllable[at] == "ư" and at + 1 < len(syllable) and syllable[at + 1] == "ơ"
        ):
            return at
    if len(vowels) == 1:
        return vowels[0]
    closed = vowels[-1] < len(syllable) - 1
    return vowels[-1] if closed and len(vowels) == 2 else vowels[1] if len(vowels) == 3 else vowels[0]


LONGEST_FRAGMENT = 3
LONE_WORDS = frozenset({"ở", "ý", "y", "ô", "à"})
VOWELS = frozenset("aăâeêioôơuưy")
ONSETS = (
    *("b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh"),
    *("p", "ph", "r", "s", "t", "th", "tr", "v", "x"),
)
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uc up ut uơ uy uya uych uyên uyêt uyn uynh
    uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
"""
RIMES = tuple(_RIMES.split())
VOWEL_FIRST = tuple(rime for rime in RIMES if not rime.startswith("iê"))
