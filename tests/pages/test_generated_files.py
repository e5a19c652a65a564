"""How long a generated file lies there: until it could be fetched, and no longer."""

import pytest
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError

from indicators.ui.serving import files


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(files.time, "monotonic", lambda: now[0])
    return now


def test_a_download_stays_for_its_time_and_goes_with_the_next_file(clock):
    kept = files.FilesByLot("/media")
    first = kept.load_and_get_id(b"one", "text/csv", MediaFileKind.DOWNLOADABLE, "one.csv")
    kept.delete_file(first)
    clock[0] += files.TO_FETCH - 1
    kept.load_and_get_id(b"two", "text/csv", MediaFileKind.DOWNLOADABLE, "two.csv")
    assert kept.get_file(first).content == b"one"
    clock[0] += 2
    kept.load_and_get_id(b"three", "text/csv", MediaFileKind.DOWNLOADABLE, "three.csv")
    with pytest.raises(MediaFileStorageError):
        kept.get_file(first)


def test_a_picture_and_an_old_download_go_at_once(clock):
    kept = files.FilesByLot("/media")
    picture = kept.load_and_get_id(b"dots", "image/png", MediaFileKind.MEDIA)
    download = kept.load_and_get_id(b"one", "text/csv", MediaFileKind.DOWNLOADABLE, "one.csv")
    clock[0] += files.TO_FETCH
    for name in (picture, download):
        kept.delete_file(name)
        with pytest.raises(MediaFileStorageError):
            kept.get_file(name)
