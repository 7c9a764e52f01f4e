"""The order of rows: numbers with gaps, so that a new segment does not move all those behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ...models import Segment, Transcript

ORDER_STEP = 2**20
MOST_NAMED_ROWS = 400


def place_rows(transcript: Transcript, around: Sequence[str], rows: Mapping[str, Segment]) -> None:
    """Give ``rows`` (by id) an order between their neighbours.

    ``around`` are the ids of the changed stretch in reading order with a neighbour on each side, as far as
    there is one; those that are not in ``rows`` have their order in the database.
    """
    if not rows:
        return
    near = _near(around, rows)
    orders = _known_orders(transcript, [key for key in near if key not in rows])
    own = {key: row.order for key, row in rows.items() if row.pk is not None}
    keep = _fitting(near, orders, own)
    orders.update({key: own[key] for key in keep})
    if len(orders) < len(near) and not _fill_gaps(near, orders):
        _renumber(transcript, around, orders)
    for key, row in rows.items():
        row.order = orders[key]


def orders_of(keys: Mapping[int, str]) -> dict[int, int]:
    """The order of one row of each transcript: ``keys`` are their ids by primary key of the transcript."""
    if not keys:
        return {}
    rows = Segment.objects.filter(transcript__in=keys, key__in=set(keys.values())).order_by()
    found = rows.values_list("transcript", "key", "order")
    return {pk: order for pk, key, order in found if keys[pk] == key}


def _near(around: Sequence[str], rows: Collection[str]) -> list[str]:
    """Only ``rows`` and what stands right beside one: the rest of the stretch has no say."""
    beside = zip(["", *around], around, [*around[1:], ""], strict=False)
    return [key for before, key, after in beside if key in rows or before in rows or after in rows]


def _known_orders(transcript: Transcript, keys: Sequence[str]) -> dict[str, int]:
    found = Segment.objects.filter(transcript=transcript).order_by()
    if len(keys) <= MOST_NAMED_ROWS:
        found = found.filter(key__in=keys)
    wanted = set(keys)
    return {key: order for key, order in found.values_list("key", "order") if key in wanted}


def _fitting(around: Sequence[str], fixed: Mapping[str, int], own: Mapping[str, int]) -> list[str]:
    """Those of ``own`` whose order still lies between what stands before and behind them."""
    ceilings: list[int | None] = []
    ceiling: int | None = None
    for key in reversed(around):
        ceilings.append(ceiling)
        ceiling = fixed.get(key, ceiling)
    keep: list[str] = []
    reached = 0
    for key, above in zip(around, reversed(ceilings), strict=True):
        order = fixed.get(key, own.get(key, 0))
        if key in fixed:
            reached = order
        elif order > reached and (above is None or order < above):
            keep.append(key)
            reached = order
    return keep


def _fill_gaps(around: Sequence[str], orders: dict[str, int]) -> bool:
    """Number those without an order evenly between their neighbours; False where there is no room left."""
    below, waiting = 0, list[str]()
    for key in [*around, None]:
        if key is not None and key not in orders:
            waiting.append(key)
            continue
        above = orders[key] if key is not None else below + ORDER_STEP * (len(waiting) + 1)
        gap = (above - below) // (len(waiting) + 1)
        if waiting and gap < 1:
            return False
        orders.update({name: below + gap * number for number, name in enumerate(waiting, start=1)})
        below, waiting = above, []
    return True


def _renumber(transcript: Transcript, around: Sequence[str], orders: dict[str, int]) -> None:
    """Number the whole transcript again; rows that are being written get theirs in ``orders``."""
    inside = set(around)
    rows = list(Segment.objects.filter(transcript=transcript).only("key", "order").order_by("order", "pk"))
    keys = [row.key for row in rows]
    first = next((place for place, key in enumerate(keys) if key == around[0]), 0)
    behind = next((place for place, key in enumerate(keys) if key == around[-1]), len(keys) - 1)
    before = [key for key in keys[:first] if key not in inside]
    after = [key for key in keys[behind + 1 :] if key not in inside]
    places = {key: place * ORDER_STEP for place, key in enumerate([*before, *around, *after], start=1)}
    orders.update({key: places[key] for key in around})
    for row in rows:
        row.order = places.get(row.key, row.order)
    Segment.objects.bulk_update(rows, ["order"], batch_size=500)
