"""Who leads and who coordinates in one block: "Sở Y tế chủ trì, phối hợp với Sở Tài chính và UBND các huyện …".

Partners are the agencies that follow `phối hợp (với)`; leads are the subjects of sentences and those to whom something
is given (`giao`, `yêu cầu`, `đề nghị`). An agency that only receives a report, guides or approves is neither, so
everything that no rule makes a lead or a partner is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex as re

from extractors.acting import chairs_itself
from extractors.leading import Chain, is_told_by, last_mark, leading_part, shares_predicate
from schemas import Agency, Span


@dataclass(frozen=True, slots=True)
class Roles:
    """Leads and partners of one block; `names_actor` tells that the block itself says who acts."""

    leads: tuple[Agency, ...]
    partners: tuple[Agency, ...]

    @property
    def names_actor(self) -> bool:
        """Whether a sentence of the block names who acts, so that a heading's agencies do not."""
        return bool(self.leads)


def find_roles(text: str, agencies: Sequence[Agency], *, offset: int = 0) -> Roles:
    """The leads and partners among *agencies*, the mentions found in *text*.

    Their spans point into *text*, or into a longer one in which *text* begins at *offset*.
    """
    chains = list(_chains(text, agencies, offset))
    if not chains:
        return Roles((), ())
    cues = {match.end() for match in _PARTNER_CUE.finditer(text)} if _CUE_WORD.search(text) else ()
    partners = [chain for chain in chains if chain.start in cues]
    helping = {chain.start for chain in partners}
    leads: list[Chain] = []
    for before, chain in zip([None, *chains], chains, strict=False):
        last = leads[-1] if leads else None
        if before is not None and _TOGETHER.fullmatch(text, before.end, chain.start):
            if before is last or before.start in helping:
                partners.append(chain)
                helping.add(chain.start)
        elif before is not None and (
            is_told_by(text, before, chain) or (before is last and shares_predicate(text, before, chain))
        ):
            leads.append(chain)
        elif chain.start not in cues:
            after = text[chain.end : chain.end + REACH]
            if _IS_PARTNER.match(after) or (leads and _only_helps(last_mark(text, chain.start), after)):
                partners.append(chain)
                helping.add(chain.start)
            elif not (leads and _NAMED_BEFORE.match(after)):
                leads.extend(leading_part(text, chain, parallel=bool(leads)))
    return Roles(_members(leads), _members(partners))


def _only_helps(mark: str, after: str) -> bool:
    """Whether those between *mark* and *after*, behind somebody who leads, are told to help: `…; UBND xã phối hợp.`"""
    return _ONLY_HELPS.match(after) is not None or (mark in {",", ";"} and _TAKES_PART.match(after) is not None)


def _chains(text: str, agencies: Sequence[Agency], offset: int) -> Iterator[Chain]:
    run: list[Agency] = []
    places: list[Span] = []
    start = end = 0
    for agency in agencies:
        if agency.span is None:
            continue
        place = Span(agency.span.start - offset, agency.span.end - offset)
        owned = run and run[-1].name.startswith(_OWNED) and agency.id.startswith(_MINISTRY)
        if owned and _OWNER_GAP.fullmatch(text, end, place.start):
            end = place.end  # `Cục Thú y - Bộ Nông nghiệp`: the bureau of the ministry
            continue
        if run and _BRACKET_OPEN.fullmatch(text, end, place.start) and not _gives_in_brackets(text, end, place):
            continue
        together = run and place.end > end and _TOGETHER.fullmatch(text, end, place.start)
        first = _announced_from(text, place.start, end)
        if run and place.end > end and (together or not _GAP.fullmatch(text, end, first)):
            yield Chain(tuple(run), tuple(places), start, end)
            run, places = [], []
        start = start if run else first
        run.append(agency)
        places.append(place)
        end = place.end
    if run:
        yield Chain(tuple(run), tuple(places), start, end)


def _announced_from(text: str, index: int, end: int) -> int:
    """Where the words begin that announce the bodies named from *index* on, behind *end*: `với các đơn vị: Sở Y tế`."""
    if text[index - 2 : index] != ": ":
        return index
    group = _GROUP.search(text, max(end, index - LONGEST_GROUP), index)
    return index if group is None else group.start()


def _gives_in_brackets(text: str, end: int, place: Span) -> bool:
    """Whether the bracket behind *end* explains nothing but says who does it, the body at *place*: `… tại các xã (giao
    Sở Y tế tham mưu)`, `… tại các xã (Sở Y tế chủ trì)`.
    """
    return _BRACKET_GIVES.fullmatch(text, end, place.start) is not None or (
        text[end : place.start].strip() == "(" and chairs_itself(text[place.end : place.end + 20])
    )


def _members(chains: list[Chain]) -> tuple[Agency, ...]:
    members: dict[str, Agency] = {}
    for chain in chains:
        for agency in chain.agencies:
            members.setdefault(agency.name.casefold(), agency)
    return tuple(members.values())


REACH = 160  # characters behind a chain that say what it does
# `Sở Y tế cùng với Sở Nội vụ …`: the one does it, the other helps.
_TOGETHER = re.compile(r"\s*,?\s*(?:(?:phải|cần|sẽ) )?cùng với\s+")
# `Sở Y tế chủ trì; UBND các xã phối hợp.`, `…, Sở Nội vụ tham gia soạn thảo.`
_ONLY_HELPS = re.compile(r"\s*(?:cùng )?phối hợp(?: thực hiện| tham gia)?\s*(?:[.;)]|$)", re.IGNORECASE)
_TAKES_PART = re.compile(r"\s*(?:cùng )?tham gia(?: (?!ý kiến)\p{Ll}+){0,2}\s*(?:[.;)]|$)", re.IGNORECASE)
# `Giao Sở Y tế là cơ quan chủ trì, Sở Nội vụ là cơ quan phối hợp`.
_IS_PARTNER = re.compile(r"\s+là (?:các )?(?:cơ quan|đơn vị)(?:, đơn vị)? phối hợp\b", re.IGNORECASE)
# Behind an agency brackets explain it: `Bộ Tài chính (Kho bạc Nhà nước), Bộ Y tế` is an enumeration of two; and so is
# `các sở, ngành, nhất là Sở Y tế`.
_GAP = re.compile(
    r"\s*(?:\([^()]{1,120}\)\s*)?(?:(?:,|;|/|và|cùng|hoặc|,\s*và|;\s*và)(?:\s+với)?|"
    r",?\s*(?:nhất|đặc biệt|trước hết|trực tiếp|nòng cốt) là)?\s*(?:(?<=cùng )các\s+)?"
)
_OWNER_GAP = re.compile(r"\s+[-–]\s+")
_MINISTRY, _OWNED = "vn.bo-", ("Cục ", "Vụ ", "Viện ", "Tổng cục ", "Thanh tra ", "Trung tâm ")
LONGEST_GROUP = 80
_GROUP = re.compile(
    r"\b(?:các|những) (?:(?:sở|ban|bộ|ngành|cơ quan|đơn vị|địa phương|tổ chức|đoàn thể|doanh nghiệp|trường|hội|cấp"
    r"|thành viên)(?:,| và|, và)? ?){1,5}(?:\p{Ll}+ ){0,4}\p{Ll}*(?:,? (?:bao )?gồm)?: $",
    re.IGNORECASE,
)
# `Các bộ rà soát …. Thủ trưởng các cơ quan nói trên trả lời …`: they again.
_NAMED_BEFORE = re.compile(r"\s+(?:nói|nêu|kể) trên\b")
_BRACKET_OPEN = re.compile(r"\s*\([^()]{0,120}")
_BRACKET_GIVES = re.compile(r"\s*\(\s*(?:giao|phân công)(?: cho)?\s+", re.IGNORECASE)
# `phối hợp với`, `phối hợp chặt chẽ cùng`, `phối hợp, hỗ trợ, hướng dẫn`, `với sự phối hợp của`, `chủ trì cùng với`.
_CUE_WORD = re.compile("(?i)phối|^với|cùng|chủ trì")  # one of them is in whatever the pattern below finds
_PARTNER_CUE = re.compile(
    r"(?:^(?:cùng )?với|phối (?:kết )?hợp(?: (?!(?:với|giữa)\b)\p{Ll}+){1,9} với|"
    r"phối (?:kết )?hợp(?: \p{Ll}+){0,5} (?:trao đổi|chia sẻ)(?:,? (?!(?:với|giữa)\b)\p{Ll}+){1,30} với|"
    r"(?<=(?:tăng cường|đẩy mạnh) )phối (?:kết )?hợp(?: \p{Ll}+){0,3} giữa"
    r"(?=\s+(?:các [^,.;:]{2,20}:\s*)?(?-i:\p{Lu}))|"
    r"phối (?:kết )?hợp(?:(?:\s*,\s*|\s+và\s+|\s+)(?:chặt chẽ|đồng bộ|thường xuyên|hiệu quả|kịp thời|tốt|tích cực|"
    r"hỗ trợ|hướng dẫn|đôn đốc|liên ngành|cùng với|cùng|với))*|sự phối hợp của|"
    r"(?:cơ quan|đơn vị) phối hợp (?:là|gồm)|"
    r"chủ trì,? cùng(?: với)?|chủ trì(?:,| và) với)\s*:?\s*",
    re.IGNORECASE,
)
