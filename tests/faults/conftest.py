"""Everything here starts real servers, so all of it is slow."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.running import FAIRLEAD, surroundings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story, loaded once."""
    data = tmp_path_factory.mktemp("story") / "data"
    subprocess.run([FAIRLEAD, "demo", "--load-only"], env=surroundings(data), check=True, capture_output=True)
    return data


@pytest.fixture
def data(story: Path, tmp_path: Path) -> Path:
    """A copy of the story of one's own."""
    return Path(shutil.copytree(story, tmp_path / "data"))
