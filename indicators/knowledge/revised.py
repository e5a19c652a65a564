"""Whether a value was another one before the delivery that it rests on now."""

from datetime import timedelta

from indicators import observations
from indicators.knowledge.comments import Comment
from indicators.knowledge.snapshot import Snapshot
from indicators.store import Store


def was_revised(store: Store, known: Snapshot, comment: Comment) -> bool:
    """Whether the point that a remark speaks of held another value or sign just before its delivery came."""
    if comment.period is None or comment.delivery is None:
        return False
    [(came,)] = store.rows(
        "select min(happened_at) from event where delivery = $delivery", {"delivery": comment.delivery}
    )
    code, before = comment.indicator, came - timedelta(microseconds=1)
    earlier = observations.series(store, known.catalogue, (code,), before)[code]
    then = next((one.at(comment.period) for one in earlier if one.breakdown == comment.breakdown), None)
    now = known.find(code, comment.breakdown).at(comment.period)
    return then is not None and now is not None and then.content != now.content
