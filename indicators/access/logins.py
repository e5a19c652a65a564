"""Logins that somebody has left. The cookie of a login can be copied; once the login is left, it opens nothing."""

import hashlib
import json
import logging
from collections.abc import Mapping
from datetime import datetime

from indicators.store import Store
from indicators.store.durability.store_errors import StoreError
from indicators.store.outages import outlasting_restarts

log = logging.getLogger(__name__)

TOLD_APART_BY = ("iss", "sub", "iat", "nonce", "sid")
"""Claims that differ between two logins; all come signed by the provider."""


def login_of(claims: Mapping[str, object]) -> str:
    """What a login is known by: the same for every copy of its cookie."""
    said = json.dumps([claims.get(name) for name in TOLD_APART_BY], default=str)
    return hashlib.sha256(said.encode()).hexdigest()


class EndedLogins:
    """All that were left: read once where one process owns the database, asked for where others end logins too."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ended = {login for (login,) in store.rows("select login from ended_login")}

    def include(self, claims: Mapping[str, object]) -> bool:
        login = login_of(claims)
        return login in self._ended or (self._store.shared and self._is_kept(login))

    def _is_kept(self, login: str) -> bool:
        return bool(self._store.value("select count(*) from ended_login where login = $login", {"login": login}))

    def end(self, claims: Mapping[str, object], at: datetime) -> None:
        """From now on, also after a restart. On a full disk until the restart only: leaving must always be possible."""
        login = login_of(claims)
        self._ended.add(login)
        try:
            _keep(self._store, login, at)
        except StoreError:
            log.exception("a login that was left counts as left until the next start only")


@outlasting_restarts
def _keep(store: Store, login: str, at: datetime) -> None:
    with store.transaction() as cursor:
        cursor.execute("insert into ended_login values ($login, $at)", {"login": login, "at": at})
